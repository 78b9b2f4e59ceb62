"""A port that is opened when it is needed, and again after it was lost."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from broadcaster.domain.link import LinkUrl
from broadcaster.links.opening import Port, open_port
from broadcaster.links.port import FAULTS, cannot_open, lost
from broadcaster.messages import Message, msg
from broadcaster.ports import TimeSource
from broadcaster.talk import LineError

REFUSED: tuple[type[Exception], ...] = (*FAULTS, ValueError)
"""A setting that a port can't have is a ValueError to pyserial."""
OPENING = 5.0
"""Seconds that are waited for a port to open; it may go on opening after them."""


class HeldPort:
    """One port by its name, which stays when what is plugged in there gets another number."""

    def __init__(
        self,
        url: LinkUrl,
        time: TimeSource,
        heard: Callable[[bytes], None],
        gone: Callable[[Message], None],
    ) -> None:
        self._url = url
        self._time = time
        self._heard = heard
        self._gone = gone
        self._port: Port | None = None
        self._opening: asyncio.Task[None] | None = None
        self._closing: asyncio.Task[None] | None = None
        self._fault = _closed(url)
        """Why there is no open port."""

    async def ready(self) -> Port:
        """Give the port, open; raises LineError."""
        if self._port is not None:
            self._port.catch_up()
        if self._port is None:
            # One that still hangs is not tried a second time beside it.
            if self._opening is None or self._opening.done():
                self._opening = asyncio.create_task(self._open())
            if not await within(self._time, OPENING, self._opening):
                raise LineError(msg("{port} takes too long to open", port=self._url.where))
        if self._port is None:
            raise LineError(self._fault)
        return self._port

    def lose(self, port: Port, why: Message) -> None:
        """Give up a port at fault, and tell of it."""
        if port is self._port:
            self._let_go(port, why, abandon=True)
            self._gone(why)

    async def close(self, *, abandon: bool) -> None:
        """Let go of the port; what it hasn't sent yet is thrown away where it is abandoned."""
        self._fault = _closed(self._url)
        if self._opening is not None:
            self._opening.cancel()
            await asyncio.wait({self._opening})
        if self._port is not None:
            self._let_go(self._port, self._fault, abandon=abandon)
        if self._closing is not None:
            await asyncio.wait({self._closing})

    def _let_go(self, port: Port, why: Message, *, abandon: bool) -> None:
        self._port, self._fault, port.over = None, why, why
        self._closing = asyncio.create_task(port.close(abandon=abandon))

    async def _open(self) -> None:
        if self._closing is not None:  # or it would be found in use
            await asyncio.wait({self._closing})
        try:
            self._port = await open_port(self._url, self._heard, self._lost)
        except REFUSED as error:
            self._fault = cannot_open(self._url, error)

    def _lost(self, error: Exception) -> None:
        if self._port is not None:
            self.lose(self._port, lost(self._url, error))


async def within(time: TimeSource, seconds: float, awaited: asyncio.Future[Any]) -> bool:
    """Wait for something, at most so long, and tell whether it is there; it goes on otherwise."""
    alarm = asyncio.ensure_future(time.sleep(seconds))
    try:
        await asyncio.wait({awaited, alarm}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        alarm.cancel()
    return awaited.done()


def _closed(url: LinkUrl) -> Message:
    return msg("{port} was closed", port=url.where)
