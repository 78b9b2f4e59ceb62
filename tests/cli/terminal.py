"""A program in a real pseudo-terminal, and what is to be seen on it."""

from __future__ import annotations

import contextlib
import fcntl
import os
import pty
import select
import struct
import subprocess
import termios
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pyte

from broadcaster.clock import SystemTime

PATIENCE = 30.0


class Terminal:
    """What a terminal of so many columns and rows shows."""

    def __init__(self, far: int, child: subprocess.Popen[bytes], columns: int, rows: int) -> None:
        self._far = far
        self.child = child
        self._screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self._screen)

    @property
    def lines(self) -> list[str]:
        """Give its rows down to the last that isn't empty."""
        rows = [line.rstrip() for line in self._screen.display]
        while rows and not rows[-1]:
            rows.pop()
        return rows

    def wait(self, until: Callable[[list[str]], bool]) -> list[str]:
        """Give what it shows once that is so."""
        time = SystemTime()
        end = time.monotonic() + PATIENCE
        while not until(self.lines):
            left = end - time.monotonic()
            assert left > 0, "\n".join(self.lines)
            self._hear(left)
        return self.lines

    def type(self, keys: bytes) -> None:
        os.write(self._far, keys)

    def resize(self, columns: int, rows: int) -> None:
        """Give it another size, as who draws its window at a corner does."""
        _size(self._far, columns, rows)
        self._screen.resize(rows, columns)

    def hang_up(self) -> None:
        """Close its window."""
        os.close(self._far)

    def _hear(self, seconds: float) -> None:
        if select.select([self._far], [], [], min(seconds, 0.1))[0]:
            try:
                self._stream.feed(os.read(self._far, 65_536))
            except OSError as error:  # nobody has the terminal open any more
                raise AssertionError("\n".join(self.lines)) from error


@contextmanager
def terminal(
    command: Sequence[str], folder: Path, columns: int, rows: int, **env: str
) -> Iterator[Terminal]:
    """Run a command in a terminal of its own, which sends it Ctrl-C as a signal."""
    far, near = pty.openpty()
    _size(near, columns, rows)
    # Whoever runs the tests may have had hang-ups ignored, which is inherited.
    child = subprocess.Popen(
        ["env", "--default-signal=HUP", "setsid", "--ctty", *command],
        cwd=folder, stdin=near, stdout=near, stderr=near,
        env=os.environ | {"TERM": "xterm-256color"} | env,
    )  # fmt: skip
    os.close(near)
    try:
        yield Terminal(far, child, columns, rows)
    finally:
        child.kill()
        child.wait()
        with contextlib.suppress(OSError):  # its window is closed
            os.close(far)


def _size(of: int, columns: int, rows: int) -> None:
    fcntl.ioctl(of, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
