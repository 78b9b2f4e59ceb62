"""JetFile II's second format, as Chainzone's signs speak it: commands to bytes, bytes to answers.

Sources: "JetFileII Ver2.8.7" (Chainzone, 2011), tables named below. It contradicts itself; what
working signs do decides: github.com/johnoneil/LEDSign (serial, 2013-2019), docs/pmv of
github.com/framboises/cockpit (TCP, with the maker's own library beside it).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

ASKS, ANSWERS = b"\x55\xa7", b"\x55\xa8"
PACKET = 768
"""Bytes of a file in one frame, as the maker's library cuts it; 1024 are the most."""
RAM = "E"
"""The drive whose files are gone without power; D is flash."""
LONGEST = 1024
"""Bytes of an emergency message (0x0209)."""
DONE = (0x9000, 0x4B4F)
"""Status of what was obeyed; the second is "OK" (appendix IV)."""

_HEAD = struct.Struct("<HH2sH4B")
_PART = struct.Struct("<cx12sIHHH")
_ODD_ZONES = {-210: 0x1A, 330: 0x1B, 345: 0x1C, 390: 0x1D, 570: 0x1E, 210: 0x1F, 270: 0x20}
"""Those of half and quarter hours, by minutes ahead of UTC (appendix I)."""
_LAST_ZONE = 0x19
"""UTC+13."""


class Command(NamedTuple):
    """What a sign is asked to do: its two numbers, arguments in words of 4 bytes, data."""

    main: int
    sub: int
    args: bytes = b""
    data: bytes = b""


class Reply(NamedTuple):
    """What a sign answered; a status where it had nothing else to tell."""

    status: int
    args: bytes
    data: bytes


SIZES = Command(0x01, 0x0A)
CONNECTION = Command(0x03, 0x01)
END_BLACK = Command(0x04, 0x02)
POWER_OFF = Command(0x04, 0x03, b"\1\0\0\0")
"""Dark, without its farewell."""
POWER_ON = Command(0x04, 0x04)


def brightness(percent: int) -> Command:
    """Dim to a percentage, at least 1: 0 would be the sign's own light sensor (0x0407)."""
    return Command(0x04, 0x07, bytes((max(1, percent), 0, 0, 0)))


def clock(now: datetime) -> Command:
    """Set the clock to the minute that is nearest to `now`, in its zone (0x0502, appendix I).

        year, 2, low byte first | month | day | hour | minute | weekday, 1 is Sunday | zone

    All but the zone is BCD. A zone is hours from UTC-12 on; one that no code stands for is
    told as the whole hour below it.
    """
    told = now + timedelta(seconds=30)
    ahead = told.utcoffset() or timedelta()
    minutes = ahead // timedelta(minutes=1)
    zone = _ODD_ZONES.get(minutes, min(minutes // 60 + 12, _LAST_ZONE))
    digits = f"{told:%y}{told.year // 100:02}{told:%m%d%H%M}{told.isoweekday() % 7 + 1:02}"
    return Command(0x05, 0x02, bytes.fromhex(digits) + bytes((zone,)))


def picture(label: str, bmp: bytes) -> Iterator[Command]:
    """Write a picture into RAM, part by part, from 1 on (0x0206).

        drive | 0 | label, 12, filled up with 0 | size, 4 | packet, 2 | packets, 2 | number, 2

    The packet's size is the same in all, though the last one is shorter. The 0 is reserved;
    LEDSign's author sends 1 there, the printed frame of a text has 0.
    """
    count = -(-len(bmp) // PACKET)
    for number in range(count):
        args = _PART.pack(RAM.encode(), label.encode(), len(bmp), PACKET, count, number + 1)
        yield Command(0x02, 0x06, args, bmp[number * PACKET : (number + 1) * PACKET])


def emergency(text: bytes, seconds: int) -> Command:
    """Show a text file at once, instead of the sign's own list, without storing it (0x0209).

    `seconds` is how long; 0 is for ever.
    """
    return Command(0x02, 0x09, struct.pack("<Hxx", seconds), text)


@dataclass(frozen=True, slots=True)
class JetFileFramer:
    """Frames commands for one sign, and finds its answers.

        55 A7 | sum | length | source | group | unit | serial | main | sub | words | flag
          0   |  2  |   4    |   6    |   8   |  9   |   10   |  12  | 13  |  14   |  15
        16: arguments, 4 bytes a word | data, as many as the length says | 00

    Two-byte numbers are low byte first (tables 1.2 and 1.3). The sum is that of all bytes from 4
    on. The flag asks for an answer with 0: so say the tables of all commands, the printed frame
    and every working program; table 1.2 alone says 1. An answer begins 55 A8 and has the same
    serial and command; its flag is 1 before a status, 0 before what was asked for.

    The 00 behind it belongs to no frame: signs were measured to act on a frame only after one
    byte more (framboises/cockpit), and all skip what begins no frame.
    """

    group: int = 1
    unit: int = 1
    trailing: bool = True

    def frame(self, command: Command, serial: int) -> bytes:
        """Give the bytes that say it."""
        main, sub, args, data = command
        head = _HEAD.pack(len(data), 0, self._address, serial, main, sub, len(args) // 4, 0)
        body = head + args + data
        return ASKS + _sum(body) + body + b"\0" * self.trailing

    def reply(self, heard: bytes, command: Command, serial: int) -> Reply | None:
        """Find the answer to a command; noise, echoes and other answers are passed over."""
        at = heard.find(ANSWERS)
        while at >= 0:
            if found := self._read(heard[at:], command, serial):
                return found
            at = heard.find(ANSWERS, at + 1)
        return None

    def _read(self, heard: bytes, command: Command, serial: int) -> Reply | None:
        if len(heard) < 4 + _HEAD.size:
            return None
        length, source, to, told, main, sub, words, flag = _HEAD.unpack_from(heard, 4)
        begin = 4 + _HEAD.size + 4 * words
        # A sign puts itself into the source, or leaves the address as it was asked.
        addresses = {source.to_bytes(2, "little"), to} - {b"\0\0"}
        ours = not addresses or self._address in addresses
        if not ours or (told, main, sub) != (serial, *command[:2]):
            return None
        body = heard[4 : begin + length]
        if len(body) < begin + length - 4 or _sum(body) != heard[2:4]:
            return None
        args, data = heard[4 + _HEAD.size : begin], heard[begin : begin + length]
        status = int.from_bytes((args or data)[:2], "little") if flag else DONE[0]
        return Reply(status, args, data)

    @property
    def _address(self) -> bytes:
        return bytes((self.group, self.unit))


def _sum(body: bytes) -> bytes:
    return (sum(body) & 0xFFFF).to_bytes(2, "little")
