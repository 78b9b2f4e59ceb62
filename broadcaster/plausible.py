"""Judges whether a wall clock can be right, from what was read of it and what was known before."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

from broadcaster.messages import Message, msg

JUMP = timedelta(hours=1)
"""A clock that moved by more than this is to be confirmed."""
SLACK = timedelta(minutes=5)
"""A clock may start so far before the last record: somebody may have corrected it."""
UNCONFIRMED = msg("the clock could not be trusted before, and nothing has confirmed it since")


class Reading(NamedTuple):
    """What was read at one instant."""

    wall: datetime
    """Aware, in the zone that people read it in."""
    steady: float
    """Seconds that never step, and run on while the machine is suspended."""
    synchronised: bool
    """Whether a time source keeps the wall clock."""

    @property
    def ahead(self) -> timedelta:
        """How far the wall clock is before the steady one's zero."""
        return timedelta(seconds=self.wall.timestamp() - self.steady)


class Plausibility:
    """What is known of a clock, and whether its next readings agree with it."""

    def __init__(self, released: date) -> None:
        self._released = released
        self._last: datetime | None = None
        self._trusted: timedelta | None = None
        """How far ahead it was when it was trusted; None: not since it is judged."""
        self._doubted = False
        self._kept = True

    def since(self, last: datetime, *, trusted: bool, kept: bool = True) -> None:
        """Judge anew, by the instant up to which the clock was trusted, and whether to its end.

        `kept` tells whether it can have gone on right since then.
        """
        self._last, self._trusted, self._doubted = last, None, not trusted
        self._kept = kept

    def judge(self, reading: Reading) -> Message | None:
        """Say why it can't be trusted; None where it can."""
        if reading.synchronised:
            self.confirm(reading)
        if self._trusted is None:
            return self._first(reading)
        moved = reading.ahead - self._trusted
        return (self._ancient(reading) or _jumped(moved)) if abs(moved) > JUMP else None

    def confirm(self, reading: Reading) -> None:
        """Trust it as it was just read, until it moves by more than an hour."""
        self._trusted = reading.ahead

    def _first(self, reading: Reading) -> Message | None:
        """Judge where nothing was trusted yet: what was once in doubt stays so."""
        unconfirmed = UNCONFIRMED if self._doubted else None
        known = self._ancient(reading) or self._behind(reading) or self._stood_still()
        reason = known or unconfirmed
        self._doubted = reason is not None
        if reason is None:
            self.confirm(reading)
        return reason

    def _ancient(self, reading: Reading) -> Message | None:
        if reading.wall.date() >= self._released:
            return None
        return msg(
            "the clock says {day}, and this version was made on {made}",
            day=f"{reading.wall:%d/%m/%Y}",
            made=f"{self._released:%d/%m/%Y}",
        )

    def _behind(self, reading: Reading) -> Message | None:
        if self._last is None or reading.wall >= self._last - SLACK:
            return None
        last = self._last.astimezone(reading.wall.tzinfo)
        return msg(
            "the clock is behind the last record of the ledger, which is of {last}",
            last=f"{last:%d/%m/%Y %H:%M}",
        )

    def _stood_still(self) -> Message | None:
        """Say that nobody knows how long the machine was off, if so: it goes on where it was."""
        if self._kept:
            return None
        return msg("the machine was off, and no battery kept its clock right meanwhile")


def kept_right(wall: datetime, clocks: Iterable[datetime]) -> bool:
    """Tell whether one of a machine's battery-kept clocks agrees with what people read.

    Such a clock may run in the local time, as on a machine that has Windows as well.
    """
    local = wall.replace(tzinfo=UTC)
    return any(abs(each - right) <= JUMP for each in clocks for right in (wall, local))


def _jumped(moved: timedelta) -> Message:
    hours = round(abs(moved) / timedelta(hours=1), 1)
    if moved > timedelta():
        return msg("the clock went {hours:g} h ahead, and no time source confirms it", hours=hours)
    return msg("the clock went back by {hours:g} h, and no time source confirms it", hours=hours)
