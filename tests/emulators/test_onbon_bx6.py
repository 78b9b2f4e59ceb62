"""The emulator against frames that the maker's own software sent, or its manual prints."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.emulators.onbon_bx6 import Bx6Board, check, escaped, unescaped
from tests.signs.bx6_frames import (
    BRIGHTNESS_7,
    CLOCK,
    DELETE_ALL,
    FULL,
    OFF,
    ON,
    PRINTED_PING,
    RED,
    RED_GREEN,
    SDK_PING,
    STATUS,
    WORDS,
)

ACK = bytes.fromhex("A5A5A5A5A5A5A5A5 00800100F000740100000000 09000000 00A000000000000000 A33B 5A")


def told(board: Bx6Board, *frames: bytes, at: float = 0.0) -> bytes:
    return b"".join(board.hear(frame, at) for frame in frames)


def test_an_area_of_two_pages_is_drawn_and_acknowledged() -> None:
    board = Bx6Board(40, 4)
    assert told(board, RED) == ACK
    diagonal = ["." * at + "#" + "." * (39 - at) for at in range(4)]
    assert (board.holds(), board.faults) == ([diagonal, [row[::-1] for row in diagonal]], [])
    (area,) = board.areas
    assert (area.mode, area.timeout, area.speed) == (2, 720, 8)
    assert [(page.style, page.stay) for page in area.pages] == [(1, 800), (7, 800)]


def test_red_comes_before_green_and_yellow_is_both() -> None:
    board = Bx6Board(40, 3, colours="red-green")
    told(board, RED_GREEN)
    (first, _), dark = board.areas[0].pages, "." * 37
    assert first.red == ["#.." + dark, "..." + dark, "..#" + dark]
    assert first.green == ["..." + dark, ".#." + dark, "..#" + dark]


def test_a_full_colour_board_takes_a_byte_for_each_colour_of_each_pixel() -> None:
    board = Bx6Board(5, 5, model=0x0266, colours="full")
    told(board, FULL)
    first, _ = board.areas[0].pages
    assert first.red == ["#....", ".....", "..#..", ".....", "....#"]
    assert first.green == [".....", ".#...", "..#..", ".....", "....#"]
    assert first.blue == [".....", ".....", ".....", "...#.", "....#"]


def test_words_that_the_maker_s_software_lets_scroll_are_read_in_one() -> None:
    board = Bx6Board(40, 16)
    told(board, WORDS)
    (words,) = board.holds()
    assert [page.valid for page in board.areas[0].pages] == [40, 40, 40, 32]
    assert [row[:45] for row in words[3:12]] == [
        ".#.....#..######..#.....#.......###.......#..",
        ".#.....#..#.......#.....#......#...#.......#.",
        ".#.....#..#.......#.....#.....#.....#......#.",
        ".#.....#..#.......#.....#.....#.....#......#.",
        ".#######..######..#.....#.....#.....#.......#",
        ".#.....#..#.......#.....#.....#.....#.......#",
        ".#.....#..#.......#.....#.....#.....#.......#",
        ".#.....#..#.......#.....#......#...#.........",
        ".#.....#..######..#####.#####...###..........",
    ]
    assert len(words[0]) == 112


def test_the_maker_s_commands_are_obeyed() -> None:
    board = Bx6Board(40, 4)
    told(board, RED, CLOCK, BRIGHTNESS_7)
    assert (board.clock.hex(), board.level) == ("2620112419093702", 6)
    told(board, OFF)
    assert (board.on, board.holds()) == (False, [])
    told(board, ON)
    assert len(board.holds()) == 2
    told(board, DELETE_ALL)
    assert (board.holds(), board.faults) == ([], [])


@pytest.mark.parametrize("ping", [PRINTED_PING, SDK_PING])
def test_a_ping_tells_what_it_is(ping: bytes) -> None:
    said = told(Bx6Board(96, 32), ping)
    assert bytes.fromhex("A280 00000000") in said
    assert bytes.fromhex("7401") + b"V1.02.03" + bytes.fromhex("01 0100 01 6000 2000") in said


def test_a_status_tells_how_it_is() -> None:
    said = told(Bx6Board(), CLOCK, STATUS)
    assert bytes.fromhex("A28F 00000000") in said
    assert bytes.fromhex("2620112419093702") in said


def test_an_area_that_nobody_renews_is_gone_after_its_time() -> None:
    board = Bx6Board(40, 4)
    told(board, RED, at=10.0)
    told(board, RED, at=500.0)
    board.hear(b"", 500.0 + 720)
    assert board.holds() != []
    board.hear(b"", 500.0 + 721)
    assert board.holds() == []


def test_an_area_beyond_the_screen_is_accepted_and_not_shown() -> None:
    board = Bx6Board(32, 4)
    assert told(board, RED) == ACK
    assert board.holds() == []


@pytest.mark.parametrize("board", [Bx6Board(address=2), Bx6Board(model=0x0274)])
def test_what_is_for_another_board_is_passed_over(board: Bx6Board) -> None:
    assert (told(board, RED), board.holds(), board.faults) == (b"", [], [])


def test_a_board_that_refuses_does_nothing() -> None:
    board = Bx6Board(40, 4)
    board.refuses = True
    said = told(board, RED)
    assert bytes.fromhex("00 A001 0100 0300 0000") in said
    assert board.holds() == []


def test_more_than_its_memory_is_refused_with_that_error() -> None:
    said = told(board := Bx6Board(40, 4, room=100), RED)
    assert bytes.fromhex("00 A001 0100 0400 0000") in said
    assert len(board.faults) == 1


@given(st.integers(0, len(RED) - 10), st.integers(1, 255))
def test_a_damaged_frame_is_passed_over(at: int, flip: int) -> None:
    board = Bx6Board(40, 4)
    # What is meant by a damaged head or tail is seen with the next frame.
    damaged = RED[: 8 + at] + bytes((RED[8 + at] ^ flip,)) + RED[9 + at :]
    told(board, damaged)
    assert board.holds() == []
    assert told(board, RED)[-len(ACK) :] == ACK


frames = st.sampled_from([RED, WORDS, OFF, ON, CLOCK, STATUS, DELETE_ALL, SDK_PING])
noise = st.one_of(
    st.binary(max_size=60),
    st.tuples(frames, st.integers(0, 300)).map(lambda cut: cut[0][: cut[1]]),
    # Well-framed nonsense: what it says of itself is right, what it carries is not.
    st.tuples(st.sampled_from([0, 1]), st.binary(max_size=120)).map(
        lambda said: sealed(bytes((1, 0xA7, said[0], 0, 0)) + said[1])
    ),
    st.tuples(st.integers(6, 150), st.integers(0, 255)).map(lambda at: patched(*at)),
)


def sealed(body: bytes) -> bytes:
    head = bytes.fromhex("01000080F000740100000000") + len(body).to_bytes(4, "little")
    return escaped(head + body + check(head + body))


def patched(at: int, value: int) -> bytes:
    body = bytearray(unescaped(RED.strip(b"\xa5\x5a"))[16:-2])
    body[at] = value
    return sealed(bytes(body))


@given(st.lists(noise))
def test_whatever_it_hears_it_obeys_the_next_whole_frame(parts: list[bytes]) -> None:
    board = Bx6Board(40, 4)
    told(board, *parts)
    board.holds()
    assert told(board, DELETE_ALL, ON, RED).endswith(ACK)
    assert len(board.holds()) == 2


def test_without_power_the_areas_are_gone() -> None:
    board = Bx6Board(40, 4)
    told(board, RED, OFF)
    board.lose_power()
    assert (board.on, board.holds()) == (True, [])
