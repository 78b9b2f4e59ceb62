"""Serial ports, TCP sockets and serial servers, all through pyserial."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from typing import TYPE_CHECKING

from broadcaster.domain.link import LinkUrl
from broadcaster.errors import DeviceError
from broadcaster.links.port import FAULTS, cannot_open, lost, stalled, unopened

if TYPE_CHECKING:
    from serial import SerialBase

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
        try:
            port = unopened(self._url)
            self._open(port)
        except FAULTS as error:
            raise DeviceError(self._device, cannot_open(self._url, error)) from error
        return port

    def _open(self, port: SerialBase) -> None:
        """Open a port that has its settings; a kind of port with more to set does it here."""
        port.open()

    def _lost(self, error: Exception) -> DeviceError:
        import serial

        stalls = isinstance(error, serial.SerialTimeoutException)
        return DeviceError(self._device, stalled(self._url) if stalls else lost(self._url, error))

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
