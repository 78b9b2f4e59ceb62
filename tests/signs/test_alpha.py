"""Frames as literal bytes: printed in form 9708-8061F, or taken off the lines of working signs."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from broadcaster.signs.alpha.frames import (
    AlphaFramer,
    DotsFile,
    Mode,
    Packet,
    Position,
    StringFile,
    TextFile,
)
from broadcaster.signs.pixels.bitmap import Bitmap

HEAD = b"\0\0\0\0\0\x01Z00\x02"
FRAMER = AlphaFramer()


@pytest.mark.parametrize(
    ("packet", "body"),
    [
        (FRAMER.text("A", Mode.ROTATE, b"HELLO", Position.BOTTOM), b"AA\x1b&aHELLO\x03029D\x04"),
        (
            FRAMER.text("A", Mode.HOLD, b"\x1cCTEST", Position.BOTTOM),
            b"AA\x1b&b\x1cCTEST\x0302C9\x04",
        ),
        (
            FRAMER.text("A", Mode.HOLD, b"\x1c2GREEN OK", Position.BOTTOM),
            b"AA\x1b&b\x1c2GREEN OK\x0303A3\x04",
        ),
        (FRAMER.text("0", Mode.FLASH, b"!"), b"A0\x1b0c!\x030145\x04"),
        (FRAMER.release(), b"A0\x04"),
        (FRAMER.run("ABC"), b"E.SLABC\x0301DD\x04"),
        (FRAMER.string("a", b"READ ME"), b"GaREAD ME\x03027B\x04"),
        (FRAMER.day_clock(), b"E'M\x0300BE\x04"),
        (FRAMER.clock(datetime(2025, 9, 22, 17, 5, tzinfo=UTC)), b"E 1705\x030137\x04"),
        (FRAMER.clock(datetime(2025, 9, 22, 23, 59, 30, tzinfo=UTC)), b"E 0000\x03012A\x04"),
        (
            FRAMER.memory([TextFile("A", 1024), StringFile("1")]),
            b"E$AAL0400FF001BL007D0000\x030546\x04",
        ),
        (
            FRAMER.memory([TextFile("A", 256), TextFile("B", 0xAB), DotsFile("D", 7, 7)]),
            b"E$AAL0100FF00BAL00ABFF00DDL07072000\x0307EB\x04",
        ),
    ],
)
def test_a_command_is_framed(packet: Packet, body: bytes) -> None:
    assert b"".join(packet.pieces) == HEAD + body


def test_a_clear_is_bare_and_waits_for_the_sign_to_restart() -> None:
    assert FRAMER.clear() == Packet((HEAD + b"E$\x04",), after=10.0)


def test_a_picture_pauses_between_its_size_and_its_rows() -> None:
    # The cross that a sign read back, there in green, here in red.
    cross = Bitmap(7, (0b1000001, 0b0100010, 0b0010100, 0b0001000, 0b0010100, 0b0100010, 0b1000001))
    assert FRAMER.dots("D", cross) == Packet(
        (
            HEAD + b"ID0707",
            b"1000001\r0100010\r0010100\r0001000\r0010100\r0100010\r1000001\r\x030AF8\x04",
        ),
        after=0.25,
    )


def test_a_picture_is_lit_in_one_of_three_colours() -> None:
    dot = Bitmap(2, (0b01,))
    for digit, total in (("1", b"01C3"), ("2", b"01C4"), ("3", b"01C5")):
        whole = b"".join(FRAMER.dots("D", dot, digit).pieces)
        assert whole == HEAD + b"ID01020" + digit.encode() + b"\r\x03" + total + b"\x04"


def test_files_take_room_in_the_memory() -> None:
    # A BetaBrite charges half a byte a pixel: 56 for a picture of 7 by 16.
    files = TextFile("A", 256), DotsFile("D", 7, 16), DotsFile("E", 1, 1), StringFile("a")
    assert [file.room for file in files] == [256, 56, 1, 125]


def test_a_sign_on_a_shared_line_is_addressed() -> None:
    framer = AlphaFramer(type="^", address="0F")
    assert framer.release().pieces == (b"\0\0\0\0\0\x01^0F\x02A0\x04",)


def test_a_picture_too_large_for_a_file_is_refused() -> None:
    FRAMER.dots("a", Bitmap(255, (0,) * 31))
    for large in (Bitmap(256, (0,) * 31), Bitmap(255, (0,) * 32)):
        with pytest.raises(ValueError, match=f"{large.width} x {large.height} is too large"):
            FRAMER.dots("a", large)


def test_the_priority_file_takes_no_more_than_it_holds() -> None:
    FRAMER.text("0", Mode.HOLD, b"x" * 125)
    with pytest.raises(ValueError, match="takes 125 bytes, not 126"):
        FRAMER.text("0", Mode.HOLD, b"x" * 126)
