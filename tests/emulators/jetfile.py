"""A sign that speaks JetFile II's second format, written from its specification alone.

Strict as no sign need be: what breaks a rule is noted in `faults`, and mostly refused.
"""

from __future__ import annotations

from dataclasses import dataclass

from tests.emulators.board import Board
from tests.emulators.jetfile_text import Frame, Picture, TextError, frames, picture

OK, DAMAGED, UNKNOWN, WRONG_SIZE = 0x9000, 0x9002, 0x9011, 0x9013
FULL, OUT_OF_ORDER, TOO_LONG, NO_TIME = 0x9012, 0x9014, 0x2901, 0x5201
WORDS = {(2, 4): 6, (2, 6): 6, (2, 9): 1, (4, 3): 1, (4, 7): 1, (5, 2): 2}
"""How many words of arguments belong to a command."""
SILENCE = 0.5
"""Seconds after which what was begun is given up."""


@dataclass
class Asked:
    """A command, as it came in."""

    command: tuple[int, int]
    args: bytes
    data: bytes
    serial: int
    quiet: bool
    """Whether it asks for no answer."""

    def number(self, at: int, size: int = 2) -> int:
        return int.from_bytes(self.args[at : at + size], "little")


class JetFileBoard(Board):
    def __init__(self, group: int = 1, unit: int = 1, width: int = 128, height: int = 16) -> None:
        super().__init__()
        self.size = (width, height)
        self.waits = False
        """Acts on a frame only after a byte more, as signs were measured to."""
        self.lacks: set[tuple[int, int]] = set()
        """Commands that it doesn't know."""
        self.unheard: set[tuple[int, int]] = set()
        """Commands that it obeys, and whose answers are lost on the way."""
        self.asked: list[Asked] = []
        """All it obeyed, in order."""
        self.brightness = 100
        self.on = True
        self.black = False
        self._address = (group, unit)
        self._heard = 0.0
        self.lose_power()

    def lose_power(self) -> None:
        """Lose drive E, the message and the clock, and be on again."""
        self.files: dict[str, bytes] = {}
        self._parts: dict[str, list[bytes]] = {}
        self.message: list[Frame] = []
        self._until: float | None = None
        self.time: str | None = None
        self.on, self.black = True, False
        self._buffer = b""

    def answers(self, data: bytes, at: float) -> bytes:
        if at - self._heard > SILENCE:
            self._buffer = b""
        self._heard = at
        self._buffer += data
        said = b""
        while (frame := self._frame()) is not None:
            said += self._obey(frame)
        return said

    def wait(self, seconds: float) -> None:
        """Let time pass."""
        self._heard += seconds

    def shown(self) -> list[Frame]:
        """Give the frames of the message, while there is light and it lives."""
        alive = self._until is None or self._heard < self._until
        return self.message if self.on and not self.black and alive else []

    def holds(self) -> list[list[str]]:
        return [rows for frame in self.shown() if (rows := self._drawn(frame))]

    def pictures(self, frame: Frame) -> list[Picture]:
        """Give what a frame calls, as far as it is there."""
        found = []
        for call in frame.calls:
            try:
                found.append(picture(self.files[f"{call[0]}:P/{call[1:]}"]))
            except KeyError:
                self.faults.append(f"no picture {call}")
            except TextError as error:
                self.faults.append(f"picture {call}: {error}")
        return found

    def _drawn(self, frame: Frame) -> list[str]:
        pictures = self.pictures(frame)
        width, height = self.size
        for each in pictures:
            if len(each.rows) != height or len(each.rows[0]) > width:
                self.faults.append(f"a picture of {len(each.rows[0])} x {len(each.rows)}")
        rows = ["".join(row) for row in zip(*(each.rows for each in pictures), strict=True)]
        if rows and not frame.running and len(rows[0]) > width:
            self.faults.append("a frame wider than the sign")
        return rows

    def _frame(self) -> bytes | None:
        """Take the next whole frame out of what came in."""
        while (begin := self._buffer.find(b"\x55\xa7")) >= 0:
            self._buffer = self._buffer[begin:]
            if len(self._buffer) < 16:
                return None
            size = 16 + 4 * self._buffer[14] + int.from_bytes(self._buffer[4:6], "little")
            if len(self._buffer) < size + self.waits:
                return None
            frame = self._buffer[:size]
            if sum(frame[4:]) % 65536 == int.from_bytes(frame[2:4], "little"):
                self._buffer = self._buffer[size:]
                return frame
            self.faults.append("sum")
            self._buffer = self._buffer[2:]
        self._buffer = self._buffer[-1:] if self._buffer.endswith(b"\x55") else b""
        return None

    def _obey(self, frame: bytes) -> bytes:
        if tuple(frame[8:10]) not in {self._address, (0, 0)}:
            return b""
        begin = 16 + 4 * frame[14]
        asked = Asked(
            (frame[12], frame[13]),
            frame[16:begin],
            frame[begin:],
            int.from_bytes(frame[10:12], "little"),
            frame[15] == 1,
        )
        done = FULL if self.refuses else self._done(asked)
        if isinstance(done, bytes):
            return self._answer(frame, 0, done)
        if done != OK:
            self.faults.append(f"{done:04X} to {asked.command}")
        mute = asked.quiet or asked.command in self.unheard
        return b"" if mute else self._answer(frame, 1, done.to_bytes(4, "little"))

    def _done(self, asked: Asked) -> int | bytes:
        """Do it; give a status, or what was asked for."""
        if asked.command in self.lacks:
            return UNKNOWN
        if asked.command == (1, 0x0A):
            width, height = (side.to_bytes(2, "little") for side in self.size)
            return bytes.fromhex("1380010002000300") + width + height + b"\x87\x02" + self._me
        if asked.command == (3, 1):
            return bytes.fromhex("12a5ffff060ba8c0") + self._me + b"\0\0"
        if len(asked.args) != 4 * WORDS.get(asked.command, 0):
            return WRONG_SIZE
        status = self._changed(asked)
        if status == OK:
            self.asked.append(asked)
        return status

    def _changed(self, asked: Asked) -> int:
        match asked.command:
            case (2, 4 | 6):
                return self._part(asked, "T" if asked.command == (2, 4) else "P")
            case (2, 9):
                return self._emergency(asked)
            case (4, 1 | 2):
                self.black = asked.command == (4, 1)
            case (4, 3 | 4):
                self.on = asked.command == (4, 4)
            case (4, 7):
                self.brightness = asked.args[0]
            case (5, 2):
                return self._clock(asked)
            case _:
                return UNKNOWN
        return OK

    def _part(self, asked: Asked, folder: str) -> int:
        """Take a part of a file: drive, a byte, label, size, packet, packets, number."""
        size, packet, count, number = (
            asked.number(at, n) for at, n in ((14, 4), (18, 2), (20, 2), (22, 2))
        )
        drive, label = chr(asked.args[0]), asked.args[2:14].rstrip(b"\0").decode("latin-1")
        path = f"{drive}:{folder}/{label}"
        if drive != "E":
            self.faults.append(f"flash: {path}")
        parts = self._parts.setdefault(path, []) if number > 1 else []
        if number != len(parts) + 1 or number > count:
            return OUT_OF_ORDER
        if len(asked.data) != min(packet, size - packet * (number - 1)) or packet > 1024:
            return WRONG_SIZE
        self._parts[path] = [*parts, asked.data]
        if number == count:
            self.files[path] = b"".join(self._parts.pop(path))
        return OK

    def _emergency(self, asked: Asked) -> int:
        if len(asked.data) > 1024:
            return TOO_LONG
        try:
            self.message = frames(asked.data)
        except TextError as error:
            self.faults.append(f"text: {error}")
        seconds = asked.number(0)
        self._until = self._heard + seconds if seconds else None
        return OK

    def _clock(self, asked: Asked) -> int:
        """Take year, month, day, hour, minute, weekday in BCD, and a zone."""
        told = asked.args.hex()
        if not told[:14].isdigit() or not 1 <= asked.args[6] <= 7 or len(told) != 16:
            return NO_TIME
        self.time = f"{told[2:4]}{told[:2]}-{told[4:6]}-{told[6:8]} {told[8:10]}:{told[10:12]}"
        return OK

    @property
    def _me(self) -> bytes:
        return bytes(self._address)

    def _answer(self, frame: bytes, flag: int, args: bytes) -> bytes:
        head = b"\0\0" + self._me + b"\0\0" + frame[10:14]
        body = head + bytes((len(args) // 4, flag)) + args
        return b"\x55\xa8" + (sum(body) % 65536).to_bytes(2, "little") + body
