"""The airtime guard: when, how often and how long a zone may sound."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple

from broadcaster.domain.campaign import AirClass, RadioSlot, Relay
from broadcaster.domain.days import MINUTES_A_DAY, TimeRange
from broadcaster.domain.station import Airtime
from broadcaster.messages import Message, msg

SESSION_BREAK = timedelta(minutes=1)
"""Silence this long ends a session."""
_SLACK = 1e-6


class Use(NamedTuple):
    """What has used up a zone's airtime."""

    day: date | None = None
    """The local day that the figures are of."""
    sessions: int = 0
    """Begun on that day."""
    seconds: float = 0.0
    """Of broadcasts begun on that day."""
    until: datetime | None = None
    """When the zone last fell silent, in UTC."""
    open: bool = False
    """Whether what sounded until then is of a counted session."""

    def on(self, day: date) -> Use:
        """Give the use of a day: nothing yet, if these figures are of another."""
        return self if self.day == day else self._replace(day=day, sessions=0, seconds=0.0)

    def joins(self, begins: datetime) -> bool:
        """Tell whether a broadcast then goes on with what sounded before."""
        return self.until is not None and begins.astimezone(UTC) - self.until < SESSION_BREAK

    def after(self, begins: datetime, seconds: float, counted: float) -> Use:
        """Give the use after a broadcast; `counted` of its seconds use up airtime.

        What counts for nothing begins no session, but is no silence either.
        """
        use = self.on(begins.date())
        runs_on = use.joins(begins)
        was_open = runs_on and use.open
        ends = begins.astimezone(UTC) + timedelta(seconds=seconds)
        return Use(
            use.day,
            use.sessions + (counted > 0 and not was_open),
            use.seconds + counted,
            max(ends, use.until) if runs_on and use.until else ends,
            was_open or counted > 0,
        )


def counted(airtime: Airtime, slot: RadioSlot, seconds: float) -> float:
    """Give how many of a broadcast's seconds use up airtime."""
    if slot.air_class is AirClass.URGENT:
        return 0.0
    if airtime.relays_count:
        return seconds
    relays = [item.seconds for item in slot.items if isinstance(item, Relay)]
    return 0.0 if len(relays) == len(slot.items) else max(0.0, seconds - sum(relays))


def breach(
    airtime: Airtime, begins: datetime, seconds: float, use: Use, slot: RadioSlot
) -> Message | None:
    """Say why a broadcast of `slot` may not sound, if so.

    `begins` is in the station's zone. It belongs to the local day it begins in, with its sessions
    and minutes. Class urgent may always.
    """
    if slot.air_class is AirClass.URGENT:
        return None
    return _hours(airtime, begins, seconds) or _amount(
        airtime, begins, use.on(begins.date()), counted(airtime, slot, seconds)
    )


def _hours(airtime: Airtime, begins: datetime, seconds: float) -> Message | None:
    if begins.weekday() not in airtime.days:
        return msg("no broadcasts are allowed on this day of the week")
    first = begins.hour * 60 + begins.minute + (begins.second + begins.microsecond / 1e6) / 60
    ends = (begins.astimezone(UTC) + timedelta(seconds=seconds)).astimezone(begins.tzinfo)
    # Clocks may change while it sounds: every time of day that it passes has to be allowed.
    shift = (ends.utcoffset() or timedelta()) - (begins.utcoffset() or timedelta())
    last = first + seconds / 60
    moved = last + shift.total_seconds() / 60
    if any(
        start <= min(first, moved) + _SLACK and max(last, moved) <= end + _SLACK
        for start, end in arcs(airtime.allowed)
    ):
        return None
    return _not_then(airtime.allowed)


def _amount(airtime: Airtime, begins: datetime, use: Use, counts: float) -> Message | None:
    if counts <= 0:
        return None
    if airtime.minutes_per_day is not None:
        left = airtime.minutes_per_day * 60 - use.seconds
        if counts > left + _SLACK:
            return _no_minutes(airtime.minutes_per_day, round(max(0.0, left) / 60, 1))
    if (
        airtime.sessions_per_day is not None
        and use.sessions >= airtime.sessions_per_day
        and not (use.open and use.joins(begins))
    ):
        return _no_session(airtime.sessions_per_day)
    return None


@lru_cache(maxsize=256)
def arcs(allowed: tuple[TimeRange, ...]) -> tuple[tuple[float, float], ...]:
    """Give ranges as minutes from a day's midnight on, joined where they touch, over midnights.

    They reach from the day before, for what goes on after midnight, to any later day.
    """
    spans = sorted(
        (day * MINUTES_A_DAY + each.start, day * MINUTES_A_DAY + each.end + _wrap(each))
        for each in allowed
        for day in (-1, 0, 1, 2)
    )
    joined: list[tuple[float, float]] = []
    for start, end in spans:
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    whole = any(end - start > MINUTES_A_DAY for start, end in joined)
    return ((float("-inf"), float("inf")),) if whole else tuple(joined)


def _wrap(each: TimeRange) -> int:
    return MINUTES_A_DAY if each.end <= each.start else 0


@lru_cache(maxsize=256)
def _not_then(allowed: tuple[TimeRange, ...]) -> Message:
    if not allowed:
        return msg("no hours are allowed for broadcasts in this zone")
    ranges = ", ".join(map(str, allowed))
    return msg("outside the hours allowed for broadcasts, {ranges}", ranges=ranges)


@lru_cache(maxsize=1024)
def _no_minutes(limit: float, left: float) -> Message:
    return msg(
        "more than the {limit} minutes allowed a day, of which {left} are left",
        limit=f"{limit:g}",
        left=f"{left:g}",
    )


@lru_cache
def _no_session(limit: int) -> Message:
    return msg("more than the {limit} sessions allowed a day", limit=limit)
