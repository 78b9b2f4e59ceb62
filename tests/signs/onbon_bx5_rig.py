"""An emulated BX-5K or BX-6K board on a line in memory, and the sign that holds it."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from broadcaster.clock import SimulatedTime
from broadcaster.domain.airing import ShownSlogan, SignContent
from broadcaster.domain.boards import OnbonBx5
from broadcaster.domain.station import Colours, SignSpec
from broadcaster.ports import SignError, SignState
from broadcaster.signs.drivers import driver
from broadcaster.signs.line_sign import LineSign
from broadcaster.signs.pixels.font import render
from tests.emulators.onbon_bx5 import OnbonBx5Board
from tests.fakes.line import FakeLine

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
SLOGAN = "Đổi mới sáng tạo"


class Rig:
    """A board of one model, and the sign that holds it."""

    def __init__(self, model: str, code: int, size: tuple[int, int] = (128, 16)) -> None:
        self.time = SimulatedTime(datetime(2025, 9, 22, 17, 3, 5, tzinfo=ZONE))
        self.board = OnbonBx5Board(code, address=7, size=size)
        self.line = FakeLine(self.time, self.board)
        self.sign = self.spelled(model, size)

    def spelled(self, model: str, size: tuple[int, int], **more: Colours) -> LineSign:
        spec = SignSpec(
            id="cong",
            driver="onbon-bx5",
            link="serial://COM1",
            width=size[0],
            height=size[1],
            settings=OnbonBx5(model=model, address=7),
            **more,
        )
        return LineSign(spec, driver(spec), self.line, ZONE, self.time)

    def send(
        self, wanted: SignContent, held: SignContent | None = None, at: datetime | None = None
    ) -> list[int]:
        """Have it held, and give the commands that the board obeyed."""
        self.board.done.clear()

        async def main() -> None:
            assert await self.sign.send(wanted, held, at) is SignState.READ_BACK

        self.time.run(main())
        assert self.board.faults == []
        return self.board.done

    def fails(self, wanted: SignContent, held: SignContent | None = None) -> SignError:
        async def main() -> None:
            await self.sign.send(wanted, held)

        with pytest.raises(SignError) as caught:
            self.time.run(main())
        return caught.value

    def wait(self, seconds: float) -> None:
        self.time.run(self.time.sleep(seconds))
        self.board.hear(b"", self.time.monotonic())


def pictures(size: tuple[int, int] = (128, 16), model: str = "5K2", code: int = 0x58) -> Rig:
    return Rig(model, code, size)


def letters(size: tuple[int, int] = (128, 16), model: str = "6K1", code: int = 0x61) -> Rig:
    return Rig(model, code, size)


def content(*texts: str, effect: str = "hold", dwell: float = 8.0, **more: int) -> SignContent:
    slogans = tuple(ShownSlogan(text, effect, dwell) for text in texts)
    return SignContent(slogans, ("c",) * len(slogans), **more)


def standing(*texts: tuple[str, float]) -> SignContent:
    return SignContent(tuple(ShownSlogan(text, "hold", dwell) for text, dwell in texts))


def drawn(text: str, width: int = 128, height: int = 16) -> list[list[str]]:
    return [str(render(text, height).centred(width, height)).splitlines()]
