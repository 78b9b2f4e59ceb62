"""Boards that share a slow line and turn their pages on it."""

from __future__ import annotations

import pytest

from tests.playout.holding import text
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


@pytest.mark.parametrize("second", [100.0, 100.4, 101.1])
def test_what_is_urgent_goes_before_the_pages_of_all_boards(second: float) -> None:
    street = Street(16)

    async def main() -> None:
        await street.want_for(loop((LONG, 0.5)), second)
        street.boards[7].want(text("Bão", urgent=True))
        await street.time.sleep(10)

    street.run(main)
    # The rest of a page of its own, what is being said, one more, and its own bytes.
    assert street.came("Bão", 7) - second < 1.3 + 0.31 + 0.31 + 0.31
    assert all(in_order(street.seen(*PAGES, board=number), PAGES) for number in range(7))


def test_what_is_urgent_on_all_of_them_waits_for_no_page() -> None:
    street = Street(16)

    async def main() -> None:
        await street.want_for(loop((LONG, 0.5)), 100)
        street.want(text("Bão", urgent=True))
        await street.time.sleep(20)

    street.run(main)
    assert max(street.came("Bão", number) for number in range(16)) - 100 < 1.3 + 16 * 0.5
