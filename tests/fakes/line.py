"""A line in memory with emulated boards on it, for tests of what is said to boards."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import nullcontext

from broadcaster.messages import msg
from broadcaster.ports import TimeSource
from broadcaster.talk import Answer, Heard, LineError, Say
from tests.emulators.board import Board

BYTE = 10 / 9600
"""Seconds of one on the line."""


class FakeLine:
    """Carries what is said to every board on it, and what they answer; fails while `unplugged`.

    As on two wires, boards hear one another, and what comes too late for one who asked is there
    for the next.
    """

    def __init__(self, time: TimeSource, *boards: Board) -> None:
        self.boards = boards
        self.unplugged = False
        self.writes: list[tuple[float, bytes]] = []
        """When the last byte of each piece was out, and the piece."""
        self._time = time
        self._listeners: list[Callable[[LineError], None]] = []
        self._alone = asyncio.Lock()
        self._yielding = asyncio.Lock()
        self._saying: asyncio.Task[Heard | None] | None = None
        self._gone: asyncio.Future[LineError] | None = None
        """None while the port is not open."""
        self._coming: list[tuple[float, bytes]] = []
        """What is said to us, and when the last byte of it is here."""

    @property
    def data(self) -> bytes:
        return b"".join(data for _, data in self.writes)

    def seconds(self, count: int) -> float:
        return count * BYTE

    async def say(self, what: Say) -> Heard | None:
        async with self._yielding if what.yields else nullcontext(), self._alone:
            if self._saying is not None and not self._saying.done():
                await asyncio.wait({self._saying})
            self._saying = asyncio.create_task(self._say(what, self._ready()))
            self._saying.add_done_callback(lambda said: said.cancelled() or said.exception())
            return await asyncio.shield(self._saying)

    async def check(self) -> None:
        self._ready()

    def unplug(self) -> None:
        """Lose the port, and say so as a real one does: where it is open."""
        self.unplugged = True
        error = LineError(msg("is unplugged"))
        if self._let_go(error):
            for listener in self._listeners:
                listener(error)

    def noise(self, data: bytes) -> None:
        """Put bytes on the line that nobody said."""
        now = self._time.monotonic()
        self._coming.append((now, data))
        self.carry(data, now)

    def carry(self, data: bytes, at: float) -> None:
        """Have all boards hear bytes, and each what the others say to them."""
        for board in self.boards:
            if said := board.hear(data, at):
                self._coming.append((at + board.delay + self.seconds(len(said)), said))
                for other in self.boards:
                    if other is not board:
                        other.hear(said, at)

    def listen(self, lost: Callable[[LineError], None]) -> None:
        self._listeners.append(lost)

    async def close(self) -> None:
        self._let_go(LineError(msg("was closed")))

    def _ready(self) -> asyncio.Future[LineError]:
        if self.unplugged:
            raise LineError(msg("is unplugged"))
        if self._gone is None:
            self._gone = asyncio.get_running_loop().create_future()
        return self._gone

    def _let_go(self, error: LineError) -> bool:
        """Fail what is being said; tell whether the port was open."""
        gone, self._gone = self._gone, None
        if gone is not None:
            gone.set_result(error)
        return gone is not None

    async def _say(self, what: Say, gone: asyncio.Future[LineError]) -> Heard | None:
        self._heard()  # what has come before is nobody's
        for number, piece in enumerate(what.pieces):
            await self._wait(what.pause if number else 0.0, gone)
            await self._wait(self.seconds(len(piece)), gone)
            at = self._time.monotonic()
            self.writes.append((at, piece))
            self.carry(piece, at)
        return None if what.answer is None else await self._answer(what, what.answer, gone)

    async def _answer(self, what: Say, answer: Answer, gone: asyncio.Future[LineError]) -> Heard:
        end, heard = self._time.monotonic() + what.patience, b""
        while (now := self._time.monotonic()) < end:
            news = min((at for at, _ in self._coming), default=end)
            await self._wait(min(news, end) - now, gone)
            heard += self._heard()
            if (read := answer(heard)) is not None:
                return read
        raise LineError(msg("does not answer"))

    def _heard(self) -> bytes:
        """Take what has come."""
        now = self._time.monotonic()
        come = sorted(each for each in self._coming if each[0] <= now)
        self._coming = [each for each in self._coming if each[0] > now]
        return b"".join(data for _, data in come)

    async def _wait(self, seconds: float, gone: asyncio.Future[LineError]) -> None:
        """Let time pass, or fail as soon as the port is lost or closed."""
        alarm = asyncio.ensure_future(self._time.sleep(seconds))
        await asyncio.wait({alarm, gone}, return_when=asyncio.FIRST_COMPLETED)
        alarm.cancel()
        if gone.done():
            raise gone.result()
