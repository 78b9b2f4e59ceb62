"""A serial port whose control lines key something: RTS and DTR."""

from __future__ import annotations

import asyncio
import contextlib
import errno
from typing import TYPE_CHECKING

from broadcaster.errors import DeviceError
from broadcaster.links.port import FAULTS, number
from broadcaster.links.serial_link import SerialLink
from broadcaster.messages import msg

if TYPE_CHECKING:
    from serial import SerialBase

REFUSED: tuple[type[Exception], ...] = (*FAULTS, ValueError)
"""A serial server's refusal is a ValueError to pyserial."""
NO_LINES = {errno.ENOTTY, errno.EINVAL}
"""What the system says of a port without control lines."""


class ControlPort(SerialLink):
    """One port, held open; its lines are low from its opening on, but for those that are set.

    Linux raises both lines by itself while it opens a port, until they are lowered a moment later
    (tty_port_block_til_ready in drivers/tty/tty_port.c): so it is opened once and kept. Closed, by
    us or by our death, it lowers both.
    """

    _high: frozenset[str] = frozenset()

    async def set(self, line: str, *, high: bool) -> None:
        """Make a line, `rts` or `dtr`, high or low; raises DeviceError."""
        await asyncio.to_thread(self._set, line, high=high)

    async def check_line(self, line: str) -> None:
        """Raise DeviceError where the port can't be opened or has no such line; leaves it so."""
        await asyncio.to_thread(self._keep, line)

    def _set(self, line: str, *, high: bool) -> None:
        with self._busy:
            # A port that has to be opened first must not raise what is to be low.
            self._high -= {line}
            self._drive(line, high=high)
            self._high |= {line} if high else set()

    def _keep(self, line: str) -> None:
        with self._busy:
            self._drive(line, high=line in self._high)

    def _drive(self, line: str, *, high: bool) -> None:
        port = self._ready()
        try:
            setattr(port, line, high)
        except REFUSED as error:
            self._drop()
            if number(error) in NO_LINES:
                text = msg("{port} has no line {line}", port=self._url.where, line=line)
                raise DeviceError(self._device, text) from error
            raise self._lost(error) from error

    def _open(self, port: SerialBase) -> None:
        port.rts, port.dtr = "rts" in self._high, "dtr" in self._high
        super()._open(port)
        if self._url.scheme == "serial":
            _ours_until_closed(port.fileno())


def _ours_until_closed(port: int) -> None:
    """Have the system lower the lines when the port is closed, and refuse it to others till then.

    Somebody else's opening would raise them, even one that finds the port locked. Root alone is
    not refused (TIOCEXCL in tty_ioctl(4)).
    """
    with contextlib.suppress(ImportError):  # Windows has neither, and lowers them by itself
        import fcntl
        import termios

        settings = termios.tcgetattr(port)
        settings[2] |= termios.HUPCL
        termios.tcsetattr(port, termios.TCSANOW, settings)
        fcntl.ioctl(port, termios.TIOCEXCL)
