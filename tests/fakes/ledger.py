"""A ledger in memory, for tests of what writes one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from broadcaster.domain.record import AirState, Record
from broadcaster.errors import DeviceError
from broadcaster.ledger.chain import GENESIS, link
from broadcaster.messages import msg

_RANKED = (AirState.INTENT, AirState.AUDIBLE, AirState.ENDED)
_RANKS = {"intent": 0, "audible": 1, "finished": 2, "missed": 2, "refused": 2}


class MemoryLedger:
    """Keeps records in a list; refuses them like a full disk while `full`."""

    def __init__(self) -> None:
        self.kept: list[Record] = []
        self.full = False
        self.closed = False

    def append(self, at: datetime, kind: str, key: str, data: Mapping[str, Any]) -> Record:
        (record,) = self.append_all(at, [(kind, key, data)])
        return record

    def append_all(
        self, at: datetime, rows: Iterable[tuple[str, str, Mapping[str, Any]]]
    ) -> tuple[Record, ...]:
        added: list[Record] = []
        seq, prev = (self.kept[-1].seq, self.kept[-1].hash) if self.kept else (0, GENESIS)
        for number, (kind, key, data) in enumerate(rows, seq + 1):
            added.append(link(number, at, kind, key, data, prev=prev))
            prev = added[-1].hash
        if added and self.full:
            raise DeviceError("ledger", msg("the disk is full"))
        self.kept += added
        return tuple(added)

    def records(self, prefix: str = "", after: int = 0) -> Iterator[Record]:
        return (
            record for record in self.kept if record.seq > after and record.key.startswith(prefix)
        )

    def before(self, at: datetime) -> int:
        return next((each.seq - 1 for each in self.kept if each.at >= at), len(self.kept))

    def states(self, keys: Iterable[str]) -> Mapping[str, AirState]:
        asked = set(keys)
        found: dict[str, int] = {}
        for record in self.kept:
            if record.key in asked and record.kind in _RANKS:
                found[record.key] = max(found.get(record.key, 0), _RANKS[record.kind])
        return {key: _RANKED[rank] for key, rank in found.items()}

    def last(self) -> Record | None:
        return self.kept[-1] if self.kept else None

    def close(self) -> None:
        self.closed = True
