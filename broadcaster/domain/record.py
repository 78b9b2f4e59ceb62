"""What really happened, as the as-run ledger keeps it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple

RECORDING = "recording"
"""What stands for a voice in a record where a person's recording was heard."""


class Kind(StrEnum):
    """What a record says of its key."""

    INTENT = "intent"
    """About to sound; written before the act."""
    AUDIBLE = "audible"
    """The first sample is out."""
    CUT = "cut"
    """An urgent airing, or a person, cut it; data says where it was and from where it goes on."""
    FINISHED = "finished"
    """After the last sample; data has the outcome."""
    REFUSED = "refused"
    """Its instant came and the rundown refuses it."""
    MISSED = "missed"
    """Its late policy ran out."""
    ALARM = "alarm"
    """Something was wrong with what an airing sounded; data says what, where, how long."""
    SIGN = "sign"
    """How far a sign's content has come; the key is `sign/<id>`."""
    ORDERED = "ordered"
    """A person ordered an urgent announcement; the key begins that of each of its airings."""
    STATION = "station"
    """The daemon started or stopped; the key is `station`."""


REHEARSAL = "rehearsal"
"""What the first record of a rehearsal's ledger says was done: nothing of it was heard."""


class Outcome(StrEnum):
    """How an airing ended."""

    AIRED = "aired"
    LATE = "late"
    PARTIAL = "partial"
    MISSED = "missed"
    BLOCKED = "blocked"
    CANCELLED = "cancelled"


class AirState(StrEnum):
    """How far the ledger has an airing."""

    INTENT = "intent"
    AUDIBLE = "audible"
    CUT = "cut"
    """Silent, and to be taken up."""
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Record:
    """One line of the ledger, chained to the one before by its hash."""

    seq: int
    at: datetime
    kind: str
    key: str
    data: Mapping[str, Any]
    prev: str
    hash: str


class Sounding(NamedTuple):
    """A stretch in which an airing was heard without a break."""

    started: datetime
    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class AsRun:
    """An airing's records folded into one."""

    key: str
    campaign: str
    zone: str
    planned: datetime
    started: datetime | None = None
    finished: datetime | None = None
    outcome: Outcome | None = None
    """None while it is under way, or after a crash that no restart has judged yet."""
    reason: str = ""
    """English; the record keeps it as `reason_message` too, to be translated."""
    voice: str = ""
    audio_sha256: str = ""
    soundings: tuple[Sounding, ...] = ()
    """One, unless it was cut and taken up again."""
    cut: datetime | None = None
    """Since when it waits to be taken up."""
    alarms: tuple[Mapping[str, Any], ...] = ()
    """The data of its alarms, in order."""
    data: Mapping[str, Any] = field(default_factory=dict)
