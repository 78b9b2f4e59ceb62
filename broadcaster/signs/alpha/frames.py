"""The Alpha protocol of Adaptive's signs (form 9708-8061, "M-Protocol"): commands to bytes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

from broadcaster.signs.pixels.bitmap import Bitmap

NUL, SOH, STX, ETX, EOT, ESC, CR = (bytes((code,)) for code in (0, 1, 2, 3, 4, 0x1B, 0x0D))
CALL_TIME = b"\x13"
CALL_DOTS = b"\x14"
CALL_STRING = b"\x10"
COLOUR = b"\x1c"
"""The digit of a colour follows; it holds for all that comes after, in texts that follow too."""
PRIORITY = "0"
"""The text file that always exists and hides all others while it holds anything."""
PRIORITY_SIZE = 125
STRING_SIZE = 125
CELL = 6
"""Columns of a letter of its own face and the gap after it."""
FILE_ROOM, TABLE_ROOM = 13, 6
"""Bytes of memory that each file takes besides its own, and the table; the form says 11 and 0.

Measured on a BetaBrite by the makers of readerboard, as is the room of a picture.
"""
MOST_ROWS = 31
MOST_COLUMNS = 255
"""Of a small DOTS picture."""

PACE = 0.25
"""Seconds between two packets: 0.1 s was measured to be too short."""
PAUSE = 0.1
"""Seconds that a sign needs after a picture's size, to make room."""
RESET = 10.0
"""Seconds after a memory clear; the sign restarts and is deaf for about half of them."""
HALF_A_MINUTE = timedelta(seconds=30)


class Mode(Enum):
    """How a text file is shown."""

    ROTATE = b"a"
    HOLD = b"b"
    FLASH = b"c"


class Position(Enum):
    """Where; a sign of one line takes any."""

    MIDDLE = b" "
    TOP = b'"'
    BOTTOM = b"&"
    FILL = b"0"


@dataclass(frozen=True, slots=True)
class Packet:
    """One transmission: its pieces with PAUSE between two, then `after` seconds of silence."""

    pieces: tuple[bytes, ...]
    after: float = PACE


@dataclass(frozen=True, slots=True)
class TextFile:
    """Room for a text."""

    label: str
    size: int
    """Bytes."""

    @property
    def room(self) -> int:
        """Give the room it takes in the sign's memory."""
        return self.size

    @property
    def entry(self) -> bytes:
        """Give its row of the memory table: locked against remote controls, always on."""
        return f"{self.label}AL{self.size:04X}FF00".encode("ascii")


@dataclass(frozen=True, slots=True)
class DotsFile:
    """Room for a picture in three colours."""

    label: str
    rows: int
    columns: int

    @property
    def room(self) -> int:
        """Give the room it takes in the sign's memory: half a byte a pixel."""
        return -(-self.rows * self.columns // 2)

    @property
    def entry(self) -> bytes:
        """Give its row of the memory table."""
        return f"{self.label}DL{self.rows:02X}{self.columns:02X}2000".encode("ascii")


@dataclass(frozen=True, slots=True)
class StringFile:
    """Room for words that texts call: written anew, they change without a blink."""

    label: str

    @property
    def room(self) -> int:
        """Give the room it takes in the sign's memory."""
        return STRING_SIZE

    @property
    def entry(self) -> bytes:
        """Give its row of the memory table."""
        return f"{self.label}BL{STRING_SIZE:04X}0000".encode("ascii")


File = TextFile | DotsFile | StringFile


@dataclass(frozen=True, slots=True)
class AlphaFramer:
    """Frames commands for one sign, or for all on the line.

        NUL x5 | SOH | type | address | STX | command, data | ETX | sum | EOT
               |  01 |  'Z' |  '00'   |  02 |               |  03 | hex |  04

    The NULs let the sign find the baud rate. Type Z is any sign; the address is two hex digits,
    00 for all. The sum, four upper-case hex digits, is that of all bytes from STX to ETX; a
    packet without it has no ETX either. All bytes are ASCII, so that 7-bit lines do.
    """

    type: str = "Z"
    address: str = "00"
    clearing: str = "E$"
    """What erases all files: peers differ."""

    def clear(self) -> Packet:
        """Erase all files. A new memory table isn't shown unless this went before it."""
        return Packet((self._head + self.clearing.encode("ascii") + EOT,), RESET)

    def memory(self, files: Iterable[File]) -> Packet:
        """Make room for files; there is none but these afterwards."""
        return self._summed(b"E$" + b"".join(file.entry for file in files))

    def text(
        self, label: str, mode: Mode, body: bytes, position: Position = Position.FILL
    ) -> Packet:
        """Write a text file; raises ValueError where it is too long for the priority file."""
        if label == PRIORITY and len(body) > PRIORITY_SIZE:
            message = f"the priority file takes {PRIORITY_SIZE} bytes, not {len(body)}"
            raise ValueError(message)
        head = b"A" + label.encode("ascii") + ESC + position.value + mode.value
        return self._summed(head + body)

    def release(self) -> Packet:
        """Empty the priority file; one byte more would leave it blank but on."""
        return Packet((self._head + b"A" + PRIORITY.encode("ascii") + EOT,))

    def string(self, label: str, words: bytes) -> Packet:
        """Write a string file; texts that call it show the new words at once."""
        return self._summed(b"G" + label.encode("ascii") + words)

    def dots(self, label: str, pixels: Bitmap, digit: str = "1") -> Packet:
        """Write a picture of at most 31 by 255; raises ValueError beyond.

        The digit says what it is lit in: 1 red, 2 green, 3 amber.
        """
        if pixels.height > MOST_ROWS or pixels.width > MOST_COLUMNS:
            message = f"a picture of {pixels.width} x {pixels.height} is too large for a file"
            raise ValueError(message)
        size = f"I{label}{pixels.height:02X}{pixels.width:02X}".encode("ascii")
        # A dark pixel is '0': with red ones '1', the row's own binary digits.
        drawn = (f"{row:0{pixels.width}b}".replace("1", digit) for row in pixels.rows)
        rows = (row.encode("ascii") + CR for row in drawn)
        return self._summed(size, b"".join(rows))

    def run(self, labels: Sequence[str]) -> Packet:
        """Show these text files one after another, for ever."""
        return self._summed(b"E.SL" + "".join(labels).encode("ascii"))

    def clock(self, now: datetime) -> Packet:
        """Set the sign's clock to the minute that is nearest to `now`: it knows no seconds."""
        return self._summed(f"E {now + HALF_A_MINUTE:%H%M}".encode("ascii"))

    def day_clock(self) -> Packet:
        """Let it tell 24 hours."""
        return self._summed(b"E'M")

    def ask(self, label: bytes) -> Packet:
        """Have the sign tell something of itself."""
        return self._summed(b"F" + label)

    @property
    def _head(self) -> bytes:
        return NUL * 5 + SOH + self.type.encode("ascii") + self.address.encode("ascii") + STX

    def _summed(self, command: bytes, *rest: bytes) -> Packet:
        total = sum(STX + command + b"".join(rest) + ETX) & 0xFFFF
        *pieces, last = self._head + command, *rest
        return Packet((*pieces, last + ETX + f"{total:04X}".encode("ascii") + EOT))
