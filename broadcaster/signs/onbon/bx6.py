"""The protocol of Onbon's BX-6 controllers: commands to bytes.

Sources: "6th dynamic area user manual" 2.0 (github.com/onbonlab/BX-V-VI, bx.dual.Aux.Data), cited
by section; and the maker's Java SDK 0.6.0 (github.com/onbonlab/pub), its message tables
bx06.xml and bx06_dyn.xml, and frames captured from it.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum

from broadcaster.signs.onbon.wire import crc16, told_time, wrapped

HOST = 0x8000
"""The address that answers go to."""
ANY_MODEL = 0xFFFE
ANYONE = 0xFFFE
"""The address of whoever hears it; with several on a line all answer at once."""
DYNAMIC, COMMON = 0xF0, 0x07
"""Versions of the header."""
LED, _AREAS = 0xA2, 0xA7
"""Groups of commands."""
PING, STATUS = 0x00, 0x0F
_RANDOM, _PLAIN, _LONGEST = 0x02, 0x96, 400
"""As the SDK has them: a number of its choice, no encryption, the longest answer it takes."""
DYNAMIC_HEAD = struct.Struct("<HHBxH4xI")
COMMON_HEAD = struct.Struct("<HHBxH2xHHBB6xH2sx")
"""All but its last byte, the XOR of the others."""


class Style(IntEnum):
    """How a page comes on the board (5.4.1); 45 more exist."""

    HOLD = 0x01
    SCROLL_LEFT = 0x04
    """Moving left without a stop: the next page's first column follows its last."""
    FLASH = 0x07


@dataclass(frozen=True, slots=True)
class Page:
    """One picture of the area's size."""

    style: Style
    stay: int
    """Hundredths of a second; a 16-bit number."""
    data: bytes


@dataclass(frozen=True, slots=True)
class Area:
    """A dynamic area: pages in a loop, kept in RAM, gone when it isn't renewed in time."""

    width: int
    height: int
    pages: Sequence[Page]
    timeout: int
    """Seconds."""
    speed: int
    """0 (the fastest) to 63."""

    def body(self) -> bytes:
        """Give what the command carries (5.4.1): the parameters of all pages, then their pixels.

            length(4) | id=0 | mode=2 | timeout(2) | programs: all=1, count(2)=0 | alone=1 | 0 x4
            | type=10 | x y w h (2 each) | frame background transparency equal sound = 0 | 0 x5
            | pages(2) | {length(4)=1A | kind=0 | style | clear=1 | speed | stay(2) | repeat=1
            | valid(2)=w | 0 x9 | offset(4) | size(4)} for each page | pixels of each page

        Mode 2 loops, and shows nothing any more once the timeout is over. Alone: programs stored
        on the board stand still meanwhile. The length counts neither itself nor the pixels.
        """
        head = struct.pack("<BBHBHB4x", 0, 2, self.timeout, 1, 0, 1)
        head += struct.pack("<B4H10xH", 0x10, 0, 0, self.width, self.height, len(self.pages))
        offset = 0
        for page in self.pages:
            look = (0, page.style, 1, self.speed, page.stay, 1, self.width)
            head += struct.pack("<I4BHBH9xII", 0x1A, *look, offset, len(page.data))
            offset += len(page.data)
        pixels = b"".join(page.data for page in self.pages)
        return struct.pack("<HI", 1, len(head)) + head + pixels


@dataclass(frozen=True, slots=True)
class Bx6Framer:
    """Frames commands for one board. All numbers have their low byte first.

    Dynamic areas (4. and 5.):

        to(2) | from(2)=8000 | F0 | 0 | model(2) | 0 x4 | length(4) | body | CRC(2)

    All others (bx06.xml):

        to(2) | from(2)=8000 | 07 | 0 | model(2) | 0 | 0 | sequence(2) | longest(2) | 96 | random
        | 0 x6 | length(2) | CRC of body(2) | 0 | XOR of all before | body

    The body, whose `size` counts `data` alone:

        answer=1 | group | command | size(2) | data

    The manual calls `size` reserved and its examples leave it 0; the SDK fills it, as is done
    here. Answers have from and to swapped.
    """

    address: int
    model: int = ANY_MODEL

    def ping(self, sequence: int) -> bytes:
        """Ask for model, size and firmware (5.5.1): of whichever model, as others stay silent."""
        return self._command(PING, b"", sequence, ANY_MODEL)

    def status(self, sequence: int) -> bytes:
        """Ask whether it is on, how bright, and for its clock."""
        return self._command(STATUS, b"", sequence)

    def clock(self, now: datetime, sequence: int) -> bytes:
        """Set its clock."""
        return self._command(0x02, told_time(now), sequence)

    def power(self, *, on: bool, sequence: int) -> bytes:
        """Switch its LEDs on or off."""
        return self._command(0x05, bytes((on,)), sequence)

    def brightness(self, level: int, sequence: int) -> bytes:
        """Set one level, 0 to 15, for all half hours of the day (5.5.2)."""
        return self._command(0x07, bytes((0, *(level,) * 48)), sequence)

    def show(self, area: Area) -> bytes:
        """Put a dynamic area in place of the one it has."""
        return self._dynamic(0x00, area.body())

    def clear(self) -> bytes:
        """Delete all dynamic areas (5.4.2)."""
        return self._dynamic(0x01, b"\xff")

    def _dynamic(self, command: int, data: bytes) -> bytes:
        body = _body(_AREAS, command, data)
        head = DYNAMIC_HEAD.pack(self.address, HOST, DYNAMIC, self.model, len(body))
        return wrapped(head + body + crc16(head + body))

    def _command(self, command: int, data: bytes, sequence: int, model: int | None = None) -> bytes:
        body = _body(LED, command, data)
        fixed = (_LONGEST, _PLAIN, _RANDOM)
        to = (self.address, HOST, COMMON, self.model if model is None else model)
        head = COMMON_HEAD.pack(*to, sequence, *fixed, len(body), crc16(body))
        return wrapped(head + xor(head) + body)


def _body(group: int, command: int, data: bytes) -> bytes:
    return struct.pack("<BBBH", 1, group, command, len(data)) + data


def xor(data: bytes) -> bytes:
    """Give the XOR of all bytes."""
    total = 0
    for byte in data:
        total ^= byte
    return bytes((total,))
