"""The as-run ledger in an SQLite file: append-only, hash-chained, durable when a call returns."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from broadcaster.domain.record import AirState, Record
from broadcaster.errors import DeviceError
from broadcaster.ledger.chain import GENESIS, canonical, instant, link
from broadcaster.ledger.file import open_for_reading, open_for_writing, plainly, renew
from broadcaster.messages import msg

_COLUMNS = "seq, at, kind, key, data, prev, hash"
_PAGE = 1000
"""Records read at a time: a reader holds no lock and little memory between two pages."""
_ASKED = 500
"""Keys or records asked for at a time: SQLite bounds the parameters of a statement."""
_LAST = "\U0010ffff"
"""Comes after every other character."""

_RANKED = (AirState.INTENT, AirState.AUDIBLE, AirState.ENDED)
_STATES = (
    "SELECT key, MAX(CASE kind WHEN 'intent' THEN 0 WHEN 'audible' THEN 1 ELSE 2 END) FROM record"
    " WHERE kind IN ('intent', 'audible', 'finished', 'missed', 'refused') AND key IN ({marks})"
    " GROUP BY key"
)

# Without the plus, SQLite would read from the first record on to find the least number.
_BEFORE = (
    "SELECT COALESCE(MIN(+seq) - 1, (SELECT MAX(seq) FROM record), 0) FROM record WHERE at >= ?"
)


class UnreadableRecordError(DeviceError):
    """A record whose fields are no longer what a ledger writes."""

    def __init__(self, seq: int) -> None:
        super().__init__("ledger", msg("record {seq} was changed after it was written", seq=seq))
        self.seq = seq


class SqliteLedger:
    """One file, one writer, any number of readers; used by one thread.

    Every call raises DeviceError where the disk or the file refuses it. Two writers don't harm
    each other: each takes up the chain where the other left it.
    """

    renew = staticmethod(renew)
    """How it writes a file of its once more."""

    def __init__(self, path: Path, *, read_only: bool = False) -> None:
        self._path = path
        self._db = open_for_reading(path) if read_only else open_for_writing(path, self.renew)

    def append(self, at: datetime, kind: str, key: str, data: Mapping[str, Any]) -> Record:
        """Add one record; ValueError where `at` is naive or `data` isn't JSON."""
        (record,) = self.append_all(at, [(kind, key, data)])
        return record

    def append_all(
        self, at: datetime, rows: Iterable[tuple[str, str, Mapping[str, Any]]]
    ) -> tuple[Record, ...]:
        """Add records (kind, key, data) in one commit: all or none."""
        added: list[Record] = []
        with plainly(self._path), self._commit():
            seq, prev = self._tip()
            for number, (kind, key, data) in enumerate(rows, seq + 1):
                added.append(link(number, at, kind, key, data, prev=prev))
                prev = added[-1].hash
            self._db.executemany(
                f"INSERT INTO record ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?)",  # noqa: S608 - constant
                map(_row, added),
            )
        return tuple(added)

    def records(self, prefix: str = "", after: int = 0) -> Iterator[Record]:
        """Give records in order whose key starts with `prefix`, those after `after` alone."""
        pages = self._found(prefix, after) if prefix else self._all(after)
        for page in pages:
            yield from map(_record, page)

    def before(self, at: datetime) -> int:
        """Give the number of the last record before the first of this instant or later."""
        ((number,),) = self._rows(_BEFORE, (instant(at),))
        return int(number)

    def states(self, keys: Iterable[str]) -> Mapping[str, AirState]:
        """Say how far each of these airings ever came; keys without a record are left out."""
        asked, found = list(keys), {}
        for start in range(0, len(asked), _ASKED):
            some = asked[start : start + _ASKED]
            with plainly(self._path):
                rows = self._db.execute(_STATES.format(marks=", ".join("?" * len(some))), some)
                found.update({key: _RANKED[rank] for key, rank in rows})
        return found

    def last(self) -> Record | None:
        """Give the newest record."""
        with plainly(self._path):
            row = self._db.execute(
                f"SELECT {_COLUMNS} FROM record ORDER BY seq DESC LIMIT 1"  # noqa: S608 - constant
            ).fetchone()
        return _record(row) if row else None

    def close(self) -> None:
        """Let go of the file."""
        with plainly(self._path):
            self._db.close()

    def _tip(self) -> tuple[int, str]:
        row = self._db.execute("SELECT seq, hash FROM record ORDER BY seq DESC LIMIT 1").fetchone()
        return row or (0, GENESIS)

    def _all(self, after: int) -> Iterator[list[Any]]:
        statement = f"SELECT {_COLUMNS} FROM record WHERE seq > ? ORDER BY seq LIMIT {_PAGE}"  # noqa: S608 - constant
        while page := self._rows(statement, (after,)):
            yield page
            after = page[-1][0]

    def _found(self, prefix: str, after: int) -> Iterator[list[Any]]:
        """Look in the index first: a ledger of years is not to be read for a few records."""
        found = self._rows(
            "SELECT seq FROM record INDEXED BY record_key"
            " WHERE key >= ? AND key < ? AND seq > ? ORDER BY seq",
            (prefix, prefix + _LAST, after),
        )
        for start in range(0, len(found), _ASKED):
            some = [seq for (seq,) in found[start : start + _ASKED]]
            marks = ", ".join("?" * len(some))
            yield self._rows(
                f"SELECT {_COLUMNS} FROM record WHERE seq IN ({marks}) ORDER BY seq",  # noqa: S608 - constant
                some,
            )

    def _rows(self, statement: str, values: Sequence[Any]) -> list[Any]:
        with plainly(self._path):
            return self._db.execute(statement, values).fetchall()

    @contextlib.contextmanager
    def _commit(self) -> Iterator[None]:
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield
            self._db.execute("COMMIT")
        except BaseException:
            # A full disk may have rolled it back already.
            if self._db.in_transaction:
                self._db.execute("ROLLBACK")
            raise


def _row(record: Record) -> tuple[int | str, ...]:
    at, data = instant(record.at), canonical(record.data)
    return (record.seq, at, record.kind, record.key, data, record.prev, record.hash)


def _record(row: tuple[int, str, str, str, str, str, str]) -> Record:
    seq, at, kind, key, text, prev, digest = row
    try:
        data, when = json.loads(text), datetime.fromisoformat(at)
    except (TypeError, ValueError):
        raise UnreadableRecordError(seq) from None
    if not isinstance(data, dict) or when.tzinfo is None:
        raise UnreadableRecordError(seq)
    return Record(seq, when, kind, key, data, prev, digest)
