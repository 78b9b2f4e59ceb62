"""The chain of hashes that makes a later change of the ledger visible."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from broadcaster.domain.record import Record
from broadcaster.messages import Message, msg

GENESIS = "0" * 64
"""What stands as `prev` in the first record."""


@dataclass(frozen=True, slots=True)
class Broken:
    """The first record at which the chain doesn't hold, and how it shows."""

    seq: int
    message: Message


def canonical(value: Any) -> str:
    """Write JSON in the one form that is hashed: keys sorted, no spaces, characters as they are.

    Half a surrogate pair, as an undecodable file name brings it, is escaped. Raises ValueError
    where the value has no such form: NaN, infinity, or something that JSON doesn't know.
    """
    try:
        text = json.dumps(
            value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
        )
    except TypeError as error:
        raise ValueError(str(error)) from error
    return text.encode("utf-8", "backslashreplace").decode()


def instant(at: datetime) -> str:
    """Write an instant as records hold it: ISO 8601, UTC, microseconds; ValueError if naive."""
    if at.utcoffset() is None:
        raise ValueError("an instant in the ledger needs a time zone")
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def fields(record: Record) -> dict[str, Any]:
    """Give a record as JSON holds it."""
    return {
        "seq": record.seq,
        "at": instant(record.at),
        "kind": record.kind,
        "key": record.key,
        "data": record.data,
        "prev": record.prev,
        "hash": record.hash,
    }


def digest(record: Record) -> str:
    """Give the SHA-256, in hex, of a record's canonical JSON without its own `hash`."""
    hashed = fields(record)
    del hashed["hash"]
    return hashlib.sha256(canonical(hashed).encode()).hexdigest()


def link(
    seq: int, at: datetime, kind: str, key: str, data: Mapping[str, Any], *, prev: str
) -> Record:
    """Make the record that follows `prev`; raises ValueError for what it can't hold for ever."""
    # Through text and back: what is returned now is what will be read later.
    when = datetime.fromisoformat(instant(at))
    plain = json.loads(canonical(dict(data)))
    # Keys are sought by their bytes, so they must have some.
    key.encode()
    loose = Record(seq, when, kind, key, plain, prev, "")
    return replace(loose, hash=digest(loose))


def verify(records: Iterable[Record]) -> Broken | None:
    """Find the first record that was edited, moved, or whose forerunner is gone.

    A cut-off end leaves a chain that holds: compare the last hash with one kept elsewhere.
    """
    seq, prev = 0, GENESIS
    for record in records:
        broken = _follows(record, seq, prev)
        if broken:
            return Broken(record.seq, broken)
        seq, prev = record.seq, record.hash
    return None


def _follows(record: Record, seq: int, prev: str) -> Message | None:
    if record.seq <= seq:
        return msg("stands after record {before}: the order was changed", before=seq)
    if record.seq > seq + 1 and not seq:
        return msg("is the first there is: the beginning is gone")
    if record.seq > seq + 1:
        return msg("follows record {before}: those between are gone", before=seq)
    if digest(record) != record.hash:
        return msg("was changed after it was written")
    if record.prev != prev:
        return msg("doesn't continue the record before it: one of the two was replaced")
    return None
