"""Times of day, days and the rules that choose them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

MINUTES_A_DAY = 24 * 60
EVERY_DAY: frozenset[int] = frozenset(range(7))


@dataclass(frozen=True, slots=True, order=True)
class TimeRange:
    """Minutes of a day, `end` not included; over midnight when `end` <= `start`."""

    start: int
    end: int

    def covers(self, minute: int) -> bool:
        """Say whether a minute of the day lies in it."""
        if self.start < self.end:
            return self.start <= minute < self.end
        return minute >= self.start or minute < self.end

    def __str__(self) -> str:
        """Give `HH:MM-HH:MM`."""
        return "-".join(f"{minute // 60:02}:{minute % 60:02}" for minute in (self.start, self.end))


@dataclass(frozen=True, slots=True, kw_only=True)
class DayRule:
    """Which days a slot is meant for."""

    weekdays: frozenset[int] = EVERY_DAY
    """Monday is 0."""
    from_: date | None = None
    until: date | None = None
    """Both included."""
    dates: frozenset[date] = field(default=frozenset())
    """When not empty, these alone."""
    except_: frozenset[date] = field(default=frozenset())
    holidays: Literal["air", "skip"] = "air"
