"""A line that boards hang on: one port, on which one of them is talked to at a time."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import nullcontext

from broadcaster.domain.link import LinkUrl
from broadcaster.links.held import HeldPort, within
from broadcaster.links.opening import Port
from broadcaster.links.port import FAULTS, lost, stalled
from broadcaster.messages import Message, msg
from broadcaster.ports import TimeSource
from broadcaster.talk import Answer, Heard, LineError, Say

STALL = 5.0
"""Seconds that a write may take beyond what the line needs for it."""
MOST = 1 << 13
"""Bytes of what is heard that are searched for an answer, the latest: no board says so much."""


class PortLine:
    """Opened when something is said, and again after it was lost; open, it is always listened to.

    What has begun to be said is finished, whatever becomes of who began it: half a frame would
    swallow the beginning of the next one.
    """

    def __init__(self, url: LinkUrl, time: TimeSource) -> None:
        self._url = url
        self._time = time
        self._held = HeldPort(url, time, self._hear, self._lost)
        self._listeners: list[Callable[[LineError], None]] = []
        self._alone = asyncio.Lock()
        self._yielding = asyncio.Lock()
        """One alone of those that yield asks for its turn: others wait for no more than that."""
        self._saying: asyncio.Task[Heard | None] | None = None
        self._heard: bytearray | None = None
        """None while nothing is said."""
        self._stirred: asyncio.Future[None] | None = None

    def seconds(self, count: int) -> float:
        """Give how long so many bytes take on the line."""
        return self._url.seconds(count)

    async def say(self, what: Say) -> Heard | None:
        """Say something, alone on the line, and give the answer; raises LineError."""
        async with self._yielding if what.yields else nullcontext(), self._alone:
            if self._saying is not None and not self._saying.done():
                await asyncio.wait({self._saying})
            port = await self._held.ready()
            self._saying = asyncio.create_task(self._say(port, what))
            self._saying.add_done_callback(_unasked)
            return await asyncio.shield(self._saying)

    async def check(self) -> None:
        """Raise LineError where the port can't be opened, or is lost."""
        await self._held.ready()

    def listen(self, lost: Callable[[LineError], None]) -> None:
        """Have `lost` called whenever an open port is lost, be it while nothing is said."""
        self._listeners.append(lost)

    async def close(self) -> None:
        """Let go of the port; what is being said fails, and a later `say` opens it again."""
        await self._held.close(abandon=self._heard is not None)
        self._stir()

    async def _say(self, port: Port, what: Say) -> Heard | None:
        self._heard = bytearray()
        out = self._time.monotonic()
        try:
            for number, piece in enumerate(what.pieces):
                if number:
                    await self._rest(port, out + what.pause)
                out = await self._write(port, piece)
            if what.answer is not None:
                return await self._answer(port, what.answer, out + what.patience)
            await self._rest(port, out)
        finally:
            self._heard = None
        return None

    async def _write(self, port: Port, piece: bytes) -> float:
        """Write a piece, and give when its last byte is on the line."""
        takes = self.seconds(len(piece))
        out = self._time.monotonic() + takes
        try:
            writing = port.write(piece)
            if writing is not None:
                await self._written(port, writing, takes + STALL)
        except FAULTS as error:
            self._held.lose(port, lost(self._url, error))
            raise LineError(port.over or lost(self._url, error)) from error
        return out

    async def _written(self, port: Port, writing: asyncio.Future[None], seconds: float) -> None:
        """Wait until the system has taken it all; raises FAULTS, or LineError after so long."""
        if not await within(self._time, seconds, writing):
            writing.cancel()
            self._held.lose(port, stalled(self._url))
            raise LineError(stalled(self._url))
        await writing

    async def _rest(self, port: Port, until: float) -> None:
        """Wait for an instant; raises LineError where the port is lost."""
        while (left := until - self._time.monotonic()) > 0:
            _check(port)
            await self._news(left)
        _check(port)

    async def _answer(self, port: Port, answer: Answer, until: float) -> Heard:
        while True:
            heard = bytes(self._heard or b"")
            if (read := answer(heard)) is not None:
                return read
            _check(port)
            if (left := until - self._time.monotonic()) <= 0:
                raise LineError(self._unanswered(heard))
            await self._news(left)

    async def _news(self, seconds: float) -> None:
        """Wait for more to be heard, or for the port to be lost, at most so long."""
        self._stirred = asyncio.get_running_loop().create_future()
        await within(self._time, seconds, self._stirred)

    def _hear(self, data: bytes) -> None:
        if self._heard is not None:
            self._heard += data
            del self._heard[:-MOST]
            self._stir()

    def _lost(self, why: Message) -> None:
        self._stir()
        for listener in self._listeners:
            listener(LineError(why))

    def _stir(self) -> None:
        if self._stirred is not None and not self._stirred.done():
            self._stirred.set_result(None)

    def _unanswered(self, heard: bytes) -> Message:
        port = self._url.where
        if not heard:
            return msg("no answer came on {port}", port=port)
        return msg("no answer came on {port}, but {count} bytes", port=port, count=len(heard))


def _unasked(said: asyncio.Task[Heard | None]) -> None:
    """Take note of what went wrong, or it would be logged where who asked is gone."""
    if not said.cancelled():
        said.exception()


def _check(port: Port) -> None:
    if port.over is not None:
        raise LineError(port.over)
