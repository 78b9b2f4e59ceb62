"""The emulator against frames that it wasn't written with: printed, or taken by real signs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.emulators.jetfile import JetFileBoard
from tests.emulators.jetfile_text import Frame, TextError, frames, picture

# LEDSign's signon.py and signoff.py, and its connection test.
ON = bytes.fromhex("55a7 8201 0000 0000 0101 abcd 0404 0000")
OFF = bytes.fromhex("55a7 8301 0000 0000 0101 abcd 0403 0100 01000000")
CONNECT = bytes.fromhex("55a7 7e01 0000 0000 0101 abcd 0301 0000")
DONE = bytes.fromhex("55a8 1402 0000 0101 0000 abcd 0404 0101 00900000")
# Part I, I.5, with the length and the sum that its 25 bytes have; 3700 and EC09 are printed.
PRINTED = bytes.fromhex(
    "55a7 ce08 1900 0000 0000 7fa3 0204 0600"
    "4400 30000000000000000000 0000 19000000 0002 0100 0100"
    "015a3030024130" + b"This is a sample\x0d\x04".hex()
)
# What stood on a sign of 96 x 64, less the picture in it (framboises/cockpit).
STOOD = b"\x01Z00\x02AA\x1b0b\x082\x0e20003\x1f0\x1e0\x0aI0\x0aO0\x0f2\x070\x14D0\x04"


def test_what_working_signs_took_is_taken() -> None:
    board = JetFileBoard()
    assert board.hear(OFF, 0.0)
    assert not board.on
    assert board.hear(ON, 1.0) == DONE
    assert (board.on, board.faults) == (True, [])


def test_it_introduces_itself() -> None:
    answer = JetFileBoard(3, 4).hear(JetFileBoard().hear(b"", 0.0) + anyone(CONNECT), 0.0)
    assert answer[16:] == bytes.fromhex("12a5ffff 060ba8c0 0304 0000")


def anyone(frame: bytes) -> bytes:
    """Address a frame to all."""
    body = frame[4:8] + b"\0\0" + frame[10:]
    return b"\x55\xa7" + sum(body).to_bytes(2, "little") + body


def test_the_frame_printed_in_the_specification_is_taken_but_for_its_misprints() -> None:
    board = JetFileBoard()
    assert board.hear(PRINTED, 0.0)[16:18] == b"\x00\x90"
    # A text with a line feed at its end; on drive D, as printed.
    assert board.files == {"D:T/0": b"\x01Z00\x02A0This is a sample\x0d\x04"}
    assert board.faults == ["flash: D:T/0"]
    assert not JetFileBoard().hear(PRINTED[:2] + b"\xec\x09\x37" + PRINTED[5:], 0.0)


@pytest.mark.parametrize("to", ["0102", "0201", "0001"])
def test_what_is_for_others_is_left_to_them(to: str) -> None:
    body = OFF[4:8] + bytes.fromhex(to) + OFF[10:]
    board = JetFileBoard()
    assert board.hear(b"\x55\xa7" + sum(body).to_bytes(2, "little") + body, 0.0) == b""
    assert (board.on, board.faults) == (True, [])


def test_a_wrong_sum_is_dropped_and_a_flag_of_1_asks_for_no_answer() -> None:
    board = JetFileBoard()
    assert board.hear(OFF[:2] + b"\x84" + OFF[3:], 0.0) == b""
    assert (board.on, board.faults) == (True, ["sum"])
    quiet = bytes.fromhex("55a7 8301 0000 0000 0101 abcd 0404 0001")
    assert board.hear(OFF + quiet, 0.0)[12:14] == b"\x04\x03"
    assert board.on


def test_one_that_waits_acts_with_the_next_byte() -> None:
    board = JetFileBoard()
    board.waits = True
    assert board.hear(OFF, 0.0) == b""
    assert board.on
    assert board.hear(b"\0", 0.1)
    assert not board.on
    assert board.hear(ON + OFF, 0.2) == DONE


def test_what_broke_off_is_forgotten_after_a_silence() -> None:
    board = JetFileBoard()
    board.hear(OFF[:10], 0.0)
    assert board.hear(ON, 0.6) == DONE


def test_a_text_that_stood_on_a_sign_is_read() -> None:
    assert frames(STOOD) == [Frame(["D0"], "", 3.0, "00")]


@pytest.mark.parametrize(
    "wrong",
    [
        b"",
        STOOD[1:],
        STOOD[:-1],
        STOOD + b"x",
        STOOD.replace(b"\x1b0b\x082", b"\x082\x1b0b"),
        STOOD.replace(b"\x0e20003", b"\x0e2three"),
        STOOD.replace(b"\x14D0", b"\x14C0"),
        STOOD.replace(b"\x0aI", b"\x0aX"),
        STOOD.replace(b"\x070", b"\x10"),
    ],
)
def test_a_text_that_breaks_a_rule_is_none(wrong: bytes) -> None:
    with pytest.raises(TextError):
        frames(wrong)


@given(st.binary(max_size=90))
def test_no_file_brings_it_down(data: bytes) -> None:
    for read, head in ((frames, STOOD[:7]), (picture, b"BM")):
        for file in (data, head + data):
            try:
                read(file)
            except TextError:
                continue


@given(st.lists(st.one_of(st.binary(max_size=40), st.sampled_from([OFF, PRINTED, b"\x55\xa7"]))))
def test_garbage_between_frames_is_survived(noise: list[bytes]) -> None:
    board = JetFileBoard()
    for at, data in enumerate(noise):
        board.hear(data, at * 0.1)
    board.holds()
    assert board.hear(ON, len(noise) + 1.0) == DONE


@given(
    st.sampled_from([(1, 10), (2, 4), (2, 6), (2, 9), (3, 1), (4, 3), (4, 7), (5, 2), (9, 9)]),
    st.integers(0, 7).flatmap(lambda words: st.binary(min_size=4 * words, max_size=4 * words)),
    st.binary(max_size=40),
)
def test_no_command_brings_it_down(command: tuple[int, int], args: bytes, data: bytes) -> None:
    head = len(data).to_bytes(2, "little") + bytes.fromhex("0000 0101 0100")
    body = head + bytes((*command, len(args) // 4, 0)) + args + data
    board = JetFileBoard()
    answer = board.hear(b"\x55\xa7" + (sum(body) % 65536).to_bytes(2, "little") + body, 0.0)
    assert answer[12:14] == bytes(command)
    board.holds()


def test_without_power_drive_e_is_empty() -> None:
    board = JetFileBoard()
    board.hear(OFF, 0.0)
    board.files["E:P/A"] = b""
    board.lose_power()
    assert (board.files, board.on, board.holds()) == ({}, True, [])
