"""What a campaign came to, by the ledger alone: plain figures in no language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from broadcaster.domain.record import Outcome
from broadcaster.messages import Message

HEARD = (Outcome.AIRED, Outcome.LATE)
"""Heard as a whole."""
UNHEARD = (Outcome.MISSED, Outcome.BLOCKED, Outcome.CANCELLED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Aired:
    """An airing, whether it was heard or not; instants in the station's zone, lengths in seconds.

    What the ledger doesn't tell is None.
    """

    key: str
    slot: str
    zone: str
    planned: datetime
    started: datetime | None
    finished: datetime | None
    urgent: bool
    outcome: Outcome | None
    """None: it has no end in the ledger yet."""
    reason: Message | None
    asked: float | None
    given: float | None
    voice: str

    @property
    def day(self) -> date:
        """Give the day for which it was planned."""
        return self.planned.date()

    @property
    def programme(self) -> str:
        """Name what was to begin together in one zone or several."""
        return self.key.rsplit("/", 1)[0]


@dataclass(frozen=True, slots=True)
class Length:
    """Seconds in all, and of how many airings they are not known."""

    seconds: float
    unknown: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """Airings counted, one for each zone; `planned` is what all the outcomes add up to."""

    planned: int
    programmes: int
    aired: int
    late: int
    partial: int
    missed: int
    blocked: int
    cancelled: int
    open: int
    urgent: int
    """Planned as urgent."""
    urgent_aired: int
    """Heard as a whole, of the urgent ones."""
    asked: Length
    given: Length

    @property
    def whole(self) -> int:
        """Count what was heard from its first second to its last."""
        return self.aired + self.late

    @property
    def unheard(self) -> int:
        """Count what was not heard at all."""
        return self.missed + self.blocked + self.cancelled

    @property
    def coverage(self) -> float | None:
        """Give the part that was heard as a whole, 0 to 1; None while anything is open."""
        return self.whole / self.planned if self.planned and not self.open else None


@dataclass(frozen=True, slots=True)
class Cause:
    """Why airings were not heard as a whole; details that differ among them are left out."""

    outcome: Outcome
    reason: Message | None
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A stretch of time in which a sign was to show the campaign's slogans, in one state."""

    sign: str
    slogans: tuple[str, ...]
    state: str
    """How far the content had come; `blocked`: it was not allowed."""
    reason: Message | None
    from_: datetime
    until: datetime
    """Up to where the ledger tells; not what came after."""
    untold: float = 0.0
    """Hours after it of which the ledger tells nothing: the station broke down meanwhile."""

    @property
    def hours(self) -> float:
        """Give how long it was."""
        return (self.until - self.from_).total_seconds() / 3600


@dataclass(frozen=True, slots=True)
class SignHours:
    """A sign's hours: asked for, acknowledged by the sign, and those nobody knows of."""

    asked: float
    acknowledged: float
    untold: float


@dataclass(frozen=True, slots=True)
class Gap:
    """A time of which the ledger tells nothing."""

    from_: datetime
    until: datetime
    stopped: bool
    """The station was stopped properly before it; else it broke down, or nothing was yet."""


@dataclass(frozen=True, slots=True)
class Tip:
    """The record up to which the ledger was read."""

    seq: int
    hash: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """All that a report says in figures."""

    campaign: str
    tip: Tip
    window: tuple[date, date] | None
    """The first day and the last; those that the playlist names, else those of the airings."""
    airings: tuple[Aired, ...]
    total: Tally
    days: Mapping[date, Tally]
    zones: Mapping[str, Tally]
    causes: tuple[Cause, ...]
    announcements: Tally
    """Urgent announcements that people ordered on its days: beside the campaign."""
    shown: tuple[Shown, ...]
    signs: Mapping[str, SignHours]
    gaps: tuple[Gap, ...]
    rehearsed: bool
    """The ledger is a rehearsal's: nothing of it was heard or shown."""
    posts: None = field(default=None)
    """Posts on the portal and the fanpage: no ledger tells of them yet."""
