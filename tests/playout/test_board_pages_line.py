"""Boards that share a slow line and turn their pages on it."""

from __future__ import annotations

import pytest

from tests.playout.paging import LONG, PAGES, Street, dwells, in_order, loop


@pytest.mark.parametrize(("count", "dwell"), [(1, 1.5), (8, 4.0), (16, 8.0)])
def test_pages_that_the_line_can_carry_stand_as_long_as_they_should(
    count: int, dwell: float
) -> None:
    street = Street(count)

    async def main() -> None:
        await street.want_for(loop((LONG, dwell)), 300)

    street.run(main)
    for number in range(count):
        # Those that were sent theirs at once part in the first minute.
        seen = [each for each in street.seen(*PAGES, board=number) if each[0] > 60.0]
        assert in_order(seen, PAGES)
        assert dwells(seen) == pytest.approx([dwell] * (len(seen) - 1), abs=0.05)


@pytest.mark.parametrize("count", [1, 16])
def test_those_that_it_can_not_carry_are_late_alike_and_none_is_left_out(count: int) -> None:
    street = Street(count)

    async def main() -> None:
        await street.want_for(loop((LONG, 0.5)), 300)

    street.run(main)
    turn = 0.5  # seconds of the line that each takes, and of what asks for the state, at most
    for number in range(count):
        seen = street.seen(*PAGES, board=number)
        assert in_order(seen, PAGES)
        assert min(dwells(seen)) > 1.0
        assert max(dwells(seen)[1:]) < max(count * turn, 1.5)
