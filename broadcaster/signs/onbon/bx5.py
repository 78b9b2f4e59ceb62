"""The protocol of Onbon's BX-5K and BX-6K controllers: commands to bytes, bytes to packets.

Source: the maker's "BX-5K/6K communication protocol" v1.4 (onbonlab.github.io, zh/k/potocol);
sections are those of its own numbering.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from struct import pack, unpack_from
from typing import NamedTuple

from broadcaster.signs.onbon.wire import crc16, payloads, told_time, wrapped
from broadcaster.signs.pixels.bitmap import Bitmap

HOST = 0x8000
"""The address that programs on a computer send from (section 4)."""
ANYONE = 0xFFFE
"""Whoever hears it obeys, and answers from this address; with several on a line all do at once."""
BRIGHTEST = 15
PICTURE_ROOM = 16 * 1024
"""Bytes that the special area takes (8.3.4)."""
_HEADER = 14


class Run(IntEnum):
    """What becomes of an area whose time is over (8.3.1 and 9.1)."""

    LOOP = 0
    STAY = 1
    VANISH = 2


class Motion(IntEnum):
    """How a text comes in (9.1)."""

    STILL = 1
    LEFT = 3


class Packet(NamedTuple):
    """What a frame carries."""

    to: int
    sender: int
    body: bytes


def framed(body: bytes, to: int) -> bytes:
    """Frame a command for one controller, or for ANYONE.

        A5 x8 | to, 2 | from, 2 | 00 x3 | 00      | 00   | 00   | FE   | 02      | length, 2 | body
              |       | 8000    |       | barcode | CRC  | mode | any  | version |           |
        CRC, 2 | 5A

    Numbers are low byte first (section 4). The CRC is that of header and body; all between A5
    and 5A is escaped after it. Device type FE is every model, so that a model named wrongly
    doesn't make its board deaf.
    """
    header = pack("<HH3xBBBBBH", to, HOST, 0, 0, 0, 0xFE, 2, len(body))
    return wrapped(header + body + crc16(header + body))


def packets(heard: bytes) -> Iterator[Packet]:
    """Find every whole packet among bytes heard; one with a wrong length or CRC is passed over."""
    for payload in payloads(heard):
        if len(payload) < _HEADER + 2 or crc16(payload[:-2]) != payload[-2:]:
            continue
        to, sender = unpack_from("<HH", payload)
        body = payload[_HEADER:-2]
        if unpack_from("<H", payload, 12) == (len(body),):
            yield Packet(to, sender, body)


def command(group: int, number: int, data: bytes = b"", special: bytes = b"\0\0") -> bytes:
    """Give a command that asks for an answer.

        group, 1 | number, 1 | 01 | special, 2 | data

    The 01 is what asks for an answer; the special bytes are 0 in most.
    """
    return bytes((group, number, 1)) + special + data


STATUS = command(0xA1, 0x02)
"""Asks for what is told about its state (8.4)."""
PARAMETERS = command(0xA2, 0x0A)
"""Asks for its address, model and size (8.21)."""


def power(*, on: bool) -> bytes:
    """Light the board or darken it, until told otherwise or by its own timer (8.13)."""
    return command(0xA3, 0x00, b"\x01" if on else b"\x02")


def brightness(level: int) -> bytes:
    """Set it, 0 to BRIGHTEST (8.17)."""
    return command(0xA3, 0x02, bytes((1, level)))


def clock(now: datetime) -> bytes:
    """Set its clock, as it is printed (8.10)."""
    return command(0xA2, 0x03, told_time(now), b"\x08\0")


@dataclass(frozen=True, slots=True, kw_only=True)
class TextArea:
    """A part of the board that shows letters of the controller's own fonts, out of its RAM."""

    x: int
    width: int
    """In the unit that the model takes: see `pixels` and `cells`."""
    y: int
    height: int
    """Pixels."""
    text: bytes
    """With the codes of section 11.1 in it, each a backslash and letters."""
    run: Run
    timeout: int
    """Seconds after which it vanishes, unless it is sent again; for Run.VANISH alone."""
    motion: Motion = Motion.STILL
    one_line: bool = False
    centred: bool = False
    speed: int = 2
    """0 is the fastest, 24 the slowest."""
    stay: int = 0
    """Half seconds that each page stays."""

    @property
    def packed(self) -> bytes:
        """Give it as section 9.1 lays it out; type, number, line gap, voice and extras are 0."""
        head = pack(
            "<BHHHHBBBHBBBBBBBBBI",
            *(0, self.x, self.y, self.width, self.height, 0, 0),
            *(self.run, self.timeout, 0, 0, 0b1010 if self.centred else 0),
            *(1 if self.one_line else 2, 1, self.motion, 0, self.speed, self.stay),
            len(self.text),
        )
        return head + self.text


def pixels(count: int) -> int:
    """Give a column or a width of a text area in pixels (9.1)."""
    return 0x8000 | count


def cells(count: int) -> int:
    """Give it in cells of 8 pixels, the unit of the fifth generation (9.1)."""
    return count // 8


def texts(area: TextArea | None, *, anew: bool = False, alone: bool = False) -> bytes:
    """Send a text to its area (8.2.1).

        A3 06 01 | 01 clears first | 00 | FF deletes all | areas, 1 | length, 2 | area

    `anew` clears its place first; else what is there is replaced. `alone` deletes all areas
    before, as do no text at all.
    """
    deleted = b"\xff" if alone or area is None else b"\0"
    special = b"\x01\0" if anew else b"\0\0"
    if area is None:
        return command(0xA3, 0x06, deleted + b"\0", special)
    data = area.packed
    return command(0xA3, 0x06, deleted + b"\x01" + pack("<H", len(data)) + data, special)


def picture_area(width: int, height: int, timeout: int) -> bytes:
    """Make the special area a picture of the whole board (8.3.1); there is one, of one page.

    It vanishes when no data has come for `timeout` seconds. What concerns text is 0.
    """
    size = pack("<HHHH", 0, 0, (width + 7) // 8, height)
    return command(0xA4, 0x01, size + pack("<BBBH", 1, 0, Run.VANISH, timeout) + bytes(11))


def picture(drawn: Bitmap) -> bytes:
    """Give pixels as the special area takes them: rows filled up to bytes, leftmost highest.

    A lit one is 0, as in 8.23 and in the picture printed in 8.3.4.
    """
    return bytes(byte ^ 0xFF for byte in drawn.packed())


def blocks(data: bytes, size: int) -> list[bytes]:
    """Send a picture in blocks of at most `size` bytes (8.3.4); the last one shows it.

        A4 03 01 | 00 00 | 01 the last | offset, 2 | data

    Until then the board shows what it did before.
    """
    starts = range(0, len(data), size)
    return [
        command(0xA4, 0x03, pack("<BH", start == starts[-1], start) + data[start : start + size])
        for start in starts
    ]
