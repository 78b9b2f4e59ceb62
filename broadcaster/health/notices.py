"""Which faults people are told, and when: not what is over at once, and no storm of news."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import Enum, auto
from typing import NamedTuple

from broadcaster.health.faults import Fault, FaultKind

GRACE = timedelta(seconds=20)
"""How long a fault, or its end, must last to be told."""
OFTEN = 4
WITHIN = timedelta(hours=1)
"""What came so often in so long comes and goes: that is told once."""
CALM = timedelta(minutes=15)
"""How long it must then stay as it is before it is told of again."""


class News(Enum):
    """What is told of a fault."""

    CAME = auto()
    OVER = auto()
    RESTLESS = auto()


class Notice(NamedTuple):
    """One piece of news."""

    what: News
    fault: Fault
    at: datetime
    """Since when it is so."""


@dataclass(slots=True)
class _Course:
    """How one thing has been, and what people were told of it."""

    fault: Fault
    changed: datetime
    present: bool
    told: bool = False
    """Whether people take it for faulty."""
    restless: bool = False
    began: list[datetime] = field(default_factory=list)

    @property
    def patience(self) -> timedelta:
        if self.often:
            return timedelta()
        return CALM if self.restless else GRACE

    @property
    def often(self) -> bool:
        """Whether it came too often for each time to be told, and that is still to be told."""
        return not self.restless and len(self.began) >= OFTEN

    @property
    def open(self) -> bool:
        """Whether there is something to be told in time."""
        return self.restless or self.often or self.present != self.told


class Notices:
    """What is to be told; without a clock and without a way to tell it."""

    def __init__(self) -> None:
        self._courses: dict[tuple[FaultKind, str], _Course] = {}

    def hear(self, fault: Fault, now: datetime, *, present: bool) -> None:
        """Take note of a fault that comes, changes or ends."""
        course = self._courses.setdefault(
            (fault.kind, fault.of), _Course(fault, now, present=False)
        )
        course.fault = fault
        if course.present != present:
            course.present, course.changed = present, now
            if present:
                course.began.append(now)

    def take(self, now: datetime) -> list[Notice]:
        """Give what is to be told by now; it counts as told."""
        found = [notice for course in self._courses.values() if (notice := _notice(course, now))]
        self._courses = {
            key: each
            for key, each in self._courses.items()
            if each.present or each.open or now - each.began[-1] < WITHIN
        }
        return found

    def next(self) -> datetime | None:
        """Give when there may be something to tell."""
        courses = self._courses.values()
        return min((each.changed + each.patience for each in courses if each.open), default=None)


def _notice(course: _Course, now: datetime) -> Notice | None:
    course.began = [at for at in course.began if at > now - WITHIN] or course.began[-1:]
    if course.often:
        course.restless = course.told = True
        return Notice(News.RESTLESS, course.fault, course.began[0])
    if now < course.changed + course.patience or not course.open:
        return None
    if course.restless:
        course.restless, course.began = False, course.began[-1:]
    if course.present == course.told:
        return None
    course.told = course.present
    return Notice(News.CAME if course.present else News.OVER, course.fault, course.changed)
