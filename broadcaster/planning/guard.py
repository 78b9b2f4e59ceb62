"""The airtime guard: when, how often and how long a zone may sound."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from math import ceil, inf
from typing import NamedTuple

from broadcaster.domain.campaign import AirClass, RadioSlot, Relay
from broadcaster.domain.days import MINUTES_A_DAY, TimeRange
from broadcaster.domain.station import Airtime
from broadcaster.messages import Message, msg
from broadcaster.planning.days import steady
from broadcaster.planning.words import clock

SESSION_BREAK = timedelta(minutes=1)
"""Silence this long ends a session."""
NEVER = datetime.min.replace(tzinfo=UTC)
_SLACK = 1e-6
"""What sums of floating-point seconds and minutes may be wrong by."""
_MOMENT = 0.001


class Use(NamedTuple):
    """What has used up a zone's airtime."""

    day: date = date.min
    """The local day that the figures are of."""
    sessions: int = 0
    """Begun on that day."""
    seconds: float = 0.0
    """Of broadcasts begun on that day."""
    until: datetime = NEVER
    """When the zone last fell silent, in UTC."""
    open: bool = False
    """Whether what sounded until then is of a counted session."""

    def after(self, begins: datetime, seconds: float, counted: float) -> Use:
        """Give the use after a broadcast; `counted` of its seconds use up airtime.

        `begins` is in the station's zone. What counts for nothing begins no session, but is no
        silence either.
        """
        instant = begins.astimezone(UTC)
        return self.then(begins.date(), instant, instant + timedelta(seconds=seconds), counted)

    def then(self, day: date, begins: datetime, ends: datetime, counted: float) -> Use:
        """Give the use after a broadcast of a local day; its instants are in UTC."""
        sessions, spent = (self.sessions, self.seconds) if day == self.day else (0, 0.0)
        runs_on = begins - self.until < SESSION_BREAK
        is_open = runs_on and self.open
        if counted > 0 and not is_open:
            sessions, is_open = sessions + 1, True
        until = max(ends, self.until) if runs_on else ends
        return Use(day, sessions, spent + counted, until, is_open)


def counted(airtime: Airtime, slot: RadioSlot, seconds: float) -> float:
    """Give how many of a broadcast's seconds use up airtime."""
    return 0.0 if slot.air_class is AirClass.URGENT else _cost(airtime, slot, seconds)


def _cost(airtime: Airtime, slot: RadioSlot, seconds: float) -> float:
    """Give how many would, were it not urgent."""
    if airtime.relays_count:
        return seconds
    relays = [item.seconds for item in slot.items if isinstance(item, Relay)]
    return 0.0 if len(relays) == len(slot.items) else max(0.0, seconds - sum(relays))


def breach(
    airtime: Airtime,
    begins: datetime,
    seconds: float,
    use: Use,
    slot: RadioSlot,
    *,
    slack: float = 0.0,
) -> Message | None:
    """Say why a broadcast of `slot` may not sound, if so; see `Guard.breach`."""
    return Guard(airtime).breach(begins, seconds, use, slot, slack=slack)


class Ruling(NamedTuple):
    """What the guard says of a broadcast."""

    barred: Message | None = None
    """Why it may not sound."""
    passed: Message | None = None
    """What would have barred it, were it not urgent."""


def ruling(airtime: Airtime, begins: datetime, seconds: float, use: Use, slot: RadioSlot) -> Ruling:
    """Say both; see `Guard.breach`."""
    guard = Guard(airtime)
    asked = begins, seconds, use, slot
    return Ruling(guard.breach(*asked), guard.passed(*asked))


