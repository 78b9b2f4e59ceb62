"""An open port as a descriptor, watched by asyncio's one epoll loop among all others."""

from __future__ import annotations

import asyncio
import contextlib
import os
import socket
import struct
from collections.abc import Callable

from broadcaster.domain.link import LinkUrl
from broadcaster.links.port import FAULTS, EndError
from broadcaster.links.thread import in_thread
from broadcaster.messages import Message

CHUNK = 4096
"""Bytes read at a time."""
MOST = 1 << 16
"""Bytes thrown away at most before something is said."""
DEAF = 0.1
"""Seconds at most until it is read again, however slow its line is said to be."""
FASTEST = 200_000
"""Bytes a second that are read at most, however fast a network is."""


class DescriptorPort:
    """Reads whatever comes, no faster than the line can carry it: a flood takes no more time."""

    over: Message | None = None

    def __init__(
        self,
        descriptor: int,
        url: LinkUrl,
        heard: Callable[[bytes], None],
        lost: Callable[[Exception], None],
    ) -> None:
        self._descriptor = descriptor
        self._url = url
        self._heard = heard
        self._lost = lost
        self._loop = asyncio.get_running_loop()
        self._rest: asyncio.TimerHandle | None = None
        self._carried = 0.0
        """When the line has carried what was read last."""
        self._writable: asyncio.Future[None] | None = None
        self._fault: Exception | None = None
        self._watch()

    def catch_up(self) -> None:
        """Read what has come already, or notice that the port is lost."""
        for _ in range(MOST // CHUNK):
            if not self._read():
                return

    def write(self, data: bytes) -> asyncio.Future[None] | None:
        """Give all of it to the system; what it doesn't take now once it can. Raises FAULTS."""
        left = self._give(memoryview(data))
        # Most often there is nothing left, and a task to wait for it would be the dearest part.
        return asyncio.ensure_future(self._give_rest(left)) if left else None

    def _give(self, left: memoryview) -> memoryview:
        """Give the system what it takes now, and return the rest."""
        if self._fault is not None:  # its number may be another's by now
            raise self._fault
        with contextlib.suppress(BlockingIOError):
            while left:
                left = left[os.write(self._descriptor, left) :]
        return left

    async def _give_rest(self, left: memoryview) -> None:
        while left:
            await self._room()
            left = self._give(left)

    async def close(self, *, abandon: bool) -> None:
        """Let go of it; what it hasn't sent yet is thrown away where it is abandoned."""
        self._stop(EndError())
        if abandon:
            with contextlib.suppress(*FAULTS):
                _throw_away(self._descriptor, self._url)
        if self._url.scheme == "serial":  # which may block there until it has sent all
            await in_thread(lambda: os.close(self._descriptor))
        else:
            os.close(self._descriptor)

    def _watch(self) -> None:
        self._rest = None
        self._loop.add_reader(self._descriptor, self._comes)

    def _comes(self) -> None:
        now = self._loop.time()
        if now < self._carried:  # a flood, or a network; an answer comes no faster than its line
            self._loop.remove_reader(self._descriptor)
            self._rest = self._loop.call_at(self._carried, self._watch)
        elif count := self._read():
            rest = max(self._url.seconds(count), count / FASTEST)
            self._carried = now + min(rest, DEAF)

    def _read(self) -> int:
        try:
            data = os.read(self._descriptor, CHUNK)
        except BlockingIOError:
            return 0
        except OSError as error:
            self._end(error)
            return 0
        if data:
            self._heard(data)
        else:
            self._end(EndError())
        return len(data)

    def _end(self, error: Exception) -> None:
        self._stop(error)
        self._lost(error)

    def _stop(self, error: Exception) -> None:
        self._fault = self._fault or error
        self._loop.remove_reader(self._descriptor)
        self._loop.remove_writer(self._descriptor)
        if self._rest is not None:
            self._rest.cancel()
        if self._writable is not None and not self._writable.done():
            self._writable.set_exception(error)

    async def _room(self) -> None:
        self._writable = self._loop.create_future()
        self._loop.add_writer(self._descriptor, self._has_room)
        await self._writable

    def _has_room(self) -> None:
        self._loop.remove_writer(self._descriptor)
        if self._writable is not None and not self._writable.done():
            self._writable.set_result(None)


def _throw_away(descriptor: int, url: LinkUrl) -> None:
    if url.scheme == "serial":
        import termios

        termios.tcflush(descriptor, termios.TCOFLUSH)
    else:
        connection = socket.socket(fileno=descriptor)
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        connection.detach()
