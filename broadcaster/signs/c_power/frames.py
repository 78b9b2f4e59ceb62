"""The protocol of C-Power controllers (C-Power1200 and its kin): commands to frames, and back.

Sources, all of the maker's, Lumen of Shenzhen: "C-Power1200 multi-window control communication
protocol" V3.3 (in github.com/micolous/ledsign); the paper of the same name for all C-Power cards,
V1.9 of 2012, in Chinese (in github.com/charlesEdx/cp5200_ledScrollBoard), which adds the simple
picture and printed frames; "Basic protocol" (time,
brightness, version, power); "C-Power5200 SDK
API manual" V1.6 of 2015 (in github.com/adarlegendre/dataloggerpy), which adds effects of pictures.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum

from broadcaster.signs.pixels.bitmap import Bitmap

EXTERNAL_CALL, TIME, BRIGHTNESS, VERSION, POWER = 0x7B, 0x47, 0x46, 0x2E, 0x76
SET, QUERY = b"\x00", b"\x01"
LEVELS = 31
"""The brightest; what is above leaves it to the board's light sensor."""
PART = 200
"""Bytes of a call in one packet. No paper names a limit; the maker's manual proposes 200."""
MOST = 256 * PART
"""Bytes of a call: a packet's number is one byte."""

_TYPE, _CARD = 0x68, 0x32
_ESCAPES = {0xA5: b"\xaa\x05", 0xAE: b"\xaa\x0e", 0xAA: b"\xaa\x0a"}
_UNESCAPES = {escaped: bytes((plain,)) for plain, escaped in _ESCAPES.items()}
_ESCAPED = re.compile(rb"[\xa5\xae\xaa]")
_PAIR = re.compile(rb"\xaa.?", re.DOTALL)
_SERIAL = re.compile(rb"\xa5([^\xa5\xae]+)\xae")
_NETWORK = re.compile(rb"(?s)(?<=....)(..)\0\0(?=[\x68\xe8]\x32)")
_SHORTEST = 7
"""Type, card, id, command, mark, sum."""


class Effect(IntEnum):
    """How a picture comes on."""

    DRAW = 0
    SCROLL_LEFT = 11
    FLICKER = 13


@dataclass(frozen=True, slots=True)
class CPowerFramer:
    """Frames commands for one board.

        serial:  A5 | 68 32 id command mark | data | sum | AE
        network: code length 00 00 | 68 32 id command mark | data | sum

    `mark` is 1: an answer is wanted. `sum` is that of all bytes from 68 on, two bytes, low first.
    Between A5 and AE, A5 goes as AA 05, AE as AA 0E, AA as AA 0A, the sum included; the sum is
    taken before. On the network nothing is escaped; `code` has four bytes, `length` two, low
    first, from 68 to the sum. A board answers alike, with E8 for 68 (firmware up to 3.2: 68), and
    with its result where `mark` is.
    """

    address: int
    code: bytes | None = None
    """The network's identification code; None on serial lines."""

    def frame(self, command: int, data: bytes) -> bytes:
        """Frame a command."""
        body = bytes((_TYPE, _CARD, self.address, command, 1)) + data
        body += _sum(body)
        if self.code is None:
            return b"\xa5" + _ESCAPED.sub(lambda found: _ESCAPES[found[0][0]], body) + b"\xae"
        return self.code + len(body).to_bytes(2, "little") + b"\0\0" + body

    def call(self, data: bytes) -> list[bytes]:
        """Frame an external call, in as many packets as it needs.

        Each holds the length of its part (two bytes, low first), its number from 0, the number of
        the last one, its part; the call's own code is in the first alone.
        """
        parts = [data[at : at + PART] for at in range(0, len(data), PART)]
        last = len(parts) - 1
        heads = (len(part).to_bytes(2, "little") + bytes((n, last)) for n, part in enumerate(parts))
        return [
            self.frame(EXTERNAL_CALL, head + part) for head, part in zip(heads, parts, strict=True)
        ]

    def answers(self, heard: bytes, said: bytes) -> Iterator[bytes]:
        """Find what this board answers to what was said: its result, then its data.

        Passed over: noise, what is cut short or has a wrong sum, other boards, other commands, an
        echo of what was said.
        """
        (own,) = self._bodies(said)
        for body in self._bodies(heard):
            if body != own and bytes((body[0] & 0x7F,)) + body[1:4] == own[:4]:
                yield body[4:]

    def _bodies(self, heard: bytes) -> Iterator[bytes]:
        for whole in _on_serial(heard) if self.code is None else _on_network(heard):
            if len(whole) >= _SHORTEST and _sum(whole[:-2]) == whole[-2:]:
                yield whole[:-2]


def _sum(data: bytes) -> bytes:
    return (sum(data) & 0xFFFF).to_bytes(2, "little")


def _on_serial(heard: bytes) -> Iterator[bytes]:
    for found in _SERIAL.finditer(heard):
        if all(pair in _UNESCAPES for pair in _PAIR.findall(found[1])):
            yield _PAIR.sub(lambda pair: _UNESCAPES[pair[0]], found[1])


def _on_network(heard: bytes) -> Iterator[bytes]:
    for found in _NETWORK.finditer(heard):
        length = int.from_bytes(found[1], "little")
        body = heard[found.end() : found.end() + length]
        if len(body) == length:
            yield body


def window(width: int, height: int) -> bytes:
    """Make the whole board one window: 01, how many, then x, y, width, height, high byte first."""
    return b"\x01\x01" + b"".join(each.to_bytes(2, "big") for each in (0, 0, width, height))


def picture(planes: Sequence[Bitmap | None], effect: Effect, speed: int, stay: int) -> bytes:
    """Put a simple picture into the window, kept in RAM: planes of red, green, blue.

        03 window effect speed stay(2, high first) 04 x(2) y(2) | "I1" width(2, low first)
        height(2, low first) planes 00 | rows of red, of green, of blue

    A row's leftmost pixel is the highest bit, 1 is lit; each row is filled up to a byte.
    """
    drawn = [plane for plane in planes if plane is not None]
    present = sum(1 << n for n, plane in enumerate(planes) if plane is not None)
    size = b"".join(each.to_bytes(2, "little") for each in (drawn[0].width, drawn[0].height))
    head = bytes((3, 0, effect, speed)) + stay.to_bytes(2, "big") + b"\x04\0\0\0\0"
    rows = b"".join(plane.packed() for plane in drawn)
    return head + b"I1" + size + bytes((present, 0)) + rows


def clock(font: int, stay: int) -> bytes:
    """Have the window show the board's own clock: hours and minutes, 24 hours, in red.

    05 window stay(2, high first) calendar format content font red green blue, text ended by 00.
    """
    return b"\x05\0" + stay.to_bytes(2, "big") + bytes((0, 0x01, 0x18, font, 0xFF, 0, 0, 0))


def time(now: datetime) -> bytes:
    """Set the clock: second, minute, hour, weekday (Sunday is 0), day, month, year."""
    weekday = now.isoweekday() % 7
    fields = (now.second, now.minute, now.hour, weekday, now.day, now.month, now.year % 100, 0)
    return SET + bytes(fields)


def brightness(level: int) -> bytes:
    """Set the brightness of each of the day's 24 hours."""
    return SET + bytes((level,)) * 24


def power(*, on: bool) -> bytes:
    """Light the LEDs or leave them dark, whatever the window holds.

    The paper's table has eight zeros at its end, its two printed frames have seven, as here.
    """
    return SET + bytes((on,)) + bytes(7)
