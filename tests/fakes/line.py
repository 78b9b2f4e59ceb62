"""A line in memory with emulated boards on it, for tests of what is said to boards."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from broadcaster.messages import msg
from broadcaster.ports import TimeSource
from broadcaster.talk import Heard, LineError, Say
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

    @property
    def data(self) -> bytes:
        return b"".join(data for _, data in self.writes)

    def seconds(self, count: int) -> float:
        return count * BYTE

    async def say(self, what: Say) -> Heard | None:
        async with self._alone:
            await self.check()
            heard = b""
            for number, piece in enumerate(what.pieces):
                await self._time.sleep(what.pause if number else 0.0)
                await self._time.sleep(self.seconds(len(piece)))
                at = self._time.monotonic()
                self.writes.append((at, piece))
                heard += b"".join(board.hear(piece, at) for board in self.boards)
            if what.answer is None:
                return None
            slowest = max((board.delay for board in self.boards), default=0.0)
            if slowest + self.seconds(len(heard)) > what.patience or not heard:
                await self._time.sleep(what.patience)
                raise LineError(msg("does not answer"))
            await self._time.sleep(slowest + self.seconds(len(heard)))
            if (answer := what.answer(heard)) is None:
                await self._time.sleep(what.patience)
                raise LineError(msg("does not answer"))
            return answer

    async def check(self) -> None:
        if self.unplugged:
            raise LineError(msg("is unplugged"))

    def unplug(self) -> None:
        """Lose the port, and say so as a real one does."""
        self.unplugged = True
        for lost in self._lost:
            lost(LineError(msg("is unplugged")))

    def listen(self, lost: Callable[[LineError], None]) -> None:
        self._lost.append(lost)

    async def close(self) -> None:
        pass
