"""A board that holds one picture: its pages come each in its turn, for its dwell, for ever."""

from __future__ import annotations

from itertools import cycle, islice

import pytest

from broadcaster.domain.airing import SignContent
from broadcaster.planning.signage import Coming
from broadcaster.playout.board import RENEW
from tests.playout.holding import A, B, Held, dimmed
from tests.playout.paging import LONG, PAGES, Street, dwells, in_order, loop

HOUR = 3600.0


def stood(seen: list[tuple[float, str]], *seconds: float) -> bool:
    """Tell whether the pages stood for so long in turn.

    The first one, sent to a board in an unknown state, stands while that is asked for, too.
    """
    first, *others = dwells(seen)
    wanted = list(islice(cycle(seconds), 1 + len(others)))
    return wanted[0] <= first < wanted[0] + 1.5 and others == pytest.approx(wanted[1:], abs=0.1)


@pytest.mark.parametrize("effect", ["hold", "scroll-left", "flash"])
def test_a_slogan_that_does_not_fit_is_read_page_after_page(effect: str) -> None:
    street = Street()

    async def main() -> None:
        for _ in range(60):
            await street.want_for(loop((LONG, 8.0), effect=effect), 60)

    street.run(main)
    seen = street.seen(*PAGES)
    assert in_order(seen, PAGES)
    assert stood(seen, 8.0)
    assert len(seen) > HOUR / 8.1
    assert street.told() == [(LONG, "read back")]


def test_each_slogan_of_a_loop_has_its_own_dwell() -> None:
    street = Street()

    async def main() -> None:
        await street.want_for(loop(("Một", 5.0), ("Hai", 20.0)), 300)

    street.run(main)
    seen = street.seen("Một", "Hai")
    assert in_order(seen, ["Một", "Hai"])
    assert stood(seen, 5.0, 20.0)


def test_what_turns_is_not_renewed_but_for_a_page_that_outlasts_the_slow_timer() -> None:
    street = Street()

    async def main() -> None:
        await street.want_for(loop(("Một", 8.0), ("Hai", 1000.0)), 3000)

    street.run(main)
    turns = [each for each in street.seen("Một", "Hai") if each[0] < 2000]
    texts = [text for _, text in turns]
    assert texts[:2] == ["Một", "Hai"]
    assert texts[2:5] == ["Hai"] * 3  # renewed, and not turned before its time
    (back,) = (at for at, text in turns[1:] if text == "Một")
    assert back - turns[1][0] == pytest.approx(1000.0, abs=0.1)


def test_one_page_is_sent_once_and_renewed_by_the_slow_timer_alone() -> None:
    street = Street()

    async def main() -> None:
        await street.want_for(loop(("Chào mừng", 8.0), effect="flash"), HOUR)

    street.run(main)
    assert len(street.seen("Chào mừng")) == 1 + HOUR / RENEW


def test_other_content_begins_with_its_first_page_at_once() -> None:
    street = Street()

    async def main() -> None:
        await street.want_for(loop((LONG, 8.0)), 12)
        await street.want_for(loop(("Một", 8.0), ("Hai", 8.0)), 4)
        await street.want_for(loop((LONG, 8.0)), 4)

    street.run(main)
    assert [text for _, text in street.seen(*PAGES, "Một", "Hai")] == [*PAGES[:2], "Một", PAGES[0]]
    assert [text for text, _ in street.told()] == [LONG, "Một Hai", LONG]


@pytest.mark.parametrize("second", range(90, 107, 3))
def test_a_change_to_come_is_on_its_second_whatever_page_is_on(second: int) -> None:
    street = Street()

    async def main() -> None:
        street.want(loop((LONG, 8.0)), Coming(street.at(second), loop(("Một", 8.0))))
        await street.time.sleep(second + 5)

    street.run(main)
    seen = street.seen(*PAGES, "Một")
    assert seen[-1] == (pytest.approx(second, abs=0.001), "Một")
    assert dwells(seen)[-1] >= 2.0  # no page is turned to that nobody could read


def test_brightness_changes_and_the_page_stays_until_its_turn() -> None:
    street = Street()

    async def main() -> None:
        await street.want_for(loop((LONG, 8.0)), 12)
        await street.want_for(loop((LONG, 8.0), brightness=40), 30)

    street.run(main)
    seen = street.seen(*PAGES)
    assert in_order(seen, PAGES)
    assert stood(seen, 8.0)
    assert street.emulated[0].brightness == 6


def test_after_a_fault_it_goes_on_with_the_page_that_is_due() -> None:
    street = Street()

    async def main() -> None:
        await street.want_for(loop((LONG, 8.0)), 12)
        street.emulated[0].dead = True
        await street.time.sleep(100)
        street.emulated[0].dead = False
        await street.time.sleep(100)

    street.run(main)
    seen = street.seen(*PAGES)
    assert in_order(seen, PAGES)
    assert stood(seen[:2], 8.0)
    assert stood(seen[2:], 8.0)
    assert [state for _, state in street.told()] == ["read back", "unreachable", "read back"]


def test_a_power_cut_that_nobody_saw_is_found_by_the_next_turn() -> None:
    street = Street()

    async def main() -> None:
        await street.want_for(loop((LONG, 8.0)), 12)
        street.emulated[0].lose_power()
        await street.time.sleep(12)
        street.emulated[0].faults.clear()  # it was sent a picture where it has no area any more

    street.run(main)
    assert [text for _, text in street.seen(*PAGES)] == PAGES
    assert [state for _, state in street.told()] == ["read back", "sent", "read back"]


def test_a_wall_clock_that_is_set_moves_no_page() -> None:
    held = Held()
    held.sign.dwells = (10.0, 10.0)

    async def main() -> None:
        held.want(A)
        for step in (0.0, 7200.0, -7200.0):
            await held.time.sleep(6)
            held.time.set(step)
            held.want(A)
        await held.time.sleep(30)

    held.run(main)
    assert [each.content.page for each in held.sign.arrivals] == [0, 1, 0, 1, 0]


def test_a_plain_fault_of_a_turn_is_tried_again_ever_more_rarely() -> None:
    held = Held()
    held.sign.dwells = (10.0, 10.0)

    async def main() -> None:
        await held.want_for(A, 5)
        held.sign.dead = True
        tries = held.sign.tries
        await held.time.sleep(5 + 62)
        assert held.sign.tries - tries == 6  # after 0, 1, 3, 7, 15, 31 s
        held.sign.dead = False
        await held.time.sleep(10)

    held.run(main)
    assert [(each.content.page, each.held) for each in held.sign.arrivals] == [(0, None), (1, None)]


def test_dark_and_the_clock_have_no_pages() -> None:
    street = Street()

    async def main() -> None:
        await street.want_for(loop((LONG, 8.0)), 20)
        await street.want_for(SignContent(), 60)
        assert not street.emulated[0].on
        street.emulated[0].seen.clear()
        await street.want_for(SignContent(clock=True), 180)

    street.run(main)
    seen = street.seen("06:01", "06:02", "06:03", "06:04")
    assert [text for _, text in seen] == ["06:01", "06:02", "06:03", "06:04"]


def test_what_does_not_turn_is_sent_as_ever_beside_what_does() -> None:
    held = Held("lat", "dung")
    held.signs["lat"].dwells = (5.0, 5.0)

    async def main() -> None:
        await held.want_for(A, HOUR)
        await held.want_for(dimmed(B, 40), 1)

    held.run(main)
    assert len(held.signs["lat"].arrivals) > HOUR / 6
    assert len(held.signs["dung"].arrivals) == 1 + 12 + 1
    assert held.told("lat/") == held.told("dung/")
