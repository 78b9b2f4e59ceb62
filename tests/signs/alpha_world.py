"""A sign that talks to an emulated Alpha board on a line of its own, for tests."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from broadcaster.clock import SimulatedTime
from broadcaster.domain.airing import ShownSlogan, SignContent
from broadcaster.domain.boards import Alpha
from broadcaster.domain.station import Colours, SignSpec
from broadcaster.errors import DeviceError
from broadcaster.ports import SignState
from broadcaster.signs.drivers import driver
from broadcaster.signs.line_sign import LineSign
from broadcaster.signs.pixels.font import render
from tests.emulators.alpha import AlphaBoard
from tests.fakes.line import BYTE, FakeLine

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
SLOGAN = "Nhiệt liệt chào mừng Ngày hội đổi mới sáng tạo quốc gia 01-10"
CLEAR = b"E$\x04"
CLOCK, DARK = SignContent(clock=True), SignContent()


def content(*slogans: tuple[str, str], urgent: bool = False) -> SignContent:
    return SignContent(
        tuple(ShownSlogan(text, effect, 8.0) for text, effect in slogans), urgent=urgent
    )


def hold(*texts: str, urgent: bool = False) -> SignContent:
    return content(*((text, "hold") for text in texts), urgent=urgent)


def lit(text: str, width: int = 128, height: int = 16, digit: str = "1") -> list[str]:
    """Draw a text as the board keeps it: in pictures of `width` columns."""
    pixels = render(text, height)
    if pixels.width <= width:
        board = pixels.centred(width, height)
    else:
        board = pixels.columns(0, -(-pixels.width // width) * width)
    return str(board).replace("#", digit).replace(".", "0").splitlines()


class World:
    def __init__(
        self,
        width: int = 128,
        height: int = 16,
        *,
        pool: int = 30000,
        colours: Colours = Colours.SINGLE,
        minute: int = 5,
        **settings: Any,
    ) -> None:
        self.time = SimulatedTime(datetime(2025, 9, 22, 17, minute, tzinfo=ZONE))
        self.board = AlphaBoard(pool=pool, byte=BYTE)
        self.line = FakeLine(self.time, self.board)
        self.spec = SignSpec(
            id="cong",
            driver="alpha",
            width=width,
            height=height,
            colours=colours,
            settings=Alpha(**settings),
        )
        self.sign = LineSign(self.spec, driver(self.spec), self.line, ZONE, self.time)
        self.held: SignContent | None = None
        self.state = SignState.QUEUED

    def send(self, *wanted: SignContent) -> AlphaBoard:
        """Send one after another, each knowing what went before; nothing may be lost."""

        async def main() -> None:
            for content in wanted:
                self.state = await self.sign.send(content, self.held)
                self.held = content

        self.time.run(main())
        assert self.board.faults == []
        return self.board

    def send_for(self, content: SignContent, seconds: float) -> float:
        """Send it so as to be seen in so many seconds; give that instant, from any origin."""
        at = self.time.now() + timedelta(seconds=seconds)
        moment = self.time.monotonic() + seconds

        async def main() -> None:
            lead = self.sign.lead(content, self.held)
            assert lead <= seconds
            await self.time.sleep(seconds - lead)
            await self.sign.send(content, self.held, at)
            self.held = content

        self.time.run(main())
        assert self.board.faults == []
        return moment

    def refuses(self, wanted: SignContent, why: str) -> None:
        async def main() -> None:
            with pytest.raises(DeviceError) as caught:
                await self.sign.send(wanted, self.held)
            assert str(caught.value.message) == why

        before = len(self.line.writes)
        self.time.run(main())
        assert len(self.line.writes) == before

    @property
    def said(self) -> list[bytes]:
        """Give the commands since the last time, without what is around them."""
        packets = self.line.data.split(b"\0\0\0\0\0\x01")[1:]
        self.line.writes.clear()
        return [packet[4:].split(b"\x03")[0].removesuffix(b"\x04") for packet in packets]
