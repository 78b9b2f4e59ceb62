"""A sign that is held on its content, in simulated time, and what became of it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from broadcaster.clock import SimulatedTime
from broadcaster.domain.airing import ShownSlogan, SignContent
from broadcaster.health.faults import Faults
from broadcaster.health.ledger import ReportingLedger
from broadcaster.playout.board import Board, Coming
from broadcaster.playout.sign_log import SignLog
from tests.fakes.ledger import MemoryLedger
from tests.fakes.sign import FakeSign

START = datetime(2025, 9, 22, 5, 0, tzinfo=UTC)


def text(words: str, **more: Any) -> SignContent:
    return SignContent((ShownSlogan(words, "hold", 8.0),), ("c",), **more)


A, B, C = text("A"), text("B"), text("C")
BARE = SignContent()


class SetClock(SimulatedTime):
    """Simulated time whose wall clock can be set."""

    def __init__(self, start: datetime) -> None:
        super().__init__(start)
        self._off = timedelta()

    def set(self, seconds: float) -> None:
        self._off += timedelta(seconds=seconds)

    def now(self) -> datetime:
        return super().now() + self._off


class Held:
    """One sign, or several, held through the daemon's own door."""

    def __init__(self, *names: str, start: datetime = START, ledger: Any = None) -> None:
        self.time = SetClock(start)
        self.ledger = ledger or MemoryLedger()
        self.signs = {name: FakeSign(name, time=self.time) for name in names or ("bang",)}
        self.sign = next(iter(self.signs.values()))

    def run(self, main: Callable[[], Awaitable[None]]) -> None:
        """Do something with the boards, then close them."""

        async def whole() -> None:
            log = SignLog(ReportingLedger(self.ledger, Faults(self.time)), self.time)
            self.boards = {name: Board(sign, log, self.time) for name, sign in self.signs.items()}
            await main()
            await asyncio.gather(*(board.close() for board in self.boards.values()))
            log.flush()

        self.time.run(whole())

    @property
    def board(self) -> Board:
        return self.boards[self.sign.id]

    def want(self, content: SignContent, coming: Coming | None = None) -> None:
        """Want the same of all signs."""
        for board in self.boards.values():
            board.want(content, coming)

    async def want_for(self, content: SignContent, seconds: float) -> None:
        self.want(content)
        await self.time.sleep(seconds)

    def at(self, seconds: float) -> datetime:
        return self.time.now() + timedelta(seconds=seconds)

    def told(self, sign: str = "") -> list[tuple[str, str, str]]:
        """Give the ledger: words, state, reason."""
        return [
            (" ".join(record.data["slogans"]), record.data["state"], record.data["reason"])
            for record in self.ledger.records(f"sign/{sign}")
        ]

    def arrived(self) -> list[tuple[float, str, str | None]]:
        """Give what came to the first sign: seconds from the start, words, what it held."""
        return [
            (round((each.at - START).total_seconds(), 3), words(each.content),
             None if each.held is None else words(each.held))
            for each in self.sign.arrivals
        ]  # fmt: skip


def words(content: SignContent) -> str:
    shown = "clock" if content.clock else " ".join(each.text for each in content.slogans)
    return shown if content.brightness == 100 else f"{shown} {content.brightness} %"


def dimmed(content: SignContent, percent: int) -> SignContent:
    return replace(content, brightness=percent)
