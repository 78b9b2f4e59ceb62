"""What a board behind a C-Power controller holds after it was talked to."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadcaster.domain.airing import ShownSlogan, SignContent
from broadcaster.domain.boards import CPower
from broadcaster.domain.campaign import Effect
from broadcaster.domain.station import Colours
from broadcaster.ports import SignError, SignState
from broadcaster.signs.pixels.font import render
from broadcaster.signs.pixels.motion import pages
from tests.emulators.c_power import FLICKERS, SCROLLS, STANDS
from tests.signs.c_power_world import LONG, NIGHT, NOW, SHORT, World, content, lit


def test_what_scrolls_is_one_picture_that_passes_whole() -> None:
    world = World()
    assert world.send(content((LONG, "scroll-left"))) is SignState.ACKNOWLEDGED
    assert world.board.holds() == [lit(LONG)]
    assert world.board.item is not None
    assert (world.board.item.effect, world.board.item.speed, world.board.item.stay) == (
        SCROLLS, 5, 1,
    )  # fmt: skip


@pytest.mark.parametrize(("effect", "code"), [("hold", STANDS), ("flash", FLICKERS)])
def test_what_stands_or_flashes_is_the_whole_board(effect: str, code: int) -> None:
    world = World()
    world.send(content((SHORT, effect)))
    assert world.board.holds() == [lit(SHORT, 128)]
    assert world.board.item is not None
    assert world.board.item.effect == code


def test_several_slogans_pass_one_after_the_other() -> None:
    world = World()
    world.send(content((LONG, "scroll-left"), (SHORT, "hold"), ("Ế", "flash")))
    found = [[row.strip(".") for row in rows] for rows in world.board.holds()]
    wanted = [[row.strip(".") for row in lit(text)] for text in (LONG, SHORT, "Ế")]
    assert found == wanted


def test_a_slogan_that_stands_alone_brings_no_margins_into_a_loop() -> None:
    world = World()
    world.send(content((SHORT, "hold"), ("Ế", "hold")))
    assert world.board.item is not None
    ink = sum(render(text).trimmed().width for text in (SHORT, "Ế"))
    assert len(world.board.item.planes["r"][0]) == ink + 2 * 128


words = st.text("ẾỗẵđƯợ 01-10", min_size=1, max_size=12).filter(str.strip)
effects = st.sampled_from(["scroll-left", "hold", "flash"])
sizes = st.sampled_from([(64, 16), (100, 24), (128, 32)])


@given(st.lists(st.tuples(words, effects), min_size=1, max_size=5), sizes)
def test_whatever_is_sent_is_held_in_its_order(
    slogans: list[tuple[str, str]], size: tuple[int, int]
) -> None:
    width, height = size
    world = World(width=width, height=height)
    world.send(content(*slogans))
    held = ["\n".join(rows) for rows in world.board.holds()]
    shown = [ShownSlogan(text, effect, 8.0) for text, effect in slogans]
    turns = [page for slogan in shown for page in pages(slogan, width, height)]
    whole = len(turns) == 1 and turns[0].effect is not Effect.SCROLL_LEFT
    drawn = [page.pixels if whole else page.pixels.trimmed() for page in turns]
    assert held == [str(pixels) for pixels in drawn]


def test_a_board_of_an_unknown_state_is_told_everything() -> None:
    world = World(brightness_at=NIGHT)
    world.send(content((SHORT, "hold"), brightness=40))
    assert world.board.calls == ["window", "time", "picture", "on", "brightness 12"]
    assert world.board.window == (0, 0, 128, 16)
    assert world.board.brightness == [12] * 24
    # 28 September 2025, a Sunday; the line needs a moment until then.
    assert world.board.time[2:] == (17, 0, 28, 9, 25)


def test_a_change_is_the_picture_alone() -> None:
    world = World(brightness_at=NIGHT)
    world.send(content((SHORT, "hold")), content((LONG, "scroll-left")))
    assert world.board.calls == ["picture"]
    assert world.board.holds() == [lit(LONG)]


def test_brightness_alone_is_brightness_alone() -> None:
    world = World(brightness_at=NIGHT)
    world.send(content((SHORT, "hold")), content((SHORT, "hold"), brightness=40))
    assert world.board.calls == ["brightness 12"]


@pytest.mark.parametrize(("percent", "level"), [(0, 1), (1, 1), (5, 2), (50, 16), (100, 31)])
def test_percents_are_the_nearest_levels_and_never_darkness(percent: int, level: int) -> None:
    world = World(brightness_at=NIGHT)
    world.send(content((SHORT, "hold"), brightness=percent))
    assert world.board.brightness == [level] * 24


def test_brightness_that_the_station_does_not_keep_is_left_to_the_board() -> None:
    world = World()
    world.send(content((SHORT, "hold")))
    assert world.board.calls == ["window", "time", "picture", "on"]


def test_a_renewal_mends_a_power_cut_that_nobody_noticed_and_spares_the_flash() -> None:
    world = World(brightness_at=NIGHT)
    wanted = content((LONG, "scroll-left"))
    world.send(wanted)
    world.board.lose_power()

    async def main() -> None:
        world.board.calls.clear()
        await world.sign.send(wanted, wanted)

    world.time.run(main())
    assert world.board.calls == ["window", "time", "picture"]
    assert world.board.holds() == [lit(LONG)]


def test_dark_is_a_dark_picture_and_leds_switched_off() -> None:
    world = World()
    dark = SignContent()
    world.send(content((SHORT, "hold")), dark)
    assert world.board.calls == ["picture", "off"]
    assert not world.board.on
    assert world.board.item is not None
    assert not any("#" in row for rows in world.board.item.planes.values() for row in rows)
    world.send(content((SHORT, "hold")), dark, content((SHORT, "hold")))
    assert world.board.calls == ["picture", "on"]
    assert world.board.holds() == [lit(SHORT, 128)]


def test_a_board_without_the_switch_is_dark_by_its_picture() -> None:
    world = World(settings=CPower(switches=False))
    world.send(content((SHORT, "hold")), SignContent())
    assert world.board.calls == ["picture"]
    assert world.board.holds() == []
    assert world.board.on


@pytest.mark.parametrize(("height", "font"), [(16, 2), (32, 4), (20, 2), (12, 1), (64, 7)])
def test_the_clock_is_the_board_s_own_in_the_largest_face_that_fits(height: int, font: int) -> None:
    world = World(height=height)
    world.send(content(("A", "hold")), SignContent(clock=True))
    assert world.board.calls == ["time", "clock"]
    assert world.board.item is not None
    assert world.board.item.clock == "17:05"
    assert bytes((0x18, font)) in world.line.data
    assert world.sign.tells_time


@pytest.mark.parametrize(
    ("colours", "colour", "planes"),
    [
        (Colours.SINGLE, "", "r"),
        (Colours.SINGLE, "green", "r"),
        (Colours.RED_GREEN, "", "r"),
        (Colours.RED_GREEN, "green", "g"),
        (Colours.RED_GREEN, "yellow", "rg"),
        (Colours.RED_GREEN, "blue", "g"),
        (Colours.FULL, "blue", "b"),
        (Colours.FULL, "white", "rgb"),
    ],
)
def test_colours_are_planes(colours: Colours, colour: str, planes: str) -> None:
    world = World(colours=colours)
    world.send(content((SHORT, "hold"), colour=colour))
    assert world.board.item is not None
    assert world.board.item.planes == dict.fromkeys(planes, lit(SHORT, 128))


def test_slogans_of_two_colours_pass_in_their_own() -> None:
    world = World(colours=Colours.RED_GREEN)
    slogans = (ShownSlogan("Ế", "hold", 8.0, "green"), ShownSlogan("ặ", "hold", 8.0, "red"))
    world.send(SignContent(slogans))
    assert world.board.item is not None
    planes = world.board.item.planes
    assert [[row.strip(".") for row in planes[name]] for name in "gr"] == [
        [row.strip(".") for row in lit(text)] for text in ("Ế", "ặ")
    ]


@pytest.mark.parametrize(
    ("wanted", "why"),
    [
        (content((LONG, "hold")), "holds one slogan that stands"),
        (content((SHORT, "flash")), "holds one slogan that stands"),
        (content((SHORT, "hold"), (SHORT, "hold")), "holds one slogan that stands"),
    ],
)
def test_a_board_that_moves_nothing_says_so_before_a_byte(wanted: SignContent, why: str) -> None:
    world = World(settings=CPower(moves=False))
    with pytest.raises(SignError, match=why) as caught:
        world.send(wanted)
    assert caught.value.state is SignState.QUEUED
    assert world.line.writes == []
    world.send(content((SHORT, "hold")))
    assert world.board.holds() == [lit(SHORT, 128)]


def test_a_picture_of_more_packets_than_a_byte_counts_is_refused_with_its_size() -> None:
    world = World()
    many = content(*[(LONG * 3, "scroll-left")] * 20)
    with pytest.raises(SignError, match=r"takes \d{5} bytes and the board takes 51200") as caught:
        world.send(many)
    assert caught.value.state is SignState.QUEUED
    assert world.line.writes == []


@pytest.mark.parametrize(
    "second", [content((LONG, "scroll-left")), content((SHORT, "hold"), brightness=40)]
)
def test_a_change_is_there_on_the_second_and_not_before(second: SignContent) -> None:
    world = World(brightness_at=NIGHT)
    at, first = NOW + timedelta(seconds=30), content((SHORT, "hold"))

    async def main() -> None:
        await world.sign.send(first)
        ahead = world.sign.lead(second, first)
        await world.time.sleep(30 - ahead - (world.time.now() - NOW).total_seconds())
        await world.sign.send(second, first, at)

    began = world.time.monotonic()
    world.time.run(main())
    assert world.line.writes[-1][0] - began == pytest.approx(30, abs=1e-3)
    assert world.board.holds()
