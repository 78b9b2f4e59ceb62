"""Which faults people are told, and when."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from broadcaster.health.faults import Fault, FaultKind
from broadcaster.health.notices import CALM, GRACE, OFTEN, News, Notices
from broadcaster.messages import msg

START = datetime(2025, 9, 22, 5, 0, tzinfo=UTC)
FAULT = Fault(FaultKind.SIGN, "cong", "sign-failed", msg("does not answer"), START)


class Course:
    """One thing that comes and goes, and what people are told of it, with the second."""

    def __init__(self) -> None:
        self.notices = Notices()
        self.now = 0.0
        self.told: list[tuple[News, float]] = []

    def until(self, second: float) -> None:
        """Let time pass, and tell whatever is due on the way at its instant."""
        while (due := self.notices.next()) is not None and due <= self._at(second):
            self.now = max(self.now, (due - START).total_seconds())
            self._take()
        self.now = second
        self._take()

    def set(self, second: float, *, present: bool) -> None:
        self.until(second)
        self.notices.hear(FAULT, self._at(second), present=present)

    def _take(self) -> None:
        self.told += [(each.what, self.now) for each in self.notices.take(self._at(self.now))]

    def _at(self, second: float) -> datetime:
        return START + timedelta(seconds=second)


def test_what_lasts_is_told_after_a_grace_and_so_is_its_end() -> None:
    course = Course()
    course.set(0, present=True)
    course.set(500, present=False)
    course.until(10_000)
    grace = GRACE.total_seconds()
    assert course.told == [(News.CAME, grace), (News.OVER, 500 + grace)]


def test_what_is_over_at_once_is_not_told() -> None:
    course = Course()
    course.set(0, present=True)
    course.set(GRACE.total_seconds() - 1, present=False)
    course.until(10_000)
    assert course.told == []


def test_what_is_back_at_once_was_not_over() -> None:
    course = Course()
    course.set(0, present=True)
    course.set(500, present=False)
    course.set(501, present=True)
    course.until(10_000)
    assert [what for what, _ in course.told] == [News.CAME]


def test_what_comes_and_goes_is_summed_up_until_it_stays_as_it_is() -> None:
    course = Course()
    for number in range(30):
        course.set(number * 10, present=True)
        course.set(number * 10 + 5, present=False)
    course.until(10_000)
    assert course.told == [
        (News.RESTLESS, (OFTEN - 1) * 10),
        (News.OVER, 295 + CALM.total_seconds()),
    ]


@given(st.lists(st.floats(1, 2000), max_size=60))
def test_nobody_is_flooded_and_what_people_think_in_the_end_is_so(gaps: list[float]) -> None:
    course, second, present = Course(), 0.0, False
    for gap in gaps:
        second, present = second + gap, not present
        course.set(second, present=present)
    course.until(second + 2 * CALM.total_seconds())
    last = course.told[-1][0] if course.told else News.OVER
    assert (last is not News.OVER) is present
    for _, at in course.told:
        assert sum(at <= other < at + 3600 for _, other in course.told) <= 2 * OFTEN + 2
