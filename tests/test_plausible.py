"""A clock is trusted where a time source, a person or its own past says that it can be right."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from broadcaster.plausible import JUMP, SLACK, Plausibility, Reading, kept_right

RELEASED = date(2026, 1, 1)
NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)
HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
HOUR = timedelta(hours=1)
SECOND = timedelta(seconds=1)

moved = st.timedeltas(timedelta(days=-9000), timedelta(days=9000))
passed = st.floats(0, 1e6)


def read(
    ahead: timedelta = timedelta(), steady: float = 0.0, *, synchronised: bool = False
) -> Reading:
    """Read a clock so far ahead of the right one, on which the steady one began at noon."""
    wall = NOON + timedelta(seconds=steady) + ahead
    return Reading(wall, 1_000.0 + steady, synchronised)


def fresh(last: datetime | None = None, *, trusted: bool = True) -> Plausibility:
    made = Plausibility(RELEASED)
    if last is not None:
        made.since(last, trusted=trusted)
    return made


def said(clock: Plausibility, reading: Reading) -> str:
    return str(clock.judge(reading) or "")


def test_it_says_in_plain_words_why() -> None:
    assert said(fresh(), read()) == ""
    assert said(fresh(), read(NOON.replace(year=1970) - NOON)) == (
        "the clock says 01/06/1970, and this version was made on 01/01/2026"
    )
    assert said(fresh(NOON), read(-2 * HOUR)) == (
        "the clock is behind the last record of the ledger, which is of 01/06/2026 12:00"
    )
    assert said(fresh(NOON, trusted=False), read(HOUR)) == (
        "the clock could not be trusted before, and nothing has confirmed it since"
    )
    running = fresh()
    assert said(running, read()) == ""
    assert said(running, read(24 * HOUR)) == (
        "the clock went 24 h ahead, and no time source confirms it"
    )
    assert said(running, read(-1.5 * HOUR)) == (
        "the clock went back by 1.5 h, and no time source confirms it"
    )
    assert said(running, read(NOON.replace(year=1970) - NOON)) == (
        "the clock says 01/06/1970, and this version was made on 01/01/2026"
    )


def test_where_doubt_begins() -> None:
    made = datetime(2026, 1, 1, tzinfo=UTC)
    assert said(fresh(), Reading(made, 5.0, synchronised=False)) == ""
    assert said(fresh(), Reading(made - SECOND, 5.0, synchronised=False)) != ""
    assert said(fresh(NOON), read(-SLACK)) == ""
    assert said(fresh(NOON), read(-SLACK - SECOND)) != ""
    for jump in (JUMP, -JUMP):
        clock = fresh()
        assert said(clock, read()) == ""
        assert said(clock, read(jump)) == ""
        assert said(clock, read(jump * 1.001)) != ""


@given(first=moved, last=moved, trusted=st.booleans(), ahead=moved, steady=passed)
def test_with_a_time_source_it_is_trusted_wherever_it_went(
    first: timedelta, last: timedelta, ahead: timedelta, steady: float, *, trusted: bool
) -> None:
    clock = fresh(NOON + last, trusted=trusted)
    clock.judge(read(first))
    assert clock.judge(read(ahead, steady, synchronised=True)) is None
    assert clock.judge(read(ahead, steady + 1e6)) is None


@given(steps=st.lists(st.tuples(st.timedeltas(-JUMP, JUMP), passed), min_size=1))
def test_small_steps_are_trusted_and_so_is_time_that_passes(
    steps: list[tuple[timedelta, float]],
) -> None:
    clock = fresh(NOON)
    clock.judge(read())
    assert [clock.judge(read(ahead, steady)) for ahead, steady in steps] == [None] * len(steps)


@given(jump=moved.filter(lambda each: abs(each) > JUMP + SECOND), steady=passed)
def test_a_jump_is_in_doubt_until_it_is_taken_back(jump: timedelta, steady: float) -> None:
    clock = fresh()
    assert clock.judge(read()) is None
    assert clock.judge(read(jump)) is not None
    assert clock.judge(read(jump, steady)) is not None
    assert clock.judge(read(timedelta(), steady)) is None


@given(jump=moved, again=moved, steady=passed)
def test_a_person_is_believed_until_it_jumps_again(
    jump: timedelta, again: timedelta, steady: float
) -> None:
    clock = fresh()
    clock.judge(read())
    clock.confirm(read(jump))
    assert clock.judge(read(jump, steady)) is None
    agrees = clock.judge(read(again, steady)) is None
    assert agrees == (abs(again - jump) <= JUMP) or abs(abs(again - jump) - JUMP) < SECOND


@given(later=st.lists(st.tuples(moved, passed)), behind=st.sampled_from([-2 * HOUR, -9e4 * HOUR]))
def test_what_was_wrong_at_the_start_is_not_right_because_somebody_set_it(
    later: list[tuple[timedelta, float]], behind: timedelta
) -> None:
    clock = fresh(NOON)
    assert clock.judge(read(behind)) is not None
    assert all(clock.judge(read(ahead, steady)) is not None for ahead, steady in later)
    clock.confirm(read())
    assert clock.judge(read()) is None


def test_a_clock_that_went_on_where_the_power_failed_is_doubted_until_something_confirms_it() -> (
    None
):
    """As systemd and fake-hwclock have it where no battery keeps the clock: it is hours behind."""
    off = "the machine was off, and no battery kept its clock right meanwhile"
    for kept, why in [(False, off), (True, "")]:
        clock = Plausibility(RELEASED)
        clock.since(NOON - HOUR, trusted=True, kept=kept)
        assert [said(clock, read()), said(clock, read(steady=60))] == [why, why]
        assert said(clock, read(3 * HOUR, synchronised=True)) == ""
        assert said(clock, read(3 * HOUR, 1e4)) == ""


def test_a_battery_kept_clock_may_run_in_the_local_time() -> None:
    wall = NOON.astimezone(HANOI)
    assert kept_right(wall, [NOON])
    assert kept_right(wall, [NOON + 7 * HOUR - timedelta(minutes=50)])
    assert kept_right(wall, [NOON.replace(year=1970), NOON + HOUR])
    assert not kept_right(wall, [])
    assert not kept_right(wall, [NOON.replace(year=2015), NOON + 3 * HOUR])


def test_small_steps_do_not_add_up_to_a_trusted_jump() -> None:
    clock = fresh()
    answers = [said(clock, read(step * timedelta(minutes=40))) for step in range(3)]
    assert [bool(answer) for answer in answers] == [False, False, True]


def test_hours_in_suspend_are_no_jump() -> None:
    clock = fresh()
    clock.judge(read())
    assert clock.judge(read(steady=12 * 3600.0)) is None


def test_a_restart_of_the_station_forgets_what_was_confirmed() -> None:
    clock = fresh(NOON)
    clock.confirm(read(-2 * HOUR))
    clock.since(NOON, trusted=True)
    assert clock.judge(read(-2 * HOUR)) is not None
