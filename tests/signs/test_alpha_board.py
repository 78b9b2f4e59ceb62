"""What is said to an Alpha sign, judged by an emulated one."""

from __future__ import annotations

import asyncio
from itertools import pairwise
from pathlib import Path

import pytest

from broadcaster.clock import SystemTime
from broadcaster.domain.airing import ShownSlogan, SignContent
from broadcaster.domain.station import Colours
from broadcaster.links.open import open_lines
from broadcaster.signs.drivers import driver
from broadcaster.signs.line_sign import LineSign
from broadcaster.signs.pixels.font import render
from tests.emulators.alpha import AlphaBoard, Screen
from tests.emulators.served import ServedPort
from tests.fakes.line import BYTE
from tests.signs.alpha_world import CLEAR, CLOCK, DARK, SLOGAN, ZONE, World, content, hold, lit


def test_each_slogan_has_its_turn_and_its_mode() -> None:
    wanted = content((SLOGAN, "scroll-left"), ("Ế", "hold"), ("ặ", "flash"))
    board = World(memory=30000).send(wanted)
    assert board.screens() == [
        Screen("a", "", lit(SLOGAN)),
        Screen("b", "", lit("Ế")),
        Screen("c", "", lit("ặ")),
    ]


def test_a_slogan_wider_than_a_picture_is_cut_and_joined_again() -> None:
    board = World().send(content((SLOGAN * 3, "scroll-left")))
    widths = [len(rows[0]) for rows in board.pictures.values()]
    assert widths == [255] * 4 + [render(SLOGAN * 3).width - 4 * 255]
    assert board.holds() == [str(render(SLOGAN * 3)).splitlines()]


@pytest.mark.parametrize("width", [8, 90, 255, 256, 301, 320])
def test_what_stands_still_is_as_wide_as_the_board(width: int) -> None:
    (screen,) = World(width, pool=60000).send(hold("i")).screens()
    assert screen.pixels == lit("i", width)


def test_a_board_of_32_rows_lacks_the_one_that_is_missed_least() -> None:
    (rows,) = World(256, 32, pool=60000).send(content(("ẶỆ", "hold"))).holds()
    whole = str(render("ẶỆ", 32).centred(256, 32)).splitlines()
    top, bottom = (row.count("#") for row in (whole[0], whole[-1]))
    assert rows == (whole[1:] if top < bottom else whole[:-1])


def test_a_low_board_shows_plain_letters_in_its_own_face() -> None:
    board = World(90, 7).send(content(("TECHFEST 2025!", "scroll-left"), ("HP", "flash")))
    assert board.screens() == [Screen("a", "TECHFEST 2025!"), Screen("c", "HP")]


def test_what_is_wider_than_the_board_in_its_own_face_scrolls() -> None:
    board = World(90, 7).send(hold("A" * 15, "B" * 16))
    assert [screen.mode for screen in board.screens()] == ["b", "a"]


@pytest.mark.parametrize(("text", "rows"), [("Đổi mới", 14), ("a~b", 11)])
def test_a_low_board_takes_no_letters_that_its_face_lacks(text: str, rows: int) -> None:
    World(90, 7).refuses(hold(text), f"the text is {rows} rows high and the board 7")


def test_words_longer_than_a_string_are_joined_again() -> None:
    board = World(90, 7).send(content(("HP 2025 " * 40, "scroll-left")))
    assert board.screens() == [Screen("a", "HP 2025 " * 40)]


@pytest.mark.parametrize(
    ("memory", "slogans", "why"),
    [
        (None, 26, "the slogans need 52 files and the sign has 50"),
        (5000, 5, "it takes 5315 bytes of the board's memory, which has 5000"),
    ],
)
def test_what_is_too_much_for_it_is_refused_before_a_byte(
    memory: int | None, slogans: int, why: str
) -> None:
    World(memory=memory).refuses(hold(*["Ế"] * slogans), why)


