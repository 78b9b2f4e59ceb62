"""Boards that share a line: those that do not answer, and the one that does."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from broadcaster.clock import SimulatedTime
from broadcaster.domain.airing import ShownSlogan, SignContent
from broadcaster.domain.boards import OnbonBx6
from broadcaster.domain.station import SignSpec
from broadcaster.playout.board import Board
from broadcaster.playout.sign_log import SignLog
from broadcaster.ports import SignState
from broadcaster.signs.drivers import driver
from broadcaster.signs.line_sign import LineSign
from tests.emulators.onbon_bx6 import Bx6Board
from tests.fakes.ledger import MemoryLedger
from tests.fakes.line import FakeLine

TZ = ZoneInfo("Asia/Ho_Chi_Minh")
A, B = (SignContent((ShownSlogan(text, "hold", 8.0),), ("c",)) for text in ("Chào mừng", "Tự hào"))


class Bus:
    """Boards with the addresses 1 and up on one line; the last one alone answers."""

    def __init__(self, count: int) -> None:
        self.time = SimulatedTime(datetime(2025, 9, 22, 6, 0, tzinfo=TZ))
        self.emulated = [Bx6Board(address=n + 1) for n in range(count)]
        for each in self.emulated[:-1]:
            each.dead = True
        line = FakeLine(self.time, *self.emulated)
        self.ledger = MemoryLedger()
        log = SignLog(self.ledger, self.time)
        self.boards = [Board(self._sign(n, line), log, self.time) for n in range(count)]

    def _sign(self, number: int, line: FakeLine) -> LineSign:
        settings = OnbonBx6(address=number + 1)
        spec = SignSpec(
            id=f"bang-{number}", driver="onbon-bx6", link="serial://COM1", width=128, height=16,
            settings=settings,
        )  # fmt: skip
        return LineSign(spec, driver(spec), line, TZ, self.time)

    def want(self, content: SignContent) -> None:
        for board in self.boards:
            board.want(content)

    async def seconds(self) -> float:
        """Give how long it takes until the last one has what is wanted."""
        began = self.time.monotonic()
        while self.boards[-1].state is not SignState.ACKNOWLEDGED:
            await self.time.sleep(0.05)
        return self.time.monotonic() - began


@pytest.mark.parametrize("count", [2, 8, 16])
def test_boards_known_to_be_dead_keep_no_other_from_its_change(count: int) -> None:
    bus = Bus(count)

    async def main() -> None:
        bus.want(A)
        await bus.time.sleep(600)
        bus.want(B)
        assert await bus.seconds() < 2.0 + 1.0  # at most one is being tried just then
        for board in bus.boards:
            await board.close()

    bus.time.run(main())
    assert {board.state for board in bus.boards[:-1]} <= {SignState.UNREACHABLE, SignState.QUEUED}
