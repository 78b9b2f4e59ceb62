"""What a JetFile II sign makes of a text file and of bitmaps ("JetFileII Ver2.8.7", part II)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

HEADS = re.compile(rb"QZ00SAX|\x01Z00\x02A[!-~]")
CODES = {
    0x07: "flash",
    0x08: "line space",
    0x0B: "special",
    0x0F: "speed",
    0x1A: "face",
    0x1E: "align",
    0x1F: "upright",
}
"""Those that one character follows."""
UNITS = {"0": (2, 1.0), "1": (2, 0.001), "2": (4, 1.0), "3": (4, 0.001)}
"""How many digits of a pause follow, and what they count, in seconds."""


class TextError(Exception):
    """A file that a sign can't read."""


@dataclass
class Frame:
    calls: list[str] = field(default_factory=list)
    """Pictures by drive and label, from left to right."""
    text: str = ""
    """`{2F}` is the time of day."""
    pause: float = 0.0
    moves: str = ""
    """How it comes in and how it goes out, a character each."""
    running: bool = False


def frames(data: bytes) -> list[Frame]:
    """Read a text file; raises TextError."""
    head = HEADS.match(data)
    if head is None:
        raise TextError("head")
    return _Reader(data[head.end() :].decode("latin-1")).read()


class _Reader:
    def __init__(self, text: str) -> None:
        self._left = text
        self._frames = [Frame()]
        self._begun = False

    def read(self) -> list[Frame]:
        while (code := self._take(1)) != "\x04":
            self._code(ord(code), self._frames[-1])
            self._begun = True
        if self._left:
            raise TextError("more behind its end")
        return self._frames

    def _code(self, code: int, frame: Frame) -> None:
        if code == 0x1B:
            if self._begun or self._take(1) != "0":
                raise TextError("disposal mode")
            frame.running = self._one_of("ab") == "a"
        elif code == 0x0A:
            way = self._one_of("IO")
            mode = self._take(1)
            frame.moves = mode + frame.moves[1:] if way == "I" else frame.moves[:1] + mode
        elif code == 0x0C:
            self._frames.append(Frame([], "", frame.pause, frame.moves, frame.running))
        elif code == 0x0E:
            digits, unit = UNITS[self._one_of("0123")]
            frame.pause = int(self._digits(digits)) * unit
        elif code == 0x14:
            frame.calls.append(self._one_of("DE") + self._take(1))
        elif code == 0x0B:
            frame.text += f"{{{ord(self._take(1)):02X}}}"
        elif code in CODES:
            self._take(1)
        elif code >= 0x20:
            frame.text += chr(code)
        else:
            raise TextError(f"code {code:02X}")

    def _take(self, count: int) -> str:
        if len(self._left) < count:
            raise TextError("no end")
        taken, self._left = self._left[:count], self._left[count:]
        return taken

    def _one_of(self, allowed: str) -> str:
        if (taken := self._take(1)) not in allowed:
            raise TextError(f"{taken!r} is none of {allowed}")
        return taken

    def _digits(self, count: int) -> str:
        if not re.fullmatch("[0-9]*", taken := self._take(count)):
            raise TextError(f"{taken!r} are no digits")
        return taken


@dataclass
class Picture:
    rows: list[str]
    """`#` is lit."""
    colour: tuple[int, int, int]
    """Red, green, blue of what is lit."""


def picture(data: bytes) -> Picture:
    """Read a bitmap of one bit a pixel; raises TextError."""
    long = [int.from_bytes(data[at : at + 4], "little") for at in range(2, 54, 4)]
    if data[:2] != b"BM" or long[0] != len(data) or long[3] != 40:
        raise TextError("no bitmap")
    begin, width, height = long[2], long[4], long[5]
    # One plane of one bit; not compressed.
    if (data[26:30], data[30:34]) != (b"\1\0\1\0", b"\0\0\0\0") or begin != 62:
        raise TextError("not of one bit")
    stride = (width + 31) // 32 * 4
    if len(data) != begin + stride * height or long[8] not in {0, stride * height}:
        raise TextError("size")
    dark, (blue, green, red) = data[54:57], data[58:61]
    if dark != b"\0\0\0":
        raise TextError("the dark is not black")
    rows = []
    for y in reversed(range(height)):
        at = begin + y * stride
        bits = "".join(f"{byte:08b}" for byte in data[at : at + stride])
        rows.append(bits[:width].replace("0", ".").replace("1", "#"))
    return Picture(rows, (red, green, blue))
