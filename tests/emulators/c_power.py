"""A board behind a C-Power controller, written from the maker's papers alone.

It knows nothing of what sends to it: RS232 and RS485 frames or network frames, external calls in
packets, one window and what is in it. As strict as the papers: what breaks a rule is noted in
`faults`. A picture that goes into a window that was never made is refused, which no paper says.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from tests.emulators.board import Board

START, END, ESCAPE = 0xA5, 0xAE, 0xAA
STANDS, SCROLLS, FLICKERS = 0, 11, 13
OUT_OF_ORDER, NO_WINDOW, REFUSED = 0x02, 0x12, 0x10


@dataclass
class Item:
    """What is in the window."""

    effect: int
    speed: int
    stay: int
    planes: dict[str, list[str]] = field(default_factory=dict)
    """By r, g and b: rows of `#` and `.`."""
    clock: str = ""
    """The hour and minute it would show, where it is the clock."""


class CPowerBoard(Board):
    def __init__(self, address: int = 1, network: str = "", *, firmware: int = 0x35) -> None:
        super().__init__()
        self.address = address
        self.firmware = firmware
        self.echoes = False
        """Whether its adapter gives back all that is said."""
        self.brightness = [31] * 24
        self.time = (0,) * 7
        self.calls: list[str] = []
        """What it obeyed, in order."""
        self._network = bytes.fromhex(network)
        self.lose_power()

    def lose_power(self) -> None:
        self.on = True
        self.window: tuple[int, ...] = ()
        self.item: Item | None = None
        self._buffer, self._parts, self._next = b"", b"", 0

    def holds(self) -> list[list[str]]:
        """Give what passes or stands; what scrolls is cut where a whole board's width is dark."""
        if not self.on or self.item is None or self.item.clock:
            return []
        rows = overlaid(list(self.item.planes.values()))
        if not any("#" in row for row in rows):
            return []
        return cut(rows, self.window[2]) if self.item.effect == SCROLLS else [rows]

    def answers(self, data: bytes, at: float) -> bytes:
        del at
        self._buffer += data
        said = b"".join(self._hear(body) for body in self._bodies())
        return data + said if self.echoes else said

    def _bodies(self) -> list[bytes]:
        return self._network_bodies() if self._network else self._serial_bodies()

    def _network_bodies(self) -> list[bytes]:
        found = []
        while len(self._buffer) >= 8:
            code, length = self._buffer[:4], self._buffer[4] + 256 * self._buffer[5]
            if code != self._network or self._buffer[6:8] != b"\0\0":
                self.faults.append(f"code: {self._buffer[:8].hex()}")
                self._buffer = b""
            elif len(self._buffer) < 8 + length:
                break
            else:
                found.append(self._buffer[8 : 8 + length])
                self._buffer = self._buffer[8 + length :]
        return found

    def _serial_bodies(self) -> list[bytes]:
        found = []
        while END in self._buffer:
            wire, _, self._buffer = self._buffer.partition(bytes((END,)))
            # What stands before the last start is noise, or a frame that broke off.
            _, start, escaped = wire.rpartition(bytes((START,)))
            if start and (body := self._unescaped(escaped)):
                found.append(body)
        return found

    def _unescaped(self, escaped: bytes) -> bytes:
        plain, rest = bytearray(), iter(escaped)
        for byte in rest:
            if byte != ESCAPE:
                plain.append(byte)
                continue
            after = next(rest, None)
            if after not in (0x05, 0x0A, 0x0E):
                self.faults.append(f"escape: {escaped.hex()}")
                return b""
            plain.append(0xA0 | after)
        return bytes(plain)

    def _hear(self, body: bytes) -> bytes:
        told = int.from_bytes(body[-2:], "little")
        if len(body) < 7 or sum(body[:-2]) % 65536 != told:
            self.faults.append(f"sum: {body.hex()}")
            return b""
        kind, card, address, command, mark = body[:5]
        if (kind, card) != (0x68, 0x32) or address not in (self.address, 0xFF):
            return b""
        answer = self._obey(command, body[5:-2])
        return self._framed(command, *answer) if answer and mark & 1 else b""

    def _framed(self, command: int, result: int, data: bytes) -> bytes:
        kind = 0xE8 if self.firmware >= 0x33 else 0x68
        body = bytes((kind, 0x32, self.address, command, result)) + data
        body += (sum(body) % 65536).to_bytes(2, "little")
        if self._network:
            return self._network + bytes((len(body) % 256, len(body) // 256, 0, 0)) + body
        pairs = {START: b"\xaa\x05", END: b"\xaa\x0e", ESCAPE: b"\xaa\x0a"}
        escaped = b"".join(pairs.get(byte, bytes((byte,))) for byte in body)
        return bytes((START,)) + escaped + bytes((END,))

    def _obey(self, command: int, data: bytes) -> tuple[int, bytes] | None:
        kinds = {
            0x7B: (5, self._packet),
            0x47: (1 if data[:1] == b"\x01" else 8, self._clock),
            0x46: (25, self._brightness),
            0x76: (9, self._switch),
            0x2E: (1, self._version),
        }
        if command not in kinds or len(data) < kinds[command][0]:
            self.faults.append(f"command: {command:02X} {data.hex()}".strip())
            return None
        return kinds[command][1](data)

    def _version(self, data: bytes) -> tuple[int, bytes]:
        del data
        self.calls.append("version")
        return 1, bytes((0, 5, 0x21, 0x13, 0, 0, 0, self.firmware))

    def _clock(self, data: bytes) -> tuple[int, bytes]:
        if data[:1] == b"\x01":
            self.calls.append("time?")
            return 1, b"\x01" + bytes(self.time)
        second, minute, hour, weekday, day, month, _ = data[1:8]
        sane = second < 60 and minute < 60 and hour < 24 and weekday < 7 and 0 < day < 32
        if self.refuses or not (sane and 0 < month < 13):
            return 1, b"\0"
        self.calls.append("time")
        self.time = tuple(data[1:8])
        return 1, b"\x01"

    def _brightness(self, data: bytes) -> tuple[int, bytes]:
        if len(data) != 25 or data[0]:
            self.faults.append(f"brightness: {data.hex()}")
        if self.refuses:
            return 1, b"\0"
        self.calls.append(f"brightness {data[1]}")
        self.brightness = list(data[1:])
        return 1, b"\x01"

    def _switch(self, data: bytes) -> tuple[int, bytes]:
        if len(data) != 9 or data[0] or any(data[2:]) or data[1] > 1:
            self.faults.append(f"switch: {data.hex()}")
        if not self.refuses:
            self.on = data[1] == 1
            self.calls.append("on" if self.on else "off")
        return 1, bytes((0, self.on if not self.refuses else 1 - data[1]))

    def _packet(self, data: bytes) -> tuple[int, bytes]:
        return self._part(data), b"\x01\0\0\0" + data[4:5]

    def _part(self, data: bytes) -> int:
        length, number, last, part = int.from_bytes(data[:2], "little"), data[2], data[3], data[4:]
        if length != len(part):
            self.faults.append(f"length: {length} of {len(part)}")
        if self.refuses:
            return REFUSED
        if number == 0:
            self._parts, self._next = b"", 0
        if number != self._next:
            return OUT_OF_ORDER
        self._parts += part
        self._next += 1
        return self._call(self._parts) if number == last else 0

    def _call(self, data: bytes) -> int:
        code = data[0]
        if code == 0x01 and data[1:2] == b"\x01" and len(data) == 10:
            self.window = tuple(256 * data[n] + data[n + 1] for n in range(2, 10, 2))
            self.item = None
            self.calls.append("window")
            return 0
        if code in (0x03, 0x05) and (not self.window or data[1:2] != b"\0"):
            return NO_WINDOW
        if code == 0x03 and len(data) >= 19:
            self._picture(data)
        elif code == 0x05 and len(data) == 12:
            hour = f"{self.time[2]:02}:{self.time[1]:02}" if data[5:7] == b"\x01\x18" else "?"
            self.item = Item(STANDS, 0, 256 * data[2] + data[3], clock=hour)
            self.calls.append("clock")
        else:
            self.faults.append(f"call: {data[:20].hex()}")
        return 0

    def _picture(self, data: bytes) -> None:
        effect, speed, stay = data[2], data[3], 256 * data[4] + data[5]
        head, body = data[11:19], data[19:]
        width, height = head[2] + 256 * head[3], head[4] + 256 * head[5]
        present = [name for n, name in enumerate("rgb") if head[6] >> n & 1]
        row = (width + 7) // 8
        if data[6:11] != b"\x04\0\0\0\0" or head[:2] != b"I1" or head[6] & 0xF8 or head[7]:
            self.faults.append(f"picture: {data[:19].hex()}")
        elif not present or len(body) != len(present) * row * height:
            self.faults.append(f"picture: {len(body)} bytes for {width}x{height}")
        elif effect not in (STANDS, SCROLLS, FLICKERS) or not 1 <= speed <= 100:
            self.faults.append(f"effect: {effect}, {speed}")
        else:
            lines = [body[at : at + row] for at in range(0, len(body), row)]
            drawn = [pixels(line, width) for line in lines]
            planes = [drawn[at : at + height] for at in range(0, len(drawn), height)]
            self.item = Item(effect, speed, stay, dict(zip(present, planes, strict=True)))
            self.calls.append("picture")


def pixels(line: bytes, width: int) -> str:
    bits = "".join(f"{byte:08b}" for byte in line)
    return bits[:width].replace("0", ".").replace("1", "#")


def overlaid(planes: list[list[str]]) -> list[str]:
    """Lay planes over one another: lit is what any of them lights."""
    return [
        "".join("#" if "#" in dots else "." for dots in zip(*rows, strict=True))
        for rows in zip(*planes, strict=True)
    ]


def cut(rows: list[str], width: int) -> list[list[str]]:
    """Cut a picture where so many columns are dark, and take those off."""
    columns = ["".join(dots) for dots in zip(*rows, strict=True)]
    lit = [at for at, column in enumerate(columns) if "#" in column]
    begins = [at for n, at in enumerate(lit) if not n or at - lit[n - 1] > width]
    ends = [at for n, at in enumerate(lit) if n == len(lit) - 1 or lit[n + 1] - at > width]
    return [[row[a : b + 1] for row in rows] for a, b in zip(begins, ends, strict=True)]
