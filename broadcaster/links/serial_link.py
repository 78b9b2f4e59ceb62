"""Serial ports, TCP sockets and serial servers, all through pyserial."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import os
import threading
from typing import TYPE_CHECKING

from broadcaster.domain.link import LinkUrl
from broadcaster.errors import DeviceError, why
from broadcaster.messages import Message, msg

if TYPE_CHECKING:
    from serial import SerialBase

FAULTS: tuple[type[Exception], ...] = (OSError,)
"""All that an unplugged port raises; SerialException is an OSError."""
with contextlib.suppress(ImportError):  # Windows has none
    import termios

    FAULTS += (termios.error,)

PATIENCE = 5.0
"""Seconds that a write may take beyond what the line needs for it."""


class SerialLink:
    """One port, opened by the first write, and again by the next one after a fault.

    pyserial's calls block, so each runs in a thread; one at a time, even where its caller has
    been cancelled meanwhile.
    """

    def __init__(self, url: LinkUrl, device: str, patience: float = PATIENCE) -> None:
        self._url = url
        self._device = device
        self._patience = patience
        self._port: SerialBase | None = None
        self._busy = threading.Lock()

    async def write(self, data: bytes) -> None:
        """Give all of it to the port; it may still be on the line when this returns."""
        await asyncio.to_thread(self._write, data)

    async def check(self) -> None:
        """Open the port, where it isn't, and see that it is still there."""
        await asyncio.to_thread(self._check)

    async def close(self) -> None:
        """Let go of the port."""
        await asyncio.to_thread(self._close)

    def _write(self, data: bytes) -> None:
        with self._busy:
            port = self._ready()
            try:
                if self._url.scheme != "rfc2217":  # which has a deadline of its own
                    port.write_timeout = self._patience + self._url.seconds(len(data))
                port.write(data)
            except FAULTS as error:
                self._drop()
                raise self._lost(error) from error

    def _check(self) -> None:
        with self._busy:
            self._ready()

    def _close(self) -> None:
        with self._busy:
            self._close_port()

    def _ready(self) -> SerialBase:
        # What a board says is thrown away; asking for it is what shows that a peer has gone, as
        # the first write after that would still succeed.
        try:
            if self._port is not None and (waiting := self._port.in_waiting):
                self._port.read(waiting)
        except FAULTS:
            self._drop()
        if self._port is None:
            self._port = self._opened()
        return self._port

    def _opened(self) -> SerialBase:
        import serial

        url = self._url
        try:
            port = serial.serial_for_url(
                url.where if url.scheme == "serial" else str(url),
                baudrate=url.baud,
                bytesize=int(url.format[0]),
                parity=url.format[1],
                stopbits=float(url.format[2:]),
                timeout=0,
                exclusive=True if url.scheme == "serial" else None,
                do_not_open=True,
            )
            self._open(port)
        except FAULTS as error:
            raise DeviceError(self._device, self._unopened(error)) from error
        return port

    def _open(self, port: SerialBase) -> None:
        """Open a port that has its settings; a kind of port with more to set does it here."""
        port.open()

    def _unopened(self, error: Exception) -> Message:
        port, code = self._url.where, number(error)
        if code in {errno.EAGAIN, errno.EBUSY}:
            return msg("{port} is in use by another program", port=port)
        if code in {errno.EACCES, errno.EPERM}:
            return msg("{port} is not ours to open: join the group dialout", port=port)
        return msg("can't open {port}: {reason}", port=port, reason=_reason(error))

    def _lost(self, error: Exception) -> DeviceError:
        import serial

        if isinstance(error, serial.SerialTimeoutException):
            text = msg("{port} is stalled: it takes no more bytes", port=self._url.where)
        else:
            text = msg("lost {port}: {reason}", port=self._url.where, reason=_reason(error))
        return DeviceError(self._device, text)

    def _drop(self) -> None:
        """Close a port at fault; what it hasn't sent is thrown away, or closing would wait."""
        if self._port is not None and self._url.scheme == "serial":
            with contextlib.suppress(*FAULTS):
                self._port.reset_output_buffer()
        self._close_port()

    def _close_port(self) -> None:
        port, self._port = self._port, None
        if port is not None:
            with contextlib.suppress(*FAULTS):
                port.close()


def number(error: BaseException | None) -> int | None:
    """Give the system's number of an error, where it has one."""
    # pyserial wraps the system's errors and often leaves their number behind.
    while error is not None:
        if error.args and isinstance(error.args[0], int):
            return error.args[0]
        error = error.__context__
    return None


def _reason(error: Exception) -> Message:
    code = number(error)
    return why(OSError(str(error)) if code is None else OSError(code, os.strerror(code)))
