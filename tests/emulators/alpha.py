"""A board that speaks the Alpha protocol (form 9708-8061), written from the protocol alone.

It knows nothing of what sends to it, and is as strict as signs are: what breaks a rule is
dropped, and noted in `faults`.
"""

from __future__ import annotations

import re
from itertools import pairwise

from tests.emulators.alpha_memory import Memory, Screen
from tests.emulators.board import Board

__all__ = ["AlphaBoard", "Screen"]

DEAF = 5.0
"""Seconds of restart after a memory clear."""
ROOM = 0.1
"""Seconds between a picture's size and its rows."""
BETWEEN = 0.25
"""Seconds between two packets."""
PATIENCE = 1.0
"""Seconds between two bytes of a packet."""
# A frame that breaks off is given up where the next one begins.
FRAME = re.compile(rb"\x00{5,}\x01([!-~]{3}(?:,[!-~]{3})*)\x02([^\x00\x01\x04]*)\x04")


class AlphaBoard(Board):
    def __init__(
        self, type_code: str = "^", address: str = "01", *, pool: int = 30000, byte: float = 0.0
    ) -> None:
        super().__init__()
        self._type = type_code
        self._address = address
        self._pool = pool
        self._byte = byte
        """Seconds of one on the line; what is heard ends at the instant that is given."""
        self.seen: list[tuple[float, list[Screen]]] = []
        """What was seen from when on."""
        self.lose_power()

    def lose_power(self) -> None:
        """Lose all memory, as after a day without power."""
        self._buffer = b""
        self._arrived: list[float | None] = []
        self._deaf_until = 0.0
        self._ended: float | None = None
        self._said = b""
        self.day_clock = False
        self.memory = Memory(self._pool)
        self.memory.faults = self.faults

    @property
    def pictures(self) -> dict[str, list[str]]:
        return self.memory.pictures

    def answers(self, data: bytes, at: float) -> bytes:
        """Take bytes off the line, and tell what is asked for."""
        self._said = b""
        self.feed(data, at)
        return self._said

    def holds(self) -> list[list[str]]:
        """Give the pictures that run, in order; what scrolls, without the dark at its end."""
        lit = str.maketrans("0123456789", ".#########")
        shown = [
            ([row.translate(lit) for row in screen.pixels], screen.mode)
            for screen in self.screens()
        ]
        return [_trimmed(rows) if mode == "a" else rows for rows, mode in shown]

    def feed(self, data: bytes, at: float | None = None) -> None:
        """Take bytes off the line; `at` seconds, where the test is about their timing."""
        began = None if at is None else at - self._byte * len(data)
        if began is not None and began < self._deaf_until:
            self.faults.append(f"deaf: {data[:20]!r}")
            return
        self._buffer += data
        self._arrived += [
            None if began is None else began + self._byte * number for number in range(len(data))
        ]
        while found := FRAME.search(self._buffer):
            times = self._arrived[found.start() : found.end()]
            body_at = found.start(2) - found.start()
            self._buffer = self._buffer[found.end() :]
            self._arrived = self._arrived[found.end() :]
            self._keep_pace(times, at)
            if self._addressed(found[1].decode("ascii")):
                self._packet(found[2], times[body_at:])
                self._look(at)

    def screens(self) -> list[Screen]:
        """Give what runs, in order."""
        return self.memory.screens()

    def _keep_pace(self, times: list[float | None], at: float | None) -> None:
        known = [moment for moment in times if moment is not None]
        if self._ended is not None and known and known[0] < self._ended + BETWEEN - 1e-6:
            self.faults.append("no pause: between packets")
        if any(later - before > PATIENCE for before, later in pairwise(known)):
            self.faults.append("time-out: within a packet")
        self._ended = at

    def _look(self, at: float | None) -> None:
        screens = self.screens()
        if at is not None and (not self.seen or self.seen[-1][1] != screens):
            self.seen.append((at, screens))

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
            self.memory.write_text(rest[:1], rest[1:])
        elif code == "E":
            self._special(rest[:1], rest[1:], times)
        elif code == "F" and not self.refuses:
            self._said += self._told(rest)
        elif code == "G":
            self.memory.write_string(rest[:1], rest[1:])
        elif code == "I":
            self._picture(rest, times)
        else:
            self.faults.append(f"unknown: {command[:20]!r}")

    def _told(self, label: str) -> bytes:
        told = {
            '"': f"10581705C0601{self.memory.time}{'SM'[self.day_clock]}00{self.memory.size}",
            "#": self.memory.size,
            "$": self.memory.listed(),
            ".": f"SL{self.memory.order}",
        }
        if label not in told:
            self.faults.append(f"unknown: F{label[:20]}")
            return b""
        summed = f"\x02E{label}{told[label]}\x03".encode("ascii")
        return bytes(20) + b"\x01000" + summed + f"{sum(summed) % 65536:04X}\x04".encode()

    def _special(self, label: str, data: str, times: list[float | None]) -> None:
        if label == "$" and data.strip("$") == "":
            # Alpha 3.0 takes three more of them, and clears its card too.
            self.memory.lay_out("")
            self._deaf_until = 0.0 if times[-1] is None else times[-1] + DEAF
        elif label == "$":
            self.memory.lay_out(data)
        elif label == " " and re.fullmatch(r"[0-2]\d[0-5]\d", data):
            self.memory.time = data
        elif label == "'" and data in {"S", "M"}:
            self.day_clock = data == "M"
        elif label == "." and data[:1] in {"T", "S", "D"} and data[1:2] in {"L", "U"}:
            # A run of nothing freezes what is shown.
            self.memory.order = data[2:] or self.memory.order
        else:
            self.faults.append(f"unknown: E{label}{data[:20]}")

    def _picture(self, data: str, times: list[float | None]) -> None:
        # `times` begins at the command's own letter, two before the size.
        sized, began = (times[5], times[6]) if len(times) > 6 else (None, None)
        if sized is not None and began is not None and began - sized < ROOM - 1e-6:
            self.faults.append(f"no pause: picture {data[:1]}")
        else:
            self.memory.write_picture(data)


def _trimmed(rows: list[str]) -> list[str]:
    wide = max((len(row.rstrip(".")) for row in rows), default=0)
    return [row[:wide] for row in rows]
