"""Boards that hold one picture, several on a line, kept turning their pages in simulated time."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from broadcaster.clock import SimulatedTime
from broadcaster.domain.airing import ShownSlogan, SignContent
from broadcaster.domain.boards import OnbonBx5
from broadcaster.domain.station import SignSpec
from broadcaster.planning.signage import Coming
from broadcaster.playout.board import Board
from broadcaster.playout.sign_log import SignLog
from broadcaster.signs.drivers import driver
from broadcaster.signs.line_sign import LineSign
from broadcaster.signs.pixels.font import render
from tests.emulators.onbon_bx5 import OnbonBx5Board
from tests.fakes.ledger import MemoryLedger
from tests.fakes.line import FakeLine

TZ = ZoneInfo("Asia/Ho_Chi_Minh")
LONG = "Nhiệt liệt chào mừng Ngày hội Đổi mới sáng tạo"
PAGES = ["Nhiệt liệt chào", "mừng Ngày hội", "Đổi mới sáng tạo"]
"""How it is set on 128 columns."""


def loop(*slogans: tuple[str, float], effect: str = "hold", **more: int) -> SignContent:
    shown = tuple(ShownSlogan(text, effect, dwell) for text, dwell in slogans)
    return SignContent(shown, ("c",) * len(shown), **more)


def picture(text: str) -> list[str]:
    return str(render(text).centred(128, 16)).splitlines()


class Street:
    """Boards with the addresses 1 and up, and what keeps them on their content."""

    def __init__(self, count: int = 1) -> None:
        self.time = SimulatedTime(datetime(2025, 9, 22, 6, 0, tzinfo=TZ))
        self.emulated = [OnbonBx5Board(address=n + 1) for n in range(count)]
        self.line = FakeLine(self.time, *self.emulated)
        self.ledger = MemoryLedger()
        self._log = SignLog(self.ledger, self.time)
        self.boards = [Board(self._sign(n), self._log, self.time) for n in range(count)]
        self._start = self.time.monotonic()

    def _sign(self, number: int) -> LineSign:
        settings = OnbonBx5(model="5K2", address=number + 1)
        spec = SignSpec(
            id=f"bang-{number}", driver="onbon-bx5", link="serial://COM1", width=128, height=16,
            settings=settings,
        )  # fmt: skip
        return LineSign(spec, driver(spec), self.line, TZ, self.time)

    def run(self, main: Callable[[], Awaitable[None]]) -> None:
        """Do something with the boards, then close them; they must have found no fault."""

        async def whole() -> None:
            await main()
            await asyncio.gather(*(board.close() for board in self.boards))
            self._log.flush()

        self.time.run(whole())
        assert [board.faults for board in self.emulated] == [[]] * len(self.emulated)

    def want(self, content: SignContent, coming: Coming | None = None) -> None:
        for board in self.boards:
            board.want(content, coming)

    async def want_for(self, content: SignContent, seconds: float) -> None:
        self.want(content)
        await self.time.sleep(seconds)

    def at(self, seconds: float) -> datetime:
        """Give the instant so many seconds after the start."""
        left = seconds + self._start - self.time.monotonic()
        return self.time.now() + timedelta(seconds=left)

    def came(self, what: str, board: int) -> float:
        """Give when it first came to a board: seconds from the start."""
        return next(at for at, text in self.seen(what, board=board) if text == what)

    def seen(self, *texts: str, board: int = 0) -> list[tuple[float, str]]:
        """Give which of these came to a board, and when: seconds from the start."""
        names = {tuple(picture(text)): text for text in texts}
        pictures = self.emulated[board].seen
        return [(at - self._start, names.get(tuple(rows), "?")) for at, rows in pictures]

    def told(self) -> list[tuple[str, str]]:
        return [
            (" ".join(record.data["slogans"]), record.data["state"])
            for record in self.ledger.records("sign/")
        ]


def dwells(seen: list[tuple[float, str]]) -> list[float]:
    """Give how long each picture was there before the next.

    What is sent to a board in an unknown state stays a little longer, while its state is asked.
    """
    return [later - at for (at, _), (later, _) in pairwise(seen)]


def in_order(seen: list[tuple[float, str]], pages: Sequence[str]) -> bool:
    """Tell whether the pages came one after another, from whichever on."""
    following = dict(pairwise([*pages, pages[0]]))
    return all(following[one] == other for (_, one), (_, other) in pairwise(seen))
