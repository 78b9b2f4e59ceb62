"""The memory of an emulated Alpha sign: a table of files, and what is seen while they run."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

ENTRY = re.compile(r"(.)([ABD])([LU])([0-9A-F]{4})([0-9A-F]{4})", re.DOTALL)
PICTURE = re.compile(r"(.)([0-9A-F]{4})(.*)", re.DOTALL)
ARGUMENTS = {"\x1c": 1, "\x1a": 1, "\x05": 1, "\x06": 1, "\x07": 1, "\x1e": 1, "\x1d": 2, "\x0b": 1}
"""Codes in a text that say how to draw it, and how many characters belong to them."""
FILE, TABLE = 13, 6
"""Bytes that each file takes besides its own, and the table, as measured on a BetaBrite."""


@dataclass
class Room:
    kind: str
    size: int
    """Bytes; for a picture its rows * 256 + columns."""
    colours: str = ""

    @property
    def taken(self) -> int:
        rows, columns = divmod(self.size, 256)
        return FILE + ((rows * columns + 1) // 2 if self.kind == "D" else self.size)


@dataclass
class Screen:
    """What is seen while one text file runs."""

    mode: str
    text: str = ""
    pixels: list[str] = field(default_factory=list)
    """Rows of all pictures in the text, side by side."""
    colour: str = ""


class Memory:
    """What a sign keeps while it has power."""

    def __init__(self, pool: int) -> None:
        self.faults: list[str] = []
        self.pool = pool
        self.table: dict[str, Room] = {}
        self.texts: dict[str, str] = {}
        self.strings: dict[str, str] = {}
        self.pictures: dict[str, list[str]] = {}
        self.order = ""
        self.time = "0000"
        self._cleared = False

    def lay_out(self, data: str) -> None:
        """Take a table, or no data: a clear."""
        entries = ENTRY.findall(data)
        if "".join("".join(entry) for entry in entries) != data:
            self.faults.append(f"table: {data[:20]}")
            return
        rooms = {label: Room(kind, int(size, 16), more) for label, kind, _, size, more in entries}
        if len(rooms) < len(entries) or not all(map(_allowed, rooms.items())):
            self.faults.append("table: labels")
        if TABLE + sum(room.taken for room in rooms.values()) > self.pool:
            self.faults.append("table: more than the memory")
        if rooms and not self._cleared:
            self.faults.append("table: not cleared before, nothing would be shown")
        self._cleared = not data
        self.table, self.texts, self.strings, self.pictures = rooms, {}, {}, {}
        self.order = "".join(label for label, room in rooms.items() if room.kind == "A")

    @property
    def free(self) -> int:
        return max(0, self.pool - TABLE - sum(room.taken for room in self.table.values()))

    @property
    def size(self) -> str:
        """Tell all of the memory, and what is left of it."""
        return f"{self.pool:04X},{self.free:04X}"

    def listed(self) -> str:
        """Tell the table; the first file has what was left of the memory."""
        left = [self.free, *[0] * len(self.table)]
        rooms = zip(self.table.items(), left, strict=False)
        return "".join(
            f"{label}{room.kind}L{room.size + more:04X}{room.colours}"
            for (label, room), more in rooms
        )

    def write_text(self, label: str, data: str) -> None:
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

    def write_string(self, label: str, data: str) -> None:
        self._store(self.strings, label, "B", data)

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

    def write_picture(self, data: str) -> None:
        found = PICTURE.fullmatch(data)
        if found is None:
            self.faults.append(f"unknown: I{data[:20]}")
            return
        label, size, drawn = found.groups()
        rows, columns = divmod(int(size, 16), 256)
        room = self.table.get(label)
        lines = drawn.split("\r")
        if room is None or room.kind != "D" or room.size != int(size, 16):
            self.faults.append(f"no room: picture {label}")
        elif "0" in self.texts:
            self.faults.append(f"lost under the priority file: picture {label}")
        elif lines.pop() or [len(line) for line in lines] != [columns] * rows:
            self.faults.append(f"size: picture {label}")
        elif set(drawn) - set("\r012345678"):
            self.faults.append(f"colours: picture {label}")
        else:
            self.pictures[label] = lines

    def screens(self) -> list[Screen]:
        """Give what runs, in order: the priority file alone where there is one."""
        if "0" in self.texts:
            return [self._screen(self.texts["0"])]
        return [self._screen(self.texts[label]) for label in self.order if label in self.texts]

    def _screen(self, data: str) -> Screen:
        screen = Screen("a")
        codes = iter(data)
        for code in codes:
            if code == "\x1b":
                next(codes, "")
                screen.mode = next(codes, "")
            elif code == "\x14":
                self._lay(screen, next(codes, ""))
            elif code == "\x10":
                called = self._screen(self.strings.get(next(codes, ""), ""))
                screen.text += called.text
                screen.colour = called.colour or screen.colour
            elif code == "\x13":
                screen.text += f"{self.time[:2]}:{self.time[2:]}"
            elif code in ARGUMENTS:
                given = "".join(next(codes, "") for _ in range(ARGUMENTS[code]))
                screen.colour = given if code == "\x1c" else screen.colour
            elif code >= " ":
                screen.text += code
        return screen

    def _lay(self, screen: Screen, label: str) -> None:
        picture = self.pictures.get(label)
        if picture is None:
            # This is what a sign does where the table has no such picture.
            screen.text += label
        elif screen.pixels:
            pairs = zip(screen.pixels, picture, strict=False)
            screen.pixels = [left + right for left, right in pairs]
        else:
            screen.pixels = list(picture)


def _allowed(entry: tuple[str, Room]) -> bool:
    label, room = entry
    if room.kind == "B":
        return label not in "0?" and room.size <= 125 and room.colours == "0000"
    return " " <= label <= "~" and label != "0"
