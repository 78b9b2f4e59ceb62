"""Emulated BX-6 boards behind ptys, in a process of their own, which keeps the baud a pty lacks.

`python -m tests.bench.board_farm LINES BOARDS_A_LINE` prints the ptys' names as JSON. To each line
on stdin it prints a row a line: the frames with pictures that came since the last one, each with
when it began and ended there and its bytes; and what each board holds.
"""

from __future__ import annotations

import heapq
import json
import os
import resource
import selectors
import sys
import tty
from dataclasses import dataclass, field

from broadcaster.clock import SystemTime
from tests.emulators.onbon_bx6 import Bx6Board

BYTE = 10 / 9600
"""Seconds of a byte: 8N1 at 9600 baud."""
TIME = SystemTime()
PICTURE = 200
"""Bytes from which on a frame is one of pixels."""


@dataclass
class Line:
    far: int
    boards: list[Bx6Board]
    free: float = 0.0
    """When its last byte is through."""
    answered: int = 0
    """Bytes of the answers to frames with pictures."""
    frames: list[tuple[float, float, int]] = field(default_factory=list)


def now() -> float:
    return TIME.now().timestamp()


class Farm:
    def __init__(self, lines: int, each: int) -> None:
        _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, 2 * lines + 64), hard))
        self._selector = selectors.DefaultSelector()
        self._lines: dict[int, Line] = {}
        self._heard: list[tuple[float, int, bytes]] = []
        """What is through its line at a time, and then heard."""
        self._answers: list[tuple[float, int, bytes]] = []
        self._near = []
        names = []
        for _ in range(lines):
            far, near = os.openpty()
            tty.setraw(near)
            names.append(os.ttyname(near))
            self._near.append(near)
            boards = [Bx6Board(128, 16, address=number + 1) for number in range(each)]
            self._lines[far] = Line(far, boards)
            self._selector.register(far, selectors.EVENT_READ)
        self._selector.register(sys.stdin, selectors.EVENT_READ)
        print(json.dumps(names), flush=True)

    def serve(self) -> None:
        while True:
            due = [each[0][0] for each in (self._heard, self._answers) if each]
            wait = max(0.0, min(due) - now()) if due else None
            for key, _ in self._selector.select(wait):
                if key.fileobj is sys.stdin:
                    if not sys.stdin.readline():
                        return
                    self._report()
                else:
                    self._take(self._lines[key.fd])
            while self._heard and self._heard[0][0] <= now():
                at, far, data = heapq.heappop(self._heard)
                self._hear(self._lines[far], data, at)
            while self._answers and self._answers[0][0] <= now():
                _, far, said = heapq.heappop(self._answers)
                os.write(far, said)

    def _take(self, line: Line) -> None:
        data = os.read(line.far, 1 << 16)
        begun = max(now(), line.free)
        line.free = begun + len(data) * BYTE
        if len(data) >= PICTURE:
            line.frames.append((begun, line.free, len(data)))
        heapq.heappush(self._heard, (line.free, line.far, data))

    def _hear(self, line: Line, data: bytes, at: float) -> None:
        # The board that is spoken to alone: a thousand decoders are more than one core is fast for.
        to = int.from_bytes(data.lstrip(b"\xa5")[:2], "little")
        if said := line.boards[to - 1].hear(data, at):
            line.free = max(line.free, at + len(said) * BYTE)
            if len(data) >= PICTURE:
                line.answered += len(said)
            heapq.heappush(self._answers, (at + len(said) * BYTE, line.far, said))

    def _report(self) -> None:
        rows = []
        for line in self._lines.values():
            held = ["".join(board.holds()[0]) if board.holds() else "" for board in line.boards]
            rows.append({"frames": line.frames, "answered": line.answered, "held": held})
            line.frames, line.answered = [], 0
        print(json.dumps(rows), flush=True)


if __name__ == "__main__":
    Farm(int(sys.argv[1]), int(sys.argv[2])).serve()
