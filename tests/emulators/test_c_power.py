"""The emulated board against the maker's own frames, and what it says of broken ones."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.emulators.c_power import SCROLLS, CPowerBoard

DIVISION = "A5 68 32 01 7B 01 0A 00 00 00 01 01 00 00 00 00 00 40 00 20 83 01 AE"
PICTURE = (
    "A5 68 32 01 7B 01 17 00 00 00 03 00 00 05 02 D0 04 00 00 00 00 "
    "49 31 08 00 02 00 03 00 AA 05 01 80 02 BB 03 AE"
)


def hear(board: CPowerBoard, *frames: str) -> list[str]:
    return [board.hear(bytes.fromhex(frame), 0.0).hex(" ").upper() for frame in frames]


@pytest.fixture
def board() -> CPowerBoard:
    return CPowerBoard()


def test_it_obeys_the_printed_frames_and_answers_as_captured(board: CPowerBoard) -> None:
    off = "a5 68 32 01 76 01 00 00 00 00 00 00 00 00 00 12 01 ae"
    on = "a5 68 32 01 76 01 00 01 00 00 00 00 00 00 00 13 01 ae"
    clock = "A5 68 32 01 47 01 00 0C 10 14 06 0F 09 0C 00 3D 01 AE"
    assert hear(board, off) == ["A5 E8 32 01 76 01 00 00 92 01 AE"]
    assert not board.on
    assert hear(board, on, clock) == [
        "A5 E8 32 01 76 01 00 01 93 01 AE",
        "A5 E8 32 01 47 01 01 64 01 AE",
    ]
    assert (board.on, board.time) == (True, (12, 16, 20, 6, 15, 9, 12))
    assert hear(board, DIVISION) == ["A5 E8 32 01 7B 00 01 00 00 00 01 98 01 AE"]
    assert (board.window, board.faults) == ((0, 0, 64, 32), [])


def test_on_the_network_it_answers_as_captured() -> None:
    board = CPowerBoard(network="FFFFFFFF")
    division = "FFFFFFFF 15000000 6832017B010A0000 000101 0000 0000 0040 0020 8301"
    assert hear(board, division) == ["FF FF FF FF 0C 00 00 00 E8 32 01 7B 00 01 00 00 00 01 98 01"]
    assert hear(board, division.replace("FFFFFFFF", "00000001")) == [""]
    assert board.faults == ["code: 0000000115000000"]


def test_it_draws_a_picture_s_planes(board: CPowerBoard) -> None:
    hear(board, DIVISION, PICTURE)
    assert board.item is not None
    assert board.item.planes == {
        "r": ["#.#..#.#", ".......#"],
        "g": ["#.......", "......#."],
    }
    assert board.holds() == [["#.#..#.#", "......##"]]
    assert (board.item.stay, board.faults) == (720, [])


def test_what_scrolls_is_cut_where_a_board_s_width_is_dark(board: CPowerBoard) -> None:
    board.window = (0, 0, 4, 1)
    row = bytes((0b10100010, 0, 0b01100000))
    data = bytes((3, 0, SCROLLS, 5, 0, 1, 4, 0, 0, 0, 0)) + b"I1\x14\0\x01\0\x01\0" + row
    body = bytes((0x68, 0x32, 1, 0x7B, 1, len(data), 0, 0, 0)) + data
    assert board.hear(b"\xa5" + body + (sum(body) % 65536).to_bytes(2, "little") + b"\xae", 0.0)
    assert board.holds() == [["#.#...#"], ["##"]]


def test_a_power_cut_takes_the_window_and_what_is_in_it(board: CPowerBoard) -> None:
    hear(board, DIVISION, PICTURE)
    board.lose_power()
    assert board.holds() == []
    assert hear(board, PICTURE) == ["A5 E8 32 01 7B 12 01 00 00 00 03 AC 01 AE"]


@pytest.mark.parametrize(
    ("frame", "fault"),
    [
        ("A5 68 32 01 76 01 01 14 01 AE", "sum:"),
        ("A5 68 32 AE", "sum:"),
        ("A5 68 32 01 AA 06 01 AE", "escape:"),
        ("A5 68 32 01 99 01 35 01 AE", "command: 99"),
        # An English translation of the printed example, a byte short.
        (
            "A5 68 32 01 7B 01 0F 00 00 01 20 00 00 00 00 03 02 FF 00 00 61 62 63 00 62 03 AE",
            "sum:",
        ),
    ],
)
def test_what_breaks_a_rule_is_noted_and_not_answered(
    board: CPowerBoard, frame: str, fault: str
) -> None:
    assert hear(board, frame) == [""]
    assert len(board.faults) == 1
    assert board.faults[0].startswith(fault)


def test_what_is_for_another_board_is_none_of_its_business(board: CPowerBoard) -> None:
    assert hear(board, "A5 68 32 02 76 01 01 14 01 AE") == [""]
    assert board.faults == []


def test_a_frame_is_heard_in_pieces_and_behind_one_that_broke_off(board: CPowerBoard) -> None:
    wire = bytes.fromhex(DIVISION)
    assert board.hear(wire[:9] + wire[:5], 0.0) == b""
    assert board.hear(wire[5:], 0.0).hex() == "a5e832017b00010000000198 01ae".replace(" ", "")
    assert board.faults == []


@given(st.sampled_from(["", "FFFFFFFF"]), st.lists(st.binary(max_size=60)))
def test_no_bytes_break_it(network: str, pieces: list[bytes]) -> None:
    board = CPowerBoard(network=network)
    for piece in pieces:
        board.hear(piece, 0.0)
    division = bytes.fromhex(DIVISION)
    body = division[1:-1]
    framed = bytes.fromhex(network) + bytes((len(body), 0, 0, 0)) + body if network else division
    board.hear(b"\xae", 0.0)
    board.hear(framed, 0.0)
    assert network or board.window == (0, 0, 64, 32)


@given(st.integers(0, 255), st.binary(max_size=40))
def test_no_command_breaks_it(command: int, data: bytes) -> None:
    board = CPowerBoard()
    board.window = (0, 0, 64, 32)
    body = b"\x68\x32\x01" + bytes((command, 1)) + data
    body += (sum(body) % 65536).to_bytes(2, "little")
    for plain, escaped in ((b"\xaa", b"\xaa\n"), (b"\xa5", b"\xaa\x05"), (b"\xae", b"\xaa\x0e")):
        body = body.replace(plain, escaped)
    board.hear(b"\xa5" + body + b"\xae", 0.0)
