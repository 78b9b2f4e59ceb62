"""How ports are opened and configured, and what is said of those that fail."""

from __future__ import annotations

import contextlib
import errno
import os
import socket
from typing import TYPE_CHECKING

from broadcaster.domain.link import LinkUrl
from broadcaster.errors import why
from broadcaster.messages import Message, msg

if TYPE_CHECKING:
    from serial import SerialBase

FAULTS: tuple[type[Exception], ...] = (OSError,)
"""All that an unplugged port raises; SerialException is an OSError."""
with contextlib.suppress(ImportError):  # Windows has none
    import termios

    FAULTS += (termios.error,)


_GONE = {errno.EIO, errno.ENXIO, errno.ENODEV, errno.ECONNRESET, errno.EPIPE}
"""What the system says of a device, or of a peer, that isn't there any more."""


class EndError(OSError):
    """The end of what comes from a port: it was unplugged, or its peer has closed."""


def unopened(url: LinkUrl) -> SerialBase:
    """Give a port with all its settings, to be opened."""
    import serial

    return serial.serial_for_url(
        url.where if url.scheme == "serial" else str(url),
        baudrate=url.baud,
        bytesize=int(url.format[0]),
        parity=url.format[1],
        stopbits=float(url.format[2:]),
        timeout=0,
        exclusive=True if url.scheme == "serial" else None,
        do_not_open=True,
    )


def cannot_open(url: LinkUrl, error: Exception) -> Message:
    """Say why a port couldn't be opened."""
    port, code = url.where, number(error)
    if code in {errno.EAGAIN, errno.EBUSY}:
        return msg("{port} is in use by another program", port=port)
    if code in {errno.EACCES, errno.EPERM}:
        return msg("{port} is not ours to open: join the group dialout", port=port)
    return msg("can't open {port}: {reason}", port=port, reason=_reason(error))


def lost(url: LinkUrl, error: Exception) -> Message:
    """Say how a port was lost."""
    gone = isinstance(error, EndError) or number(error) in _GONE
    if not gone:
        reason = _reason(error)
    elif url.scheme == "serial":
        reason = msg("it was unplugged")
    else:
        reason = msg("the other end closed it")
    return msg("lost {port}: {reason}", port=url.where, reason=reason)


def stalled(url: LinkUrl) -> Message:
    """Say that a port takes nothing more."""
    return msg("{port} is stalled: it takes no more bytes", port=url.where)


def number(error: BaseException | None) -> int | None:
    """Give the system's number of an error, where it has one."""
    # pyserial wraps the system's errors and often leaves their number behind.
    while error is not None:
        if error.args and isinstance(error.args[0], int):
            return error.args[0]
        error = error.__context__
    return None


def _reason(error: Exception) -> Message:
    if isinstance(error, socket.gaierror) or isinstance(error.__context__, socket.gaierror):
        return msg("no such host is known")
    code = number(error)
    return why(OSError(str(error)) if code is None else OSError(code, os.strerror(code)))
