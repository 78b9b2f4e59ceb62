"""A board with a BX-6 controller, written from the maker's manual of dynamic areas and SDK alone.

It knows nothing of what sends to it. A frame that is damaged, or for another board, is passed
over; what breaks a rule is noted in `faults`.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from tests.emulators.board import Board

PLAIN = {(0xA6, 1): 0xA6, (0xA6, 2): 0xA5, (0x5B, 1): 0x5B, (0x5B, 2): 0x5A}
EVERYBODY, WHOEVER = 0xFFFF, 0xFFFE
"""Addresses: the first is heard without an answer."""
SCROLL = 4
PAGE = 30
"""Bytes of a page's parameters, with their length."""


class RefusalError(Exception):
    """What a board answers no to, by its error's number."""

    def __init__(self, number: int, why: str) -> None:
        self.number = number
        super().__init__(why)


@dataclass
class Page:
    style: int
    stay: int
    """Hundredths of a second."""
    valid: int
    """Columns, of what scrolls."""
    red: list[str]
    """Rows of `#` and `.`."""
    green: list[str]
    blue: list[str]

    @property
    def lit(self) -> list[str]:
        planes = zip(self.red, self.green, self.blue, strict=True)
        dots = (zip(*rows, strict=True) for rows in planes)
        return ["".join("#" if "#" in dot else "." for dot in row) for row in dots]

    @property
    def moving(self) -> list[str]:
        return [row[: self.valid] for row in self.lit]


@dataclass
class Shown:
    """A dynamic area."""

    mode: int
    timeout: int
    since: float
    speed: int
    inside: bool
    """Whether it lies within the screen: it isn't shown where it doesn't."""
    pages: list[Page]


