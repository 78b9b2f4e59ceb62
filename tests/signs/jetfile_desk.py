"""JetFile II signs on a line as slow as real ones are, and a look at what their boards hold."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from broadcaster.clock import SimulatedTime
from broadcaster.domain.airing import ShownSlogan, SignContent
from broadcaster.domain.boards import JetFile
from broadcaster.domain.days import TimeRange
from broadcaster.domain.station import Percent, SignSpec
from broadcaster.ports import SignState
from broadcaster.signs.drivers import driver
from broadcaster.signs.line_sign import LineSign
from broadcaster.signs.pixels.font import render
from broadcaster.talk import Say
from tests.emulators.jetfile import JetFileBoard
from tests.fakes.line import FakeLine

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
NOW = datetime(2025, 9, 22, 17, 5, tzinfo=ZONE)
SLOGAN = "Nhiệt liệt chào mừng Ngày hội đổi mới sáng tạo quốc gia 01-10"
PICTURE, MESSAGE, END_BLACK, OFF, ON, DIM, CLOCK = (
    (2, 6), (2, 9), (4, 2), (4, 3), (4, 4), (4, 7), (5, 2),
)  # fmt: skip
DARK = SignContent()


def slogans(*texts: str, effect: str = "hold") -> SignContent:
    return SignContent(tuple(ShownSlogan(text, effect, 8.0) for text in texts), ("c",) * len(texts))


ONE, OTHER, RUNNING = slogans("Ế"), slogans("ặ"), slogans(SLOGAN, effect="scroll-left")


def spec(**settings: Any) -> SignSpec:
    return SignSpec(
        id="cong",
        driver="jetfile",
        link="serial://COM1",
        width=128,
        height=16,
        settings=JetFile(**settings),
        brightness_at=(Percent(TimeRange(18 * 60, 6 * 60), 40),),
    )


class Desk:
    """Signs on a line, and a look at what their boards were asked."""

    def __init__(self, *boards: JetFileBoard, specs: Sequence[SignSpec] = (spec(),)) -> None:
        self.time = SimulatedTime(NOW)
        self.boards = boards or (JetFileBoard(),)
        self.board = self.boards[0]
        self.line = FakeLine(self.time, *self.boards)
        self.signs = [LineSign(of, driver(of), self.line, ZONE, self.time) for of in specs]
        self.sign = self.signs[0]

    def run(self, act: Callable[[], Coroutine[Any, Any, None]]) -> None:
        self.time.run(act())
        assert [board.faults for board in self.boards] == [[]] * len(self.boards)

    async def asked(
        self, content: SignContent, held: SignContent | None = None
    ) -> list[tuple[int, int]]:
        """Send content, and give what the board was asked meanwhile."""
        del self.board.asked[:]
        assert await self.sign.send(content, held) is SignState.ACKNOWLEDGED
        return [each.command for each in self.board.asked]


def centred(text: str) -> list[str]:
    return str(render(text).centred(128, 16)).splitlines()


def heard(say: Say, data: bytes) -> bool:
    assert say.answer is not None
    return say.answer(data) is not None
