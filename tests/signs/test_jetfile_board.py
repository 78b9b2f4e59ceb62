"""What a board is told, and what it shows for it."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from itertools import groupby

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadcaster.domain.airing import ShownSlogan, SignContent
from broadcaster.domain.campaign import Effect
from broadcaster.ports import SignError, SignState
from broadcaster.signs.drivers import driver
from broadcaster.signs.pixels.font import render
from broadcaster.signs.screen import draw
from tests.emulators.jetfile import JetFileBoard
from tests.signs.jetfile_desk import (
    CLOCK,
    DARK,
    DIM,
    END_BLACK,
    MESSAGE,
    NOW,
    OFF,
    ON,
    ONE,
    OTHER,
    PICTURE,
    RUNNING,
    SLOGAN,
    Desk,
    centred,
    heard,
    slogans,
    spec,
)  # fmt: skip


def test_a_board_of_which_nothing_is_known_is_told_everything() -> None:
    desk = Desk()

    async def main() -> None:
        desk.board.on, desk.board.black = False, True
        assert await desk.asked(ONE) == [END_BLACK, ON, MESSAGE, PICTURE, MESSAGE, DIM]
        assert desk.board.holds() == [centred("Ế")]
        # What differs goes out alone.
        assert await desk.asked(OTHER, ONE) == [PICTURE, MESSAGE]
        assert desk.board.holds() == [centred("ặ")]
        assert await desk.asked(replace(OTHER, brightness=40), OTHER) == [DIM]
        assert desk.board.brightness == 40
        assert desk.board.holds() == [centred("ặ")]

    desk.run(main)


def test_a_text_that_runs_is_whole_and_loops_of_several_keep_their_order() -> None:
    desk = Desk()

    async def main() -> None:
        await desk.asked(RUNNING)
        assert desk.board.holds() == [str(render(SLOGAN)).splitlines()]
        assert [frame.moves for frame in desk.board.shown()] == ["11"]
        mixed = SignContent(RUNNING.slogans + ONE.slogans, ("c", "c"))
        await desk.asked(mixed, RUNNING)
        assert desk.board.holds() == [str(render(SLOGAN)).splitlines(), centred("Ế")]
        assert [(each.moves, each.pause) for each in desk.board.shown()] == [("11", 0), ("00", 8)]

    desk.run(main)


def test_a_dark_board_is_off_and_wakes_to_nothing_old() -> None:
    desk = Desk()

    async def main() -> None:
        await desk.asked(ONE)
        assert await desk.asked(DARK, ONE) == [PICTURE, MESSAGE, OFF]
        assert desk.board.holds() == []
        desk.board.wait(100_000.0)
        desk.board.on = True
        assert desk.board.holds() == [["." * 128] * 16]
        desk.board.on = False
        assert await desk.asked(OTHER, DARK) == [ON, PICTURE, MESSAGE, DIM]
        assert desk.board.holds() == [centred("ặ")]
        # While dark, its brightness may change; as little as possible is asked of it.
        await desk.asked(DARK, OTHER)
        assert await desk.asked(replace(DARK, brightness=40), DARK) == [DIM]
        assert desk.board.holds() == []

    desk.run(main)


def test_what_nobody_renews_goes_and_a_renewal_mends_a_power_cut_that_nobody_noticed() -> None:
    desk = Desk()

    async def main() -> None:
        await desk.asked(ONE)
        desk.board.wait(719.0)
        assert desk.board.holds() == [centred("Ế")]
        desk.board.wait(2.0)
        assert desk.board.holds() == []
        desk.board.lose_power()
        assert await desk.asked(ONE, ONE) == [PICTURE, MESSAGE, DIM]
        assert desk.board.holds() == [centred("Ế")]

    desk.run(main)


def test_a_renewal_begins_with_the_slogan_that_is_on() -> None:
    made, board, of = driver(spec()), JetFileBoard(), spec()
    loop = draw(slogans("Ế", "ặ", "Ỗ"), of, NOW)
    for seconds, order in ((0, "ẾặỖ"), (300, "ặỖẾ"), (600, "ẾặỖ"), (924, "ặỖẾ"), (1220, "ỖẾặ")):
        now = NOW + timedelta(seconds=seconds)
        for say in made.show(loop, loop if seconds else None, now):
            assert heard(say, board.hear(say.pieces[0], 0.0))
        assert board.holds() == [centred(text) for text in order]


def test_nothing_is_seen_before_its_instant() -> None:
    desk = Desk()

    async def main() -> None:
        await desk.asked(ONE)
        at = desk.time.now() + timedelta(seconds=10)
        sending = asyncio.create_task(desk.sign.send(RUNNING, ONE, at))
        await desk.time.sleep(9.999)
        assert len(desk.board.files) == 5
        assert desk.board.holds() == [centred("Ế")]
        await desk.time.sleep(0.002)
        assert desk.board.holds() == [str(render(SLOGAN)).splitlines()]
        await sending

    desk.run(main)


def test_the_time_that_it_takes_is_known_ahead() -> None:
    desk = Desk()

    async def main() -> None:
        await desk.asked(ONE)
        began = desk.time.now()
        expected = desk.sign.lead(RUNNING, ONE)
        await desk.asked(RUNNING, ONE)
        took = (desk.time.now() - began).total_seconds()
        assert expected == pytest.approx(took, abs=0.2)

    desk.run(main)


def test_exactly_one_of_what_is_said_shows_the_change() -> None:
    made, of = driver(spec()), spec()
    kinds = [None, DARK, ONE, RUNNING, replace(ONE, brightness=40), SignContent(clock=True)]
    for held in kinds:
        for wanted in kinds[1:]:
            assert wanted is not None
            drawn = draw(held, of, NOW) if held else None
            says = made.show(draw(wanted, of, NOW), drawn, NOW)
            assert [say.shows for say in says].count(True) == 1


def test_the_clock_is_the_sign_s_own_set_before_it_is_shown() -> None:
    desk = Desk()

    async def main() -> None:
        asked = await desk.asked(SignContent(clock=True))
        assert asked == [END_BLACK, ON, CLOCK, MESSAGE, DIM]
        assert desk.board.time == "2025-09-22 17:05"
        assert [frame.text for frame in desk.board.shown()] == ["{2F}"]

    desk.run(main)


def test_a_board_that_nobody_dims_is_left_its_light_sensor() -> None:
    desk = Desk(specs=[replace(spec(), brightness_at=())])

    async def main() -> None:
        assert await desk.asked(ONE) == [END_BLACK, ON, MESSAGE, PICTURE, MESSAGE]
        assert await desk.asked(ONE, ONE) == [PICTURE, MESSAGE]

    desk.run(main)


def test_what_no_board_can_hold_is_refused_before_a_byte() -> None:
    desk = Desk()

    async def main() -> None:
        with pytest.raises(SignError, match="need 32 pictures") as caught:
            await desk.sign.send(
                slogans(*(f"{'1' * n} {SLOGAN}" for n in range(8)), effect="scroll-left")
            )
        assert caught.value.state is SignState.QUEUED

    desk.run(main)
    assert desk.line.writes == []


@given(
    st.lists(
        st.tuples(
            st.text("Ếặđ 1", min_size=1, max_size=30).filter(str.strip),
            st.sampled_from(Effect),
            st.floats(0.5, 20.0),
        ),
        min_size=1,
        max_size=4,
    )
)
def test_any_loop_is_held_as_it_was_drawn(loop: list[tuple[str, Effect, float]]) -> None:
    made, board, of = driver(spec()), JetFileBoard(), spec()
    screen = draw(SignContent(tuple(ShownSlogan(*each) for each in loop)), of, NOW)
    for say in made.show(screen, None, NOW):
        assert heard(say, board.hear(say.pieces[0], 0.0))
    # What flashes is dark in between, what runs may run more than once.
    lit = [rows for rows in board.holds() if rows != ["." * 128] * 16]
    drawn = [str(scene.pixels).splitlines() for scene in screen.scenes]
    assert [rows for rows, _ in groupby(lit)] == [rows for rows, _ in groupby(drawn)]
    assert board.faults == []
