"""A board that speaks the Alpha protocol (form 9708-8061), written from the protocol alone.

It knows nothing of what sends to it, and is as strict as signs are: what breaks a rule is
dropped, and noted in `faults`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from tests.emulators.board import Board

DEAF = 5.0
"""Seconds of restart after a memory clear."""
ROOM = 0.1
"""Seconds between a picture's size and its rows."""
# A frame that breaks off is given up where the next one begins.
FRAME = re.compile(rb"\x00{5,}\x01([!-~]{3}(?:,[!-~]{3})*)\x02([^\x00\x01\x04]*)\x04")
PICTURE = re.compile(r"(.)([0-9A-F]{4})(.*)", re.DOTALL)
ENTRY = re.compile(r"(.)([ABD])([LU])([0-9A-F]{4})([0-9A-F]{4})", re.DOTALL)
ARGUMENTS = {"\x1c": 1, "\x1a": 1, "\x05": 1, "\x06": 1, "\x07": 1, "\x1e": 1, "\x1d": 2, "\x0b": 1}
"""Codes in a text that say how to draw it, and how many characters belong to them."""


@dataclass
class Room:
    kind: str
    size: int
    """Bytes; for a picture its rows * 256 + columns."""


@dataclass
class Screen:
    """What is seen while one text file runs."""

    mode: str
    text: str = ""
    pixels: list[str] = field(default_factory=list)
    """Rows of all pictures in the text, side by side."""


