"""Frames as literal bytes: all that the protocol prints, and some worked by hand."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from broadcaster.signs.onbon import bx5
from broadcaster.signs.onbon.bx5 import Run, TextArea, packets
from broadcaster.signs.pixels.bitmap import Bitmap
from tests.emulators.onbon_bx5_printed import MISPRINTED, PRINTED

FRAMES = {name: bytes.fromhex(text) for name, text in PRINTED.items()}
# Theirs have bytes in their heads that ours never have: another model, reserved ones, the sender.
OTHER_HEADS = ("ACK", "NACK", "8.19", "8.20", "9.2")


@pytest.mark.parametrize("name", FRAMES)
def test_every_frame_that_is_printed_is_read_and_written_again(name: str) -> None:
    (packet,) = packets(FRAMES[name])
    assert {packet.to, packet.sender} < {bx5.HOST, 1, bx5.ANYONE}
    if not any(other in name for other in OTHER_HEADS):
        assert bx5.framed(packet.body, packet.to) == FRAMES[name]


@pytest.mark.parametrize("name", MISPRINTED)
def test_what_is_misprinted_is_no_packet(name: str) -> None:
    assert list(packets(bytes.fromhex(MISPRINTED[name]))) == []


def test_the_commands_that_are_printed_are_written() -> None:
    area = TextArea(
        x=bx5.pixels(0),
        width=bx5.pixels(128),
        y=0,
        height=32,
        text="欢迎光临".encode("gb2312"),
        run=Run.LOOP,
        timeout=10,
        stay=10,
    )
    text = bx5.framed(bx5.texts(area), bx5.ANYONE)
    assert text == FRAMES["4 and 8.2.1, text in a dynamic area"]
    time = datetime(2013, 1, 25, 11, 17, 26, tzinfo=UTC)
    assert bx5.framed(bx5.clock(time), 1) == FRAMES["8.10, clock"]
    (printed,) = packets(FRAMES["8.3.4, picture"])
    (block,) = bx5.blocks(printed.body[8:], 512)
    assert bx5.framed(block, 1) == FRAMES["8.3.4, picture"]


@pytest.mark.parametrize(
    ("body", "hex_"),
    [
        (bx5.power(on=True), "A3 00 01 00 00 01"),
        (bx5.power(on=False), "A3 00 01 00 00 02"),
        (bx5.brightness(15), "A3 02 01 00 00 01 0F"),
        (bx5.texts(None), "A3 06 01 00 00 FF 00"),
        (bx5.STATUS, "A1 02 01 00 00"),
        (bx5.PARAMETERS, "A2 0A 01 00 00"),
        (
            bx5.picture_area(128, 16, 720),
            "A4 01 01 00 00 0000 0000 1000 1000 01 00 02 D002 00 00 00 0000 000000000000",
        ),
    ],
)
def test_a_command_is_written(body: bytes, hex_: str) -> None:
    assert body == bytes.fromhex(hex_)


def test_a_text_that_moves_in_cells_of_8_clears_its_place_and_deletes_the_others() -> None:
    area = TextArea(
        x=bx5.cells(0),
        width=bx5.cells(128),
        y=8,
        height=16,
        text=b"HP",
        run=Run.VANISH,
        timeout=720,
        motion=bx5.Motion.LEFT,
        one_line=True,
    )
    assert bx5.texts(area, anew=True, alone=True) == bytes.fromhex(
        "A3 06 01 01 00 FF 01 1D00"
        "00 0000 0800 1000 1000 00 00 02 D002 00 00 00 01 01 03 00 02 00 02000000 4850"
    )


def test_a_picture_is_0_where_it_is_lit_and_comes_in_blocks() -> None:
    data = bx5.picture(Bitmap(9, (0b100000001, 0)))
    assert data.hex() == "7f7fffff"
    assert [block.hex() for block in bx5.blocks(data, 3)] == [
        "a403010000" + "000000" + "7f7fff",
        "a403010000" + "010300" + "ff",
    ]