class Guard:
    """A zone's airtime rules, ready for many questions."""

    def __init__(self, airtime: Airtime) -> None:
        self._airtime = airtime
        self._arcs = arcs(airtime.allowed)
        minutes, sessions = airtime.minutes_per_day, airtime.sessions_per_day
        self._seconds = inf if minutes is None else minutes * 60 + _SLACK
        self._sessions = inf if sessions is None else sessions

    def breach(
        self, begins: datetime, seconds: float, use: Use, slot: RadioSlot, *, slack: float = 0.0
    ) -> Message | None:
        """Say why a broadcast of `slot` may not sound, if so.

        `begins` is in the station's zone. The broadcast is of the local day it begins in, with
        its session and its minutes. Class urgent may always. What begins a moment late on air
        ends so too: `slack` seconds over the end of the allowed hours are let pass.
        """
        if slot.air_class is AirClass.URGENT:
            return None
        return self._breach(begins, seconds, use, slot, slack)

    def passed(self, begins: datetime, seconds: float, use: Use, slot: RadioSlot) -> Message | None:
        """Say why a broadcast of `slot` might not sound were it not urgent, if it is."""
        if slot.air_class is not AirClass.URGENT:
            return None
        return self._breach(begins, seconds, use, slot, 0.0)

    def _breach(
        self, begins: datetime, seconds: float, use: Use, slot: RadioSlot, slack: float
    ) -> Message | None:
        day = begins.date()
        if day.weekday() not in self._airtime.days:
            return msg("no broadcasts are allowed on this day of the week")
        if not self._within(day, begins, seconds - slack):
            return self._not_then(day, begins, seconds)
        counts = _cost(self._airtime, slot, seconds)
        return self._too_much(day, begins, use, counts) if counts > 0 else None

    def _within(self, day: date, begins: datetime, seconds: float) -> bool:
        """Tell whether all of it lies in the allowed hours."""
        first = begins.hour * 60 + begins.minute + begins.second / 60 + begins.microsecond / 6e7
        last = first + seconds / 60 - _SLACK
        if not steady(day, begins.tzinfo):
            # Every time of day that it passes while the clocks change has to be allowed.
            moved = last + _shift(begins, seconds)
            first, last = min(first, moved), max(last, moved)
        for start, end in self._arcs:  # noqa: SIM110 - a generator would take most of the time here
            if start <= first and last <= end:
                return True
        return False

    def _not_then(self, day: date, begins: datetime, seconds: float) -> Message:
        if steady(day, begins.tzinfo) and self._within(day, begins, _MOMENT):
            ends = begins + timedelta(seconds=ceil(seconds))
            return _too_long(self._airtime.allowed, clock(ends, begins.tzinfo))
        return _outside(self._airtime.allowed)

    def _too_much(self, day: date, begins: datetime, use: Use, counts: float) -> Message | None:
        sessions, spent = (use.sessions, use.seconds) if day == use.day else (0, 0.0)
        if spent + counts > self._seconds:
            return _no_minutes(self._airtime.minutes_per_day or 0, spent)
        goes_on = use.open and begins - use.until < SESSION_BREAK
        return _no_session(sessions) if sessions >= self._sessions and not goes_on else None


def _shift(begins: datetime, seconds: float) -> float:
    """Give how many minutes the clocks jump while it sounds."""
    ends = (begins.astimezone(UTC) + timedelta(seconds=seconds)).astimezone(begins.tzinfo)
    shift = (ends.utcoffset() or timedelta()) - (begins.utcoffset() or timedelta())
    return shift.total_seconds() / 60


def arcs(allowed: tuple[TimeRange, ...]) -> tuple[tuple[float, float], ...]:
    """Give ranges as minutes from a day's midnight on, joined where they touch, over midnights.

    They reach from the day before, for what goes on after midnight, to the day after.
    """
    spans = sorted(
        (day * MINUTES_A_DAY + each.start, day * MINUTES_A_DAY + each.end + _wrap(each))
        for each in allowed
        for day in (-1, 0, 1)
    )
    joined: list[tuple[float, float]] = []
    for start, end in spans:
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    if any(end - start > MINUTES_A_DAY for start, end in joined):
        return ((-inf, inf),)
    return tuple((start, end) for start, end in joined if start < MINUTES_A_DAY and end > 0)


def _wrap(each: TimeRange) -> int:
    return MINUTES_A_DAY if each.end <= each.start else 0


@lru_cache(maxsize=256)
def _outside(allowed: tuple[TimeRange, ...]) -> Message:
    if not allowed:
        return msg("no hours are allowed for broadcasts in this zone")
    ranges = ", ".join(map(str, allowed))
    return msg("outside the hours allowed for broadcasts, {ranges}", ranges=ranges)


@lru_cache(maxsize=1024)
def _too_long(allowed: tuple[TimeRange, ...], end: str) -> Message:
    return msg(
        "would end at {end}, after the hours allowed for broadcasts, {ranges}",
        end=end,
        ranges=", ".join(map(str, allowed)),
    )


@lru_cache(maxsize=1024)
def _no_minutes(limit: float, spent: float) -> Message:
    return msg(
        "more than the {limit} minutes allowed a day, of which {spent} are used",
        limit=f"{limit:g}",
        spent=f"{round(spent / 60, 1):g}",
    )


@lru_cache
def _no_session(limit: int) -> Message:
    return msg("more than the {limit} sessions allowed a day", limit=limit)
