"""A port that the event loop watches: one epoll over the descriptors of all of them."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import os
from collections.abc import Callable

MOST = 1 << 16
"""Bytes kept of what nobody has asked for; the oldest are dropped."""


class StalledError(OSError):
    """A port that takes no more bytes."""


class DescriptorPort:
    """A descriptor that never blocks; it is always read, so that its loss is noticed at once."""

    def __init__(
        self, number: int, close: Callable[[], None], lost: Callable[[OSError], None]
    ) -> None:
        self._number = number
        self._close = close
        self._lost = lost
        self._loop = asyncio.get_running_loop()
        self._heard = bytearray()
        self._news = asyncio.Event()
        self._fault: OSError | None = None
        self._loop.add_reader(number, self._readable)

    async def write(self, data: bytes, seconds: float) -> None:
        """Give all of it to the system; raises OSError, StalledError after so many seconds."""
        left = memoryview(data)
        while left:
            if self._fault is not None:
                raise self._fault
            try:
                left = left[os.write(self._number, left) :]
            except BlockingIOError:
                await self._writable(seconds)

    async def read(self, seconds: float) -> bytes:
        """Give what has come, or comes first within so many seconds; raises OSError."""
        if not self._heard and self._fault is None:
            self._news.clear()
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(seconds):
                    await self._news.wait()
        if not self._heard and self._fault is not None:
            raise self._fault
        data = bytes(self._heard)
        self._heard.clear()
        return data

    async def clear(self) -> None:
        """Throw away what has come."""
        self._heard.clear()

    def close(self) -> None:
        """Let go of it."""
        if self._number >= 0:
            self._loop.remove_reader(self._number)
            self._number = -1
            self._close()

    def _readable(self) -> None:
        try:
            data = os.read(self._number, MOST)
        except BlockingIOError:
            return
        except OSError as error:
            self._end(error)
            return
        if data:
            self._heard += data
            del self._heard[:-MOST]
            self._news.set()
        else:
            self._end(OSError(errno.ECONNRESET, os.strerror(errno.ECONNRESET)))

    def _end(self, error: OSError) -> None:
        self._fault = error
        self._loop.remove_reader(self._number)
        self._news.set()
        self._lost(error)

    async def _writable(self, seconds: float) -> None:
        ready = self._loop.create_future()
        self._loop.add_writer(self._number, _settle, ready)
        try:
            async with asyncio.timeout(seconds):
                await ready
        except TimeoutError:
            raise StalledError(errno.ETIMEDOUT, os.strerror(errno.ETIMEDOUT)) from None
        finally:
            if self._number >= 0:
                self._loop.remove_writer(self._number)


def _settle(ready: asyncio.Future[None]) -> None:
    if not ready.done():
        ready.set_result(None)