class Bx6Board(Board):
    def __init__(
        self,
        width: int = 128,
        height: int = 16,
        *,
        address: int = 1,
        model: int = 0x0174,
        colours: str = "red",
        room: int = 63 * 1024,
    ) -> None:
        super().__init__()
        self.width, self.height = width, height
        self._address, self._model = address, model
        self._colours, self._room = colours, room
        self.clock = b""
        self.level = 15
        self._now = 0.0
        self.lose_power()

    def lose_power(self) -> None:
        """Lose the areas; it comes up lit."""
        self._frame: bytearray | None = None
        self._areas: dict[int, Shown] = {}
        self.on = True

    @property
    def areas(self) -> list[Shown]:
        """Give those that have not timed out."""
        return [
            area
            for area in self._areas.values()
            if area.mode not in {2, 3} or self._now - area.since <= area.timeout
        ]

    def holds(self) -> list[list[str]]:
        """Give the pictures in order, what scrolls joined, without the dark behind its end."""
        pages = [page for area in self.areas if area.inside for page in area.pages]
        pictures: list[list[str]] = []
        for style, run in groupby(pages if self.on else [], lambda page: page.style):
            together = list(run)
            pictures += [strip(together)] if style == SCROLL else [page.lit for page in together]
        return pictures

    def answers(self, data: bytes, at: float) -> bytes:
        """Decode, obey, and give the answers."""
        self._now = max(self._now, at)
        return b"".join(map(self._answered, self._frames(data)))

    def _frames(self, data: bytes) -> Iterator[bytes]:
        for byte in data:
            if byte == 0xA5:
                self._frame = bytearray()
            elif byte == 0x5A and self._frame:
                whole, self._frame = bytes(self._frame), None
                yield whole
            elif self._frame is not None and len(self._frame) <= 2 * self._room:
                self._frame.append(byte)

    def _answered(self, escaped: bytes) -> bytes:
        try:
            frame = unescaped(escaped)
            to, body = opened(frame)
        except ValueError:
            return b""
        model = int.from_bytes(frame[6:8], "little")
        if to not in {self._address, EVERYBODY, WHOEVER} or model not in {self._model, WHOEVER}:
            return b""
        try:
            said = self._obeyed(frame[4], body)
        except RefusalError as wrong:
            self.faults += [] if self.refuses else [str(wrong)]
            said = b"\0\xa0\x01\x01\0" + wrong.number.to_bytes(2, "little") + b"\0\0"
        return self._closed(frame, said) if to != EVERYBODY and body[0] == 1 else b""

    def _closed(self, frame: bytes, said: bytes) -> bytes:
        mine = self._address.to_bytes(2, "little")
        if frame[4] == 0xF0:
            framed = b"\x00\x80" + mine + frame[4:12] + len(said).to_bytes(4, "little") + said
            return escaped(framed + check(framed))
        head = b"\x00\x80" + mine + frame[4:22] + len(said).to_bytes(2, "little") + check(said)
        total = 0
        for byte in head:
            total ^= byte
        return escaped(head + bytes((0, total)) + said)

    def _obeyed(self, version: int, body: bytes) -> bytes:
        if self.refuses:
            raise RefusalError(3, "busy")
        command, data = (body[1], body[2]), body[5:]
        if command == (0xA2, 0x00):
            return told(0x80, self._kind())
        if command == (0xA2, 0x0F):
            return told(0x8F, self._state())
        if command == (0xA2, 0x02) and len(data) == 8:
            self.clock = data
        elif command == (0xA2, 0x05) and data in {b"\0", b"\1"}:
            self.on = data == b"\1"
        elif command == (0xA2, 0x07) and len(data) == 49 and data[0] == 0 and max(data) < 16:
            self.level = data[1]
        elif command == (0xA7, 0x00) and version == 0xF0:
            self._update(data)
        elif command == (0xA7, 0x01) and version == 0xF0 and data[:1] == b"\xff":
            self._areas.clear()
        else:
            raise RefusalError(2, f"unknown: {body[:8].hex(' ')}")
        return b"\0\xa0\0\0\0\0\0\0\0"

    def _kind(self) -> bytes:
        width, height = self.width.to_bytes(2, "little"), self.height.to_bytes(2, "little")
        address = self._address.to_bytes(2, "little")
        start = self._model.to_bytes(2, "little") + b"V1.02.03" + b"\1" + address + b"\1"
        return start + width + height + bytes((1, self.level + 1, self.on)) + bytes(300)

    def _state(self) -> bytes:
        clock = self.clock or bytes.fromhex("0020010100000006")
        return bytes((self.on, 0, 0, self.level)) + bytes(9) + b"\1" + clock + bytes(39)

    def _update(self, data: bytes) -> None:
        if len(data) > self._room:
            raise RefusalError(4, f"memory: {len(data)} bytes")
        count, length = int.from_bytes(data[:2], "little"), int.from_bytes(data[2:6], "little")
        info, pixels = data[6 : 6 + length], data[6 + length :]
        if count != 1 or len(info) != length or length < 33 or info[5:7] != b"\0\0":
            raise RefusalError(25, "area: not one alone, or cut short")
        if info[7] != 1 or info[12] != 0x10 or any(info[21:31]) or info[1] > 4:
            raise RefusalError(25, f"area: {info[:33].hex(' ')}")
        x, y, width, height = struct.unpack("<4H", info[13:21])
        rows = info[33:]
        if len(rows) != PAGE * int.from_bytes(info[31:33], "little") or not rows:
            raise RefusalError(25, "pages: not as many as said")
        pages = [
            self._page(rows[at : at + PAGE], pixels, width, height)
            for at in range(0, len(rows), PAGE)
        ]
        inside = x + width <= self.width and y + height <= self.height
        timeout = int.from_bytes(info[2:4], "little")
        self._areas[info[0]] = Shown(info[1], timeout, self._now, rows[7], inside, pages)

    def _page(self, info: bytes, pixels: bytes, width: int, height: int) -> Page:
        start, size = (int.from_bytes(info[at : at + 4], "little") for at in (22, 26))
        data = pixels[start : start + size]
        wide = -(-width // 32) * 4
        planes = {"red": 1, "red-green": 2}.get(self._colours)
        needed = wide * height * planes if planes else width * height * 3
        if info[:4] != b"\x1a\0\0\0" or len(data) != size or size != needed:
            raise RefusalError(25, f"page: {size} bytes of pixels, {needed} needed")
        valid = min(width, int.from_bytes(info[11:13], "little"))
        stay = int.from_bytes(info[8:10], "little")
        if planes is None:
            drawn = [lights(data[colour::3], width, height) for colour in range(3)]
        else:
            plane = wide * height
            drawn = [self._plane(data[at : at + plane], width) for at in range(0, size, plane)]
        dark = ["." * width] * height
        return Page(info[5], stay, valid, *(drawn + [dark] * 2)[:3])

    def _plane(self, data: bytes, width: int) -> list[str]:
        wide, rows = -(-width // 32) * 4, []
        for start in range(0, len(data), wide):
            row = data[start : start + wide]
            words = (row[at : at + 4][::-1] for at in range(0, wide, 4))
            bits = "".join(f"{byte:08b}" for word in words for byte in word)
            if "0" in bits[width:]:
                self.faults.append("page: a row isn't filled up with ones")
            rows.append(bits[:width].replace("1", ".").replace("0", "#"))
        return rows


def strip(pages: list[Page]) -> list[str]:
    rows = ["".join(row) for row in zip(*(page.moving for page in pages), strict=True)]
    end = max((row.rfind("#") + 1 for row in rows), default=0)
    return [row[:end] for row in rows]


def lights(values: bytes, width: int, height: int) -> list[str]:
    dots = "".join("#" if value else "." for value in values)
    return [dots[start : start + width] for start in range(0, width * height, width)]


def told(command: int, data: bytes) -> bytes:
    return bytes((0, 0xA2, command, 0, 0, 0, 0)) + len(data).to_bytes(2, "little") + data


def opened(frame: bytes) -> tuple[int, bytes]:
    """Give whom a frame is for, and its body; raises ValueError where it is damaged."""
    if len(frame) < 23:
        raise ValueError
    if frame[4] == 0xF0:
        body, size = frame[16:-2], int.from_bytes(frame[12:16], "little")
        right = check(frame[:-2]) == frame[-2:]
    else:
        body, size = frame[28:], int.from_bytes(frame[22:24], "little")
        total = 0
        for byte in frame[:28]:
            total ^= byte
        right = frame[4] == 7 and total == 0 and check(body) == frame[24:26]
    if not right or len(body) != size or size < 5 or frame[2:4] != b"\x00\x80":
        raise ValueError
    return int.from_bytes(frame[:2], "little"), body


def unescaped(data: bytes) -> bytes:
    plain, codes = bytearray(), iter(data)
    for code in codes:
        if code in {0xA6, 0x5B}:
            pair = code, next(codes, -1)
            if pair not in PLAIN:
                raise ValueError
            plain.append(PLAIN[pair])
        else:
            plain.append(code)
    return bytes(plain)


def escaped(data: bytes) -> bytes:
    codes = {plain: bytes(pair) for pair, plain in PLAIN.items()}
    return b"\xa5" * 8 + b"".join(codes.get(byte, bytes((byte,))) for byte in data) + b"\x5a"


def check(data: bytes) -> bytes:
    """CRC-16: x^16 + x^15 + x^2 + 1, bit by bit."""
    crc = 0
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = (crc >> 1) ^ 0xA001 if crc & 1 else crc >> 1
    return crc.to_bytes(2, "little")