@pytest.mark.parametrize("memory", [1200, 2500, 5000, 12000, 30000])
def test_no_table_is_larger_than_the_memory(memory: int) -> None:
    World(memory=memory, pool=memory).send(CLOCK, hold("Ế"), DARK)


def test_the_clock_is_the_sign_s_own_set_to_the_station_s_time() -> None:
    board = World().send(CLOCK)
    assert board.day_clock
    assert board.screens() == [Screen("b", "17:05")]


def test_a_blank_board_shows_nothing() -> None:
    assert World().send(DARK).screens() == [Screen("b", " ")]


def test_whatever_stood_there_before_is_gone() -> None:
    world = World()
    world.board.feed(b"\0\0\0\0\0\x01Z00\x02A0\x1b balert\x04")
    assert world.send(hold("ặ")).screens() == [Screen("b", "", lit("ặ"))]


@pytest.mark.parametrize(
    ("colour", "digit"), [("green", "2"), ("yellow", "3"), ("white", "3"), ("blue", "2")]
)
@pytest.mark.parametrize("colours", [Colours.RED_GREEN, Colours.FULL])
def test_a_board_of_more_colours_is_lit_in_them(colours: Colours, colour: str, digit: str) -> None:
    wanted = SignContent((ShownSlogan("HP", "hold", 8.0, colour),))
    (screen,) = World(colours=colours).send(wanted).screens()
    assert screen.pixels == lit("HP", digit=digit)
    (screen,) = World(90, 7, colours=colours).send(wanted).screens()
    assert screen == Screen("b", "HP", colour=digit)


def test_packets_leave_the_line_time_and_the_sign_its_pauses() -> None:
    world = World()
    world.send(content((SLOGAN, "scroll-left")))
    for (at, data), (later, next_) in pairwise(world.line.writes):
        gap = later - at - world.line.seconds(len(next_))
        # The rows of a picture come after a pause within its packet.
        within = 0.25 if next_.startswith(b"\0") else 0.1
        assert gap == pytest.approx(10.0 if data.endswith(CLEAR) else within)


def test_every_byte_passes_a_line_of_seven_bits() -> None:
    world = World()
    world.send(content((SLOGAN, "scroll-left")), CLOCK, DARK, hold("HP", urgent=True))
    assert max(world.line.data) < 0x80


@pytest.mark.parametrize("clear", ["E$", "E$$$$"])
def test_what_clears_a_sign_and_which_listens_are_settings(clear: str) -> None:
    world = World(clear=clear, address="01", type="^")
    world.send(hold("Ế"))
    head = b"\0\0\0\0\0\x01^01\x02"
    assert head + clear.encode() + b"\x04" in [data for _, data in world.line.writes]
    assert world.line.data.count(b"\x01") == world.line.data.count(head)


def test_two_signs_on_a_line_hear_what_is_said_to_them_alone() -> None:
    world = World(address="01")
    other = AlphaBoard(address="02", byte=BYTE)
    world.line.boards = (world.board, other)
    assert world.send(hold("Ế")).screens() == [Screen("b", "", lit("Ế"))]
    assert (other.screens(), other.faults) == ([], [])


def test_over_a_real_port_the_board_has_what_was_sent(tmp_path: Path) -> None:
    board, world = AlphaBoard(), World(answers=True)
    port = ServedPort(tmp_path, board)

    async def main() -> None:
        (line,) = open_lines([f"{port.link}?baud=115200"], SystemTime()).values()
        sign = LineSign(world.spec, driver(world.spec), line, ZONE, SystemTime())
        await sign.send(hold("BAO SO 3", urgent=True))
        # The answer proves that the board has heard all that went before it.
        assert "bytes of memory are free" in str(await sign.check())
        await sign.close()

    asyncio.run(main())
    assert board.screens() == [Screen("b", "BAO SO 3")]
    port.unplug()
