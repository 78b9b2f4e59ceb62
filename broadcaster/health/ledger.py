"""A ledger that puts what keeps it from being written into the register of faults."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any

from broadcaster.domain.record import AirState, Record
from broadcaster.errors import DeviceError
from broadcaster.health.faults import FaultKind, Faults
from broadcaster.ports import Ledger

LEDGER = "ledger"


class ReportingLedger:
    """Another ledger, whose every write tells whether it works."""

    def __init__(self, ledger: Ledger, faults: Faults) -> None:
        self._ledger = ledger
        self._faults = faults
        self._listeners: list[Callable[[Record], None]] = []

    def listen(self, heard: Callable[[Record], None]) -> None:
        """Have `heard` called with every record that was added."""
        self._listeners.append(heard)

    def append(self, at: datetime, kind: str, key: str, data: Mapping[str, Any]) -> Record:
        """Add one record; raises DeviceError when the disk refuses it."""
        (record,) = self.append_all(at, [(kind, key, data)])
        return record

    def append_all(
        self, at: datetime, rows: Iterable[tuple[str, str, Mapping[str, Any]]]
    ) -> tuple[Record, ...]:
        """Add records in one commit: all or none; raises DeviceError."""
        try:
            added = self._ledger.append_all(at, rows)
        except DeviceError as error:
            self._faults.tell(FaultKind.LEDGER, LEDGER, error, "ledger-failed")
            raise
        if added:
            self._faults.over(FaultKind.LEDGER, LEDGER)
        for record in added:
            for heard in self._listeners:
                heard(record)
        return added

    def records(self, prefix: str = "", after: int = 0) -> Iterable[Record]:
        """Give records in order."""
        return self._ledger.records(prefix, after)

    def before(self, at: datetime) -> int:
        """Give the number of the last record before the first of this instant or later."""
        return self._ledger.before(at)

    def states(self, keys: Iterable[str]) -> Mapping[str, AirState]:
        """Say how far each of these airings is."""
        return self._ledger.states(keys)

    def last(self) -> Record | None:
        """Give the newest record."""
        return self._ledger.last()

    def close(self) -> None:
        """Let go of the file."""
        self._ledger.close()
