"""A line in memory with emulated boards on it, for tests of what is said to boards."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from broadcaster.messages import msg
from broadcaster.ports import TimeSource
from broadcaster.talk import Answer, Heard, LineError, Say
from tests.emulators.board import Board

BYTE = 10 / 9600
"""Seconds of one on the line."""


class FakeLine:
    """Carries what is said to every board on it, and what they answer; fails while `unplugged`."""

    def __init__(self, time: TimeSource, *boards: Board) -> None:
        self.boards = boards
        self.unplugged = False
        self.writes: list[tuple[float, bytes]] = []
        """When the last byte of each piece was out, and the piece."""
        self._time = time
        self._lost: list[Callable[[LineError], None]] = []
        self._alone = asyncio.Lock()
        self._saying: asyncio.Task[Heard | None] | None = None
        self._gone: asyncio.Future[LineError] | None = None

    @property
    def data(self) -> bytes:
        return b"".join(data for _, data in self.writes)

    def seconds(self, count: int) -> float:
        return count * BYTE

    async def say(self, what: Say) -> Heard | None:
        async with self._alone:
            if self._saying is not None and not self._saying.done():
                await asyncio.wait({self._saying})
            await self.check()
            self._saying = asyncio.create_task(self._say(what))
            return await asyncio.shield(self._saying)

    async def _say(self, what: Say) -> Heard | None:
        heard = b""
        for number, piece in enumerate(what.pieces):
            await self._wait(what.pause if number else 0.0)
            await self._wait(self.seconds(len(piece)))
            at = self._time.monotonic()
            self.writes.append((at, piece))
            heard += b"".join(board.hear(piece, at) for board in self.boards)
        return None if what.answer is None else await self._answer(what, what.answer, heard)

    async def _answer(self, what: Say, answer: Answer, heard: bytes) -> Heard:
        slowest = max((board.delay for board in self.boards), default=0.0)
        takes = slowest + self.seconds(len(heard))
        if heard and takes <= what.patience:
            await self._wait(takes)
            if (read := answer(heard)) is not None:
                return read
        await self._wait(what.patience)
        raise LineError(msg("does not answer"))

    async def _wait(self, seconds: float) -> None:
        """Let time pass, or fail as soon as it is unplugged or closed."""
        self._gone = asyncio.get_running_loop().create_future()
        alarm = asyncio.ensure_future(self._time.sleep(seconds))
        await asyncio.wait({alarm, self._gone}, return_when=asyncio.FIRST_COMPLETED)
        alarm.cancel()
        if self._gone.done():
            raise self._gone.result()

    async def check(self) -> None:
        if self.unplugged:
            raise LineError(msg("is unplugged"))

    def unplug(self) -> None:
        """Lose the port, and say so as a real one does."""
        self.unplugged = True
        error = LineError(msg("is unplugged"))
        self._fail(error)
        for lost in self._lost:
            lost(error)

    def listen(self, lost: Callable[[LineError], None]) -> None:
        self._lost.append(lost)

    async def close(self) -> None:
        self._fail(LineError(msg("was closed")))

    def _fail(self, error: LineError) -> None:
        if self._gone is not None and not self._gone.done():
            self._gone.set_result(error)
