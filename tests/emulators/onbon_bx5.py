"""A board with a BX-5K or BX-6K controller, written from its maker's protocol v1.4 alone.

It knows nothing of what sends to it. What breaks a rule is refused as controllers do, and noted in
`faults`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from tests.emulators.board import Board
from tests.emulators.onbon_bx5_letters import TextArea, read
from tests.emulators.onbon_bx5_wire import Ear, columns, crc, number, said

SPECIAL = {0x58, 0x53, 0x54, 0x62, 0x63}
"""Models with a special area."""
FILES = {0xA100, 0xA101, 0xA105, 0xA106, 0xA107, 0xA108, 0xA109, 0xA201, 0xA406}
"""Commands that write or erase flash memory."""
HARMLESS = {0xA200, 0xA208, 0xA304, 0xA402, 0xA409}
REFRESH = 1.0


class Refusal(Exception):  # noqa: N818 - what the controller answers, no failure
    """The number of an error that the controller tells."""


@dataclass
class Special:
    width: int
    height: int
    pictures: bool
    timeout: int | None
    ends: float | None = None
    coming: bytearray = field(default_factory=bytearray)
    data: bytes = b""


class OnbonBx5Board(Board):
    def __init__(
        self, model: int = 0x58, address: int = 1, size: tuple[int, int] = (128, 16)
    ) -> None:
        super().__init__()
        self.model, self.address = model, address
        self.width, self.height = size
        self.buffer = 512 if model < 0x60 else 1024
        self.special_areas = model in SPECIAL
        self.lacks_fonts = False
        self.done: list[int] = []
        """Group and number of each command that it obeyed."""
        self.seen: list[tuple[float, list[str]]] = []
        """Each picture that came in whole, and when."""
        self.brightness = 15
        self.now = 0.0
        self._clock = (datetime(2000, 1, 1), 0.0)  # noqa: DTZ001 - as wrong as theirs
        self._obeys: dict[int, Callable[[bytes, bytes], bytes]] = {
            0xA102: self._status,
            0xA203: self._set_clock,
            0xA20A: self._parameters,
            0xA300: self._power,
            0xA302: self._brighten,
            0xA306: self._texts,
            0xA401: self._make_special,
            0xA403: self._block,
            0xA404: self._drop_special,
        }
        self.lose_power()

    def lose_power(self) -> None:
        """Forget what is in RAM, and start again, lit."""
        self.on = True
        self.texts: dict[int, TextArea] = {}
        self.special: Special | None = None
        self._ear = Ear()
        self._changed = float("-inf")

    def answers(self, data: bytes, at: float) -> bytes:
        self.now = at
        self._expire()
        return b"".join(map(self._answer, self._ear.hear(data)))

    def holds(self) -> list[list[str]]:
        """Give the picture of the special area; texts are in the controller's own letters."""
        self._expire()
        if not self.on or self.special is None or not self.special.data:
            return []
        step = self.special.width // 8
        data = self.special.data
        rows = [data[at : at + step] for at in range(0, step * self.special.height, step)]
        drawn = ("".join(f"{byte:08b}" for byte in row) for row in rows)
        return [[row.replace("0", "#").replace("1", ".") for row in drawn]]

    def reads(self) -> list[str]:
        """Give what its pages of text say, while it is lit."""
        self._expire()
        return [page for area in self.texts.values() for page in area.pages] if self.on else []

    @property
    def clock(self) -> datetime:
        told, at = self._clock
        return told + timedelta(seconds=int(self.now - at))

    def _expire(self) -> None:
        self.texts = {
            place: area
            for place, area in self.texts.items()
            if area.ends is None or self.now < area.ends
        }
        if self.special and self.special.ends is not None and self.now >= self.special.ends:
            self.special = None

    def _answer(self, content: bytes) -> bytes:
        to = number(content[:2])
        if len(content) < 21 or to not in {self.address, 0xFFFE, 0xFFFF}:
            return b""
        body = self._obey(content)
        wanted = content[16] == 1 and to != 0xFFFF
        return said(body, 0xFFFE if to == 0xFFFE else self.address) if wanted else b""

    def _obey(self, content: bytes) -> bytes:
        body = content[14:-2]
        try:
            self._check(content, body)
            return self._command(body[0] << 8 | body[1], body[3:5], body[5:])
        except IndexError:
            self.faults.append(f"short: {body.hex(' ')}")
            return bytes((0xA0, 1, 2, 0, 0))
        except Refusal as refusal:
            if refusal.args != (3,):
                self.faults.append(f"error {refusal.args[0]}: {body[:9].hex(' ')}")
            return bytes((0xA0, 1, refusal.args[0], 0, 0))

    def _check(self, content: bytes, body: bytes) -> None:
        if crc(content[:-2]) != number(content[-2:]) or number(content[12:14]) != len(body):
            raise Refusal(5)
        if self.refuses:
            raise Refusal(3)
        # The frame with a picture that is printed for the fifth generation has eight more.
        if len(body) > self.buffer + (8 if body[:2] == b"\xa4\x03" else 0):
            raise Refusal(4)

    def _command(self, code: int, special: bytes, data: bytes) -> bytes:
        if code >> 8 not in {0xA1, 0xA2, 0xA3, 0xA4}:
            raise Refusal(1)
        if code >> 8 == 0xA4 and not self.special_areas:
            raise Refusal(2)
        told = b""
        if code in self._obeys:
            told = self._obeys[code](special, data)
        elif code in FILES:
            self.faults.append(f"flash is written: {code:04X}")
        elif code == 0xA209:
            told = bytes((0xA2, 9, 0, 1, 0, 8, 16))
        elif code not in HARMLESS:
            raise Refusal(2)
        self.done.append(code)
        return told or bytes((0xA0, 0, 0, 0, 0))

    def _power(self, _special: bytes, data: bytes) -> bytes:
        self.on = self._one_of(data, (1, 2)) == 1
        return b""

    def _one_of(self, data: bytes, allowed: tuple[int, ...]) -> int:
        if len(data) != 1 or data[0] not in allowed:
            raise Refusal(2)
        return data[0]

    def _brighten(self, _special: bytes, data: bytes) -> bytes:
        if data[:1] != b"\x01":
            raise Refusal(2)
        self.brightness = self._one_of(data[1:], tuple(range(16)))
        return b""

    def _set_clock(self, _special: bytes, data: bytes) -> bytes:
        digits = data.hex()
        year, rest, weekday = digits[2:4] + digits[:2], digits[4:14], digits[14:]
        try:
            told = datetime.strptime(year + rest, "%Y%m%d%H%M%S")  # noqa: DTZ007 - as theirs
        except ValueError:
            raise Refusal(14) from None
        if weekday != f"{told.isoweekday():02d}":
            raise Refusal(14)
        self._clock = (told, self.now)
        return b""

    def _status(self, _special: bytes, _data: bytes) -> bytes:
        told = self.clock
        digits = f"{told:%y}20{told:%m%d}{told.isoweekday():02d}{told:%H%M%S}"
        state = bytes((0xA1, 2, 0, 0, 0, 1 if self.on else 2, self.brightness))
        state += bytes.fromhex(digits) + b"\x01P000"
        if self.special_areas:
            state += b"\x01\x00" if self.special and self.special.data else b"\x00\x00"
        return state + bytes((len(self.texts), *self.texts)) + b"BX0123456789ABCD" + bytes(12)

    def _parameters(self, _special: bytes, _data: bytes) -> bytes:
        size = self.width.to_bytes(2, "little") + self.height.to_bytes(2, "little")
        head = bytes((0xA2, 0x0A, 0, 0, 0)) + self.address.to_bytes(2, "little")
        rest = bytes((1, 0, 0, 1, 0, 0, 0, 4, 0, 0)) + bytes(7)
        return head + bytes((self.model, 1)) + size + rest

    def _texts(self, special: bytes, data: bytes) -> bytes:
        deleted, rest = data[0], data[1:]
        if deleted == 0xFF:
            self.texts = {}
        else:
            for gone in rest[:deleted]:
                self.texts.pop(gone, None)
            rest = rest[deleted:]
        count, rest = rest[0], rest[1:]
        if special[0] not in {0, 1} or count > (8 if self.buffer == 512 else 5):
            raise Refusal(4)
        for _ in range(count):
            length = number(rest[:2])
            place, area = self._area(rest[2 : 2 + length])
            self.texts[place] = area
            rest = rest[2 + length :]
        if count:
            self._refresh()
        return b""

    def _area(self, packed: bytes) -> tuple[int, TextArea]:
        data = packed[27:]
        if packed[0] != 0 or packed[14:16] != b"\0\0" or number(packed[23:27]) != len(data):
            raise Refusal(10)
        x, y = columns(packed[1:3]), number(packed[3:5])
        width, height = columns(packed[5:7]), number(packed[7:9])
        if x + width > self.width or y + height > self.height or not width or not height:
            self.faults.append(f"area: {width} x {height} at {x}, {y}")
        if self.lacks_fonts:
            raise Refusal(12)
        pages, moves = read(data, self.clock), packed[19] != 1
        rows = max((page.rows for page in pages), default=16)
        if rows > height or (not moves and any(page.width > width for page in pages)):
            self.faults.append(f"letters: do not fit {width} x {height}: {data!r}")
        if moves and (len(pages) > 1 or packed[17] != 1):
            self.faults.append("letters: several lines move")
        ends = self.now + number(packed[12:14]) if packed[11] == 2 else None
        texts = [page.text for page in pages]
        return packed[9], TextArea(x, y, width, height, texts, moves, packed[22] / 2, ends)

    def _refresh(self) -> None:
        if self.now - self._changed < REFRESH:
            self.faults.append("refresh: sooner than a second after the one before")
        self._changed = self.now

    def _make_special(self, _special: bytes, data: bytes) -> bytes:
        x, y, width, height = (number(data[at : at + 2]) for at in (0, 2, 4, 6))
        if len(data) != 24 or data[8] not in {0, 1}:
            raise Refusal(10)
        if 8 * (x + width) > self.width or y + height > self.height:
            self.faults.append(f"area: {8 * width} x {height} at {8 * x}, {y}")
        timeout = number(data[11:13]) if data[10] == 2 else None
        self.special = Special(8 * width, height, data[8] == 1, timeout)
        self._renewed(self.special)
        return b""

    def _renewed(self, special: Special) -> None:
        if special.timeout is not None:
            special.ends = self.now + special.timeout

    def _block(self, _special: bytes, data: bytes) -> bytes:
        special = self.special
        last, offset, block = data[0], number(data[1:3]), data[3:]
        if special is None or not special.pictures:
            raise Refusal(6)
        if offset == 0:
            special.coming.clear()
        if offset != len(special.coming):
            raise Refusal(16)
        special.coming += block
        if len(special.coming) > 16 * 1024:
            raise Refusal(4)
        if last:
            if len(special.coming) != special.width // 8 * special.height:
                raise Refusal(11)
            special.data = bytes(special.coming)
            special.coming.clear()
            self._renewed(special)
            self._refresh()
            self.seen += [(self.now, rows) for rows in self.holds()]
        return b""

    def _drop_special(self, _special: bytes, _data: bytes) -> bytes:
        if self.model not in {0x53, 0x54, 0x62}:
            raise Refusal(2)
        self.special = None
        return b""
