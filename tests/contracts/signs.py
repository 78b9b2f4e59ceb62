"""Every kind of sign: pictures in a folder, boards behind a link, the stand-in."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Protocol, Self
from zoneinfo import ZoneInfo

from PIL import Image

from broadcaster.clock import SimulatedTime
from broadcaster.domain.airing import ShownSlogan, SignContent
from broadcaster.domain.boards import Alpha, BoardSettings, CPower, JetFile, OnbonBx5, OnbonBx6
from broadcaster.domain.station import SignSpec
from broadcaster.ports import Sign
from broadcaster.signs.drawing import Draw, DrawApart, draw_here
from broadcaster.signs.drivers import driver
from broadcaster.signs.line_sign import LineSign
from broadcaster.signs.pixels.font import render
from broadcaster.signs.pixels.picture import LED_SCALE
from broadcaster.signs.virtual import VirtualSign
from tests.emulators import board as emulated
from tests.emulators.alpha import AlphaBoard
from tests.emulators.c_power import CPowerBoard
from tests.emulators.jetfile import JetFileBoard
from tests.emulators.onbon_bx5 import OnbonBx5Board
from tests.emulators.onbon_bx6 import Bx6Board
from tests.fakes.line import BYTE, FakeLine
from tests.fakes.sign import FakeSign

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
SLOGANS = ("Nhiệt liệt chào mừng", "Đổi mới sáng tạo toàn dân", "Ngày hội 01-10")


class Board(Protocol):
    """One kind of sign, and a look at what its board holds."""

    sign: Sign

    def holds(self) -> str:
        """Draw the pixels of the slogan on the board; empty where it has none."""

    def lose_power(self) -> None: ...
    def break_off(self) -> None: ...
    def mend(self) -> None: ...


class VirtualBoard:
    def __init__(self, folder: Path, time: SimulatedTime, draw: Draw = draw_here) -> None:
        self._folder = folder / "pictures"
        spec = SignSpec(id="board", driver="virtual", width=128, height=16)
        self.sign = VirtualSign(spec, self._folder, ZONE, time, draw)

    def holds(self) -> str:
        found = sorted(self._folder.rglob("*.png"), key=lambda path: path.stat().st_mtime_ns)
        if not found:
            return ""
        with Image.open(found[-1]) as image:
            lit = image.convert("L").resize(
                (image.width // LED_SCALE, image.height // LED_SCALE), Image.Resampling.NEAREST
            )
            dots = ["#" if dot > 100 else "." for dot in lit.tobytes()]
        rows = ["".join(dots[at : at + lit.width]) for at in range(0, len(dots), lit.width)]
        return "\n".join(rows)

    def lose_power(self) -> None:
        for path in self._folder.rglob("*.*"):
            path.unlink()

    def break_off(self) -> None:
        if self._folder.exists():
            self._folder.rename(self._folder.with_name("aside"))
        self._folder.touch()

    def mend(self) -> None:
        self._folder.unlink()


class OnALine:
    """An emulated board, and the driver that talks to it."""

    width = 128

    def __init__(self, driver: str, settings: BoardSettings, board: emulated.Board) -> None:
        self._driver, self._settings, self.board = driver, settings, board

    def __call__(self, folder: Path, time: SimulatedTime) -> Self:
        del folder
        spec = SignSpec(
            id="board",
            driver=self._driver,
            link="serial://COM1",
            width=self.width,
            height=16,
            settings=self._settings,
        )
        self._line = FakeLine(time, self.board)
        self.sign = LineSign(spec, driver(spec), self._line, ZONE, time)
        return self

    def holds(self) -> str:
        assert self.board.faults == []
        pictures = self.board.holds()
        return "\n".join(pictures[0]) if pictures else ""

    def lose_power(self) -> None:
        self.board.lose_power()

    def break_off(self) -> None:
        self._line.unplug()

    def mend(self) -> None:
        self._line.unplugged = False


class StandingPicture(OnALine):
    """A board that shows one picture which stands: the slogan is in the middle of it."""

    width = 256

    def holds(self) -> str:
        rows = super().holds().splitlines()
        lit = [x for x in range(self.width) if any(row[x] == "#" for row in rows)]
        return "\n".join(row[lit[0] : lit[-1] + 1] for row in rows) if lit else ""


class FakeBoard:
    def __init__(self, folder: Path, time: SimulatedTime) -> None:
        del folder
        self.sign = self._fake = FakeSign("board", time=time, seconds=1.0)

    def holds(self) -> str:
        return str(render(self._fake.sent[-1].slogans[0].text)) if self._fake.sent else ""

    def lose_power(self) -> None:
        self._fake.lose_power()

    def break_off(self) -> None:
        self._fake.dead = True

    def mend(self) -> None:
        self._fake.dead = False


KINDS: dict[str, Callable[[], Callable[[Path, SimulatedTime], Board]]] = {
    "virtual": lambda: VirtualBoard,
    "virtual, drawn apart": lambda: partial(VirtualBoard, draw=DrawApart()),
    "alpha": lambda: OnALine("alpha", Alpha(), AlphaBoard(byte=BYTE)),
    "alpha, asked": lambda: OnALine("alpha", Alpha(answers=True), AlphaBoard(byte=BYTE)),
    "c-power": lambda: OnALine("c-power", CPower(), CPowerBoard()),
    "onbon-bx5": lambda: StandingPicture(
        "onbon-bx5", OnbonBx5(model="5K2"), OnbonBx5Board(0x58, size=(256, 16))
    ),
    "onbon-bx6": lambda: OnALine("onbon-bx6", OnbonBx6(), Bx6Board()),
    "jetfile": lambda: OnALine("jetfile", JetFile(), JetFileBoard()),
    "fake": lambda: FakeBoard,
}


def content(text: str, *, effect: str = "scroll-left") -> SignContent:
    return SignContent((ShownSlogan(text, effect, 8.0),), ("ngay-hoi",))
