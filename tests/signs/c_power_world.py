"""A board behind a C-Power controller, its sign, and a line between them."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from broadcaster.clock import SimulatedTime
from broadcaster.domain.airing import ShownSlogan, SignContent
from broadcaster.domain.boards import CPower
from broadcaster.domain.days import TimeRange
from broadcaster.domain.station import Percent, SignSpec
from broadcaster.ports import SignState
from broadcaster.signs.drivers import driver
from broadcaster.signs.line_sign import LineSign
from broadcaster.signs.pixels.font import render
from tests.emulators.c_power import CPowerBoard
from tests.fakes.line import FakeLine

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
NOW = datetime(2025, 9, 28, 17, 5, 9, tzinfo=ZONE)
LONG = "Nhiệt liệt chào mừng Ngày hội đổi mới sáng tạo quốc gia 01-10"
SHORT = "Đổi mới"
NIGHT = (Percent(TimeRange(18 * 60, 6 * 60), 40),)


class World:
    def __init__(
        self, board: CPowerBoard | None = None, settings: CPower | None = None, **spec: Any
    ) -> None:
        self.time = SimulatedTime(NOW)
        self.board = board or CPowerBoard()
        self.line = FakeLine(self.time, self.board)
        kept = SignSpec(
            id="cong", driver="c-power", width=128, height=16, settings=settings or CPower()
        )
        self.spec = replace(kept, **spec)
        self.sign = LineSign(self.spec, driver(self.spec), self.line, ZONE, self.time)

    def send(self, *wanted: SignContent) -> SignState:
        """Send one content after another, each known to be held when the next one comes."""

        async def main() -> None:
            held = None
            for content in wanted:
                self.board.calls.clear()
                self.line.writes.clear()
                self.state = await self.sign.send(content, held)
                held = content

        self.time.run(main())
        assert self.board.faults == []
        return self.state


def content(*slogans: tuple[str, str], colour: str = "", brightness: int = 100) -> SignContent:
    shown = tuple(ShownSlogan(text, effect, 8.0, colour) for text, effect in slogans)
    return SignContent(shown, brightness=brightness)


def lit(text: str, width: int = 0, height: int = 16) -> list[str]:
    pixels = render(text, height)
    return str(pixels.centred(width, height) if width else pixels).splitlines()