class AlphaBoard(Board):
    def __init__(self, type_code: str = "^", address: str = "01") -> None:
        super().__init__()
        self._type = type_code
        self._address = address
        self.lose_power()

    def lose_power(self) -> None:
        """Lose all memory, as after a day without power."""
        self._buffer = b""
        self._arrived: list[float | None] = []
        self._deaf_until = 0.0
        self._cleared = False
        self.table: dict[str, Room] = {}
        self.texts: dict[str, str] = {}
        self.strings: dict[str, str] = {}
        self.pictures: dict[str, list[str]] = {}
        self.order = ""
        self.time = "0000"
        self.day_clock = False

    def answers(self, data: bytes, at: float) -> bytes:
        """Take bytes off the line; this one says nothing."""
        self.feed(data, at)
        return b""

    def holds(self) -> list[list[str]]:
        """Give the pictures that run, in order."""
        lit = str.maketrans("0123456789", ".#########")
        return [[row.translate(lit) for row in screen.pixels] for screen in self.screens()]

    def feed(self, data: bytes, at: float | None = None) -> None:
        """Take bytes off the line; `at` seconds, where the test is about their timing."""
        if at is not None and at < self._deaf_until:
            self.faults.append(f"deaf: {data[:20]!r}")
            return
        self._buffer += data
        self._arrived += [at] * len(data)
        while found := FRAME.search(self._buffer):
            body_at = found.start(2)
            times = self._arrived[body_at : found.end(2)]
            self._buffer = self._buffer[found.end() :]
            self._arrived = self._arrived[found.end() :]
            if self._addressed(found[1].decode("ascii")):
                self._packet(found[2], times)

    def screens(self) -> list[Screen]:
        """Give what runs, in order: the priority file alone where there is one."""
        if "0" in self.texts:
            return [self._screen(self.texts["0"])]
        return [self._screen(self.texts[label]) for label in self.order if label in self.texts]

    def _addressed(self, header: str) -> bool:
        for one in header.split(","):
            if one[0] in {"Z", "!", self._type} and all(
                given in {"?", own} or one[1:] == "00"
                for given, own in zip(one[1:], self._address, strict=True)
            ):
                return True
        return False

    def _packet(self, body: bytes, times: list[float | None]) -> None:
        at = 0
        for part in body.split(b"\x02"):
            command, etx, told = part.partition(b"\x03")
            length = len(part) + 1
            if etx and told.decode("ascii", "replace") != f"{(2 + sum(command) + 3) % 65536:04X}":
                self.faults.append(f"sum: {command[:20]!r}")
            else:
                self._command(command.decode("ascii", "replace"), times[at : at + length])
            at += length

    def _command(self, command: str, times: list[float | None]) -> None:
        code, rest = command[:1], command[1:]
        if code == "A":
            self._write_text(rest[:1], rest[1:])
        elif code == "E":
            self._special(rest[:1], rest[1:], times)
        elif code == "G":
            self._store(self.strings, rest[:1], "B", rest[1:])
        elif code == "I":
            self._write_picture(rest, times)
        else:
            self.faults.append(f"unknown: {command[:20]!r}")

    def _write_text(self, label: str, data: str) -> None:
        if label == "0":
            if data:
                self.texts["0"] = data[:125]
            else:
                self.texts.pop("0", None)
        elif label == "A" and not self.table:
            # The file that is there from the factory.
            self.texts["A"], self.order = data, "A"
        else:
            self._store(self.texts, label, "A", data)

    def _store(self, files: dict[str, str], label: str, kind: str, data: str) -> None:
        room = self.table.get(label)
        if room is None or room.kind != kind:
            self.faults.append(f"no room: {label}")
        elif len(data) > room.size:
            # A text that is too long is lost, and so is what stood there.
            files.pop(label, None)
            self.faults.append(f"too long: {label}")
        else:
            files[label] = data

    def _special(self, label: str, data: str, times: list[float | None]) -> None:
        if label == "$":
            self._memory(data, times)
        elif label == " " and re.fullmatch(r"[0-2]\d[0-5]\d", data):
            self.time = data
        elif label == "'" and data in {"S", "M"}:
            self.day_clock = data == "M"
        elif label == "." and data[:1] in {"T", "S", "D"} and data[1:2] in {"L", "U"}:
            self.order = data[2:]
        else:
            self.faults.append(f"unknown: E{label}{data[:20]}")

    def _memory(self, data: str, times: list[float | None]) -> None:
        entries = ENTRY.findall(data)
        if "".join("".join(entry) for entry in entries) != data:
            self.faults.append(f"table: {data[:20]}")
            return
        cleared, self._cleared = self._cleared, not data
        self.table, self.texts, self.strings, self.pictures = {}, {}, {}, {}
        self.order = ""
        if not data:
            if times[-1] is not None:
                self._deaf_until = times[-1] + DEAF
        elif not cleared:
            self.faults.append("table: not cleared before, nothing would be shown")
        for label, kind, _, size, _ in entries:
            self.table[label] = Room(kind, int(size, 16))
            self.order += label if kind == "A" else ""

    def _write_picture(self, data: str, times: list[float | None]) -> None:
        found = PICTURE.fullmatch(data)
        if found is None:
            self.faults.append(f"unknown: I{data[:20]}")
            return
        label, size, drawn = found.groups()
        # `times` begins at the command's own letter, two before the size.
        sized, began = times[5], times[6] if len(times) > 6 else None
        if sized is not None and began is not None and began - sized < ROOM:
            self.faults.append(f"no pause: picture {label}")
            return
        room = self.table.get(label)
        rows, columns = divmod(int(size, 16), 256)
        if room is None or room.kind != "D" or room.size != int(size, 16):
            self.faults.append(f"no room: picture {label}")
            return
        lines = drawn.split("\r")
        if lines.pop() or [len(line) for line in lines] != [columns] * rows:
            self.faults.append(f"size: picture {label}")
            return
        self.pictures[label] = lines

    def _screen(self, data: str) -> Screen:
        screen = Screen("a")
        codes = iter(data)
        for code in codes:
            if code == "\x1b":
                next(codes, "")
                screen.mode = next(codes, "")
            elif code == "\x14":
                self._lay(screen, next(codes, ""))
            elif code == "\x13":
                screen.text += f"{self.time[:2]}:{self.time[2:]}"
            elif code == "\x10":
                screen.text += self.strings.get(next(codes, ""), "")
            elif code in ARGUMENTS:
                for _ in range(ARGUMENTS[code]):
                    next(codes, "")
            elif code >= " ":
                screen.text += code
        return screen

    def _lay(self, screen: Screen, label: str) -> None:
        picture = self.pictures.get(label)
        if picture is None:
            # This is what a sign does where the table has no such picture.
            screen.text += label
        elif screen.pixels:
            screen.pixels = [
                left + right for left, right in zip(screen.pixels, picture, strict=True)
            ]
        else:
            screen.pixels = list(picture)
