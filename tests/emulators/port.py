"""A serial port that can be unplugged, plugged in again, and left unread: a pty and its name."""

from __future__ import annotations

import os
import select
import tty
from pathlib import Path

PATIENCE = 10.0
"""Seconds; what has been written takes its time to the far end on a busy machine."""


class Port:
    """A pty behind a stable name, as /dev/serial/by-id gives one; the far end of it is here."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "usb-board-port0"
        self.plug_in()

    def plug_in(self) -> None:
        # The near end is kept open too: without one a read at the far end fails.
        self._far, self._near = os.openpty()
        tty.setraw(self._near)
        self.path.symlink_to(os.ttyname(self._near))

    def unplug(self) -> None:
        if self.path.is_symlink():
            self.path.unlink()
            os.close(self._far)
            os.close(self._near)

    def read(self, count: int) -> bytes:
        """Give `count` bytes, fewer where no more come for a while."""
        got = b""
        while len(got) < count and self._comes(PATIENCE):
            got += os.read(self._far, count - len(got))
        return got

    def read_until(self, end: bytes) -> bytes:
        """Give what comes up to an end, or until no more comes for a while."""
        got = b""
        while not got.endswith(end) and self._comes(PATIENCE):
            got += os.read(self._far, 1 << 16)
        return got

    def said(self) -> bool:
        """Tell whether anything has come."""
        return self._comes(0)

    def drain(self) -> None:
        """Throw away what has come."""
        while self._comes(0):
            os.read(self._far, 1 << 16)

    def _comes(self, seconds: float) -> bool:
        poll = select.poll()  # select() knows no descriptor from 1024 on
        poll.register(self._far, select.POLLIN)
        return bool(poll.poll(1000 * seconds))

    def say(self, data: bytes) -> None:
        os.write(self._far, data)

    def fileno(self) -> int:
        """Give the far end, for an event loop to watch."""
        return self._far
