"""Every kind of board on a line, and what is seen on it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from broadcaster.clock import SimulatedTime
from broadcaster.domain.airing import SignContent
from broadcaster.domain.boards import Alpha, BoardSettings, CPower, JetFile, OnbonBx5, OnbonBx6
from broadcaster.domain.station import Percent, SignSpec, TimeRange
from broadcaster.signs.drivers import driver
from broadcaster.signs.line_sign import LineSign
from broadcaster.talk import UnshowableError
from tests.emulators.alpha import AlphaBoard
from tests.emulators.board import Board
from tests.emulators.c_power import CPowerBoard
from tests.emulators.jetfile import JetFileBoard
from tests.emulators.onbon_bx5 import OnbonBx5Board
from tests.emulators.onbon_bx6 import Bx6Board
from tests.fakes.line import FakeLine

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


class Kind(NamedTuple):
    """A kind of board, by its address on the line."""

    settings: Callable[[int], BoardSettings]
    board: Callable[[int], Board]

    def spec(self, name: str, address: int, link: str = "serial://COM1") -> SignSpec:
        settings = self.settings(address)
        return SignSpec(
            id=name,
            driver=DRIVERS[type(settings)],
            link=link,
            width=128,
            height=16,
            settings=settings,
            brightness_at=(Percent(TimeRange(18 * 60, 6 * 60), 40),),
        )


DRIVERS = {
    Alpha: "alpha",
    CPower: "c-power",
    JetFile: "jetfile",
    OnbonBx5: "onbon-bx5",
    OnbonBx6: "onbon-bx6",
}
KINDS: Mapping[str, Kind] = {
    "alpha": Kind(
        lambda number: Alpha(address=f"{number:02X}"),
        lambda number: AlphaBoard(address=f"{number:02X}"),
    ),
    "alpha, asked": Kind(
        lambda number: Alpha(address=f"{number:02X}", answers=True),
        lambda number: AlphaBoard(address=f"{number:02X}"),
    ),
    "c-power": Kind(lambda number: CPower(address=number), CPowerBoard),
    "jetfile": Kind(lambda number: JetFile(unit=number), lambda number: JetFileBoard(1, number)),
    "letters": Kind(
        lambda number: OnbonBx5(model="5K1", address=number),
        lambda number: OnbonBx5Board(0x51, number),
    ),
    "pictures": Kind(
        lambda number: OnbonBx5(model="5K2", address=number),
        lambda number: OnbonBx5Board(0x58, number),
    ),
    "onbon-bx6": Kind(
        lambda number: OnbonBx6(address=number), lambda number: Bx6Board(address=number)
    ),
}


class Seen(NamedTuple):
    """What is lit on a board."""

    parts: tuple[str, ...] = ()
    """Pictures, rows of `#` and `.`, and words, in an order; a time of day of its own is `time`."""
    how: tuple[object, ...] = ()
    """How they come and go."""
    level: int | None = None
    """How bright, as the board counts it."""


def seen(board: Board) -> Seen:
    """Look at a board; equal where two of a kind show the same, whatever way it came there."""
    match board:
        case AlphaBoard():
            screens = board.screens()
            parts = [picture(screen.pixels) or words(screen.text) for screen in screens]
            how, level = [screen.mode for screen in screens], None
        case CPowerBoard():
            time = ["time"] if board.on and board.item and board.item.clock else []
            parts = [*map(picture, board.holds()), *time]
            how = [board.item.effect] if board.item else []
            level = board.brightness[0]
        case JetFileBoard():
            # A renewed loop begins with the slogan that is on.
            shown = sorted(
                ("".join(picture(each.rows) for each in board.pictures(frame)) or frame.text,
                 (frame.running, frame.pause))
                for frame in board.shown()
            )  # fmt: skip
            parts = ["time" if text == "{2F}" else text for text, _ in shown]
            how, level = [way for _, way in shown], board.brightness
        case OnbonBx5Board():
            parts = [*map(picture, board.holds()), *map(words, board.reads())]
            how = [area.moves for area in board.texts.values()]
            level = board.brightness
        case Bx6Board():
            parts = [*map(picture, board.holds())]
            how, level = [page.style for area in board.areas for page in area.pages], board.level
        case _:
            raise AssertionError(board)
    lit = tuple(part for part in parts if part.strip())
    return Seen(lit, tuple(how), level) if lit else Seen()


def picture(rows: list[str]) -> str:
    drawn = "\n".join(rows)
    return drawn if "#" in drawn else ""


def words(text: str) -> str:
    return re.sub(r"\d\d:\d\d", "time", text)


@lru_cache(maxsize=4096)
def new(kind: str, content: SignContent, minute: datetime) -> tuple[Seen, ...]:
    """Give what is seen on a board, fresh from its box, that is told of this alone.

    Several, where it is sent page after page; none, where it can't hold it.
    """
    spec = KINDS[kind].spec("new", 1)
    time = SimulatedTime(minute)
    sign = LineSign(spec, driver(spec), FakeLine(time), ZONE, time)
    pages = range(max(1, len(sign.pages(content))))
    try:
        return tuple(_new(kind, sign, replace(content, page=page), minute) for page in pages)
    except UnshowableError:
        return ()


def _new(kind: str, sign: LineSign, content: SignContent, minute: datetime) -> Seen:
    board, at = KINDS[kind].board(1), 0.0
    for say in sign.says(content, None, minute):
        for piece in say.pieces:
            at += 1.0
            board.hear(piece, at)
        at += say.rest
    return seen(board)
