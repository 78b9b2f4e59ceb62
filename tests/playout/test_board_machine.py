"""Boards fail at random, what is wanted changes at random, and all come to hold it."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from broadcaster.domain.airing import SignContent
from tests.playout.street import CONTENTS, FAULTS, HOUR, LINES, SOON, Street

Step = tuple[str, SignContent | int, float | None, float]

BOARDS = 6
pauses = st.sampled_from([0.0, 0.2, 0.7, 1.5, 4.0, 30.0, 100.0, 400.0])
numbers = st.integers(0, BOARDS - 1)
faults = [*FAULTS, "power", "unplug", "plug"]
steps = st.lists(
    st.one_of(
        st.tuples(st.just("want"), st.sampled_from(CONTENTS), st.none(), pauses),
        st.tuples(
            st.just("next"), st.sampled_from(CONTENTS), st.sampled_from([0.5, 3.0, 90.0]), pauses
        ),
        st.tuples(st.sampled_from(faults), numbers, st.just(0.0), pauses),
        st.tuples(st.just("slow"), numbers, st.sampled_from([0.0, 0.3, 1.2, 2.5, 7.0]), pauses),
        st.tuples(st.just("lose"), numbers, st.sampled_from([1.0, 2.0, 5.0, 6.0]), pauses),
        st.tuples(st.just("noise"), numbers, st.integers(0, 3).map(float), pauses),
        st.tuples(st.just("set"), numbers, st.sampled_from([-300.0, -60.0, 60.0, 300.0]), pauses),
    ),
    max_size=14,
)
streets = st.lists(st.sampled_from(LINES), min_size=1, max_size=2)


def converge(lines: list[tuple[str, ...]], script: list[Step]) -> None:
    street = Street(lines)

    async def main() -> None:
        street.open()
        for what, which, much, pause in script:
            if isinstance(which, SignContent):
                street.plan(which, much)
            else:
                street.fail(what, which % len(street.emulated), much or 0.0)
            await street.time.sleep(pause)
        street.mend()
        await street.time.sleep(street.left + SOON + (HOUR if street.mute else 0.0))
        # In the middle of a minute, as some boards are sent a picture for each.
        await street.time.sleep((90 - street.time.now().second) % 60)
        street.agrees()
        await street.close()

    street.time.run(main())
    assert not street.wrong, street.wrong


@settings(
    max_examples=80,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
)
@given(streets, steps)
def test_all_boards_converge(lines: list[tuple[str, ...]], script: list[Step]) -> None:
    converge(lines, script)


@pytest.mark.soak
@settings(max_examples=1000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(streets, steps)
def test_all_boards_converge_at_length(lines: list[tuple[str, ...]], script: list[Step]) -> None:
    converge(lines, script)
