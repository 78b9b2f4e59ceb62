"""What Onbon's boards of plain letters show: scenes to a text area with codes for its fonts."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import chain
from typing import NamedTuple

from broadcaster.domain.campaign import Colour, Effect
from broadcaster.messages import msg
from broadcaster.signs.motion import Scene, views
from broadcaster.signs.onbon_bx5 import PICTURE_MODELS, Motion
from broadcaster.signs.screen import Screen
from broadcaster.talk import UnshowableError

FONTS = ((32, "E002"), (24, "E001"), (16, "E000"))
"""Rows of the fonts of plain letters, and their names (11.1); a letter is half as wide as high."""
COLOURS = {
    Colour.RED: "1",
    Colour.GREEN: "2",
    Colour.YELLOW: "3",
    Colour.BLUE: "4",
    Colour.CYAN: "5",
    Colour.MAGENTA: "6",
    Colour.WHITE: "7",
}
LINE = r"\n"
BETWEEN = "    "
"""Between two texts that scroll one after the other."""
LONGEST_STAY = 255
"""Half seconds."""


class Page(NamedTuple):
    """What stands for some half seconds."""

    text: str
    stay: int


class Lines(NamedTuple):
    """One line of text that moves, or pages of one line each."""

    text: str
    rows: int
    motion: Motion
    stay: int = 0
    """Half seconds that each page stands."""


def lines(screen: Screen, width: int, height: int) -> Lines:
    """Write a screen as one text area shows it; raises UnshowableError.

    One area moves in one way: if one text scrolls, or is wider than the board in its own font,
    all do. What stands beside what flashes is as many equal pages.
    """
    rows, font = _font(height)
    if screen.clock:
        return Lines(rf"\F{font}\C1\DH:\DM", rows, Motion.STILL, LONGEST_STAY)
    for scene in screen.scenes:
        _check(scene)
    if any(_moves(scene, width, rows) for scene in screen.scenes):
        row = BETWEEN.join(_coloured(scene, scene.text) for scene in screen.scenes)
        return Lines(rf"\F{font}{row}", rows, Motion.LEFT)
    stay, texts = _paged(list(chain.from_iterable(map(_pages, screen.scenes))))
    return Lines(rf"\F{font}{LINE.join(texts)}", rows, Motion.STILL, stay)


def plain(text: str) -> bool:
    """Say whether a board's own fonts have all letters of a text, and none of it is a code."""
    return text.isascii() and text.isprintable() and "\\" not in text


def _font(height: int) -> tuple[int, str]:
    for rows, name in FONTS:
        if rows <= height:
            return rows, name
    why = msg("its letters need 16 rows, and the board has {height}", height=height)
    raise UnshowableError(why)


def _check(scene: Scene) -> None:
    lost = "".join(dict.fromkeys(char for char in scene.text if not plain(char)))
    if lost:
        raise UnshowableError(
            msg(
                "this model has plain letters alone, not {lost}; these show any: {models}",
                lost=lost,
                models=", ".join(PICTURE_MODELS),
            )
        )


def _moves(scene: Scene, width: int, rows: int) -> bool:
    return scene.effect is Effect.SCROLL_LEFT or len(scene.text) * rows // 2 > width


def _coloured(scene: Scene, text: str) -> str:
    return rf"\C{COLOURS[scene.colour or Colour.RED]}{text or ' '}"


def _pages(scene: Scene) -> list[Page]:
    text, dark = _coloured(scene, scene.text), _coloured(scene, "")
    return [
        Page(text if view.lit else dark, max(1, round(2 * view.seconds)))
        for view in views(scene, scene.pixels.width)
    ]


def _paged(pages: list[Page]) -> tuple[int, list[str]]:
    """Cut pages into equally long ones, and keep one round of them."""
    common = math.gcd(*(page.stay for page in pages))
    stay = next(stay for stay in range(min(common, LONGEST_STAY), 0, -1) if common % stay == 0)
    texts = [page.text for page in pages for _ in range(page.stay // stay)]
    return stay, _round(texts)


def _round(texts: Sequence[str]) -> list[str]:
    lengths = (n for n in range(1, len(texts) + 1) if len(texts) % n == 0)
    whole = next(n for n in lengths if list(texts[:n]) * (len(texts) // n) == list(texts))
    return list(texts[:whole])
