"""What Onbon's boards of plain letters show: scenes to a text area with codes for its fonts."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from broadcaster.domain.boards import BX5_PICTURE_MODELS
from broadcaster.domain.campaign import Colour, Effect
from broadcaster.messages import msg
from broadcaster.signs.onbon.bx5 import Motion
from broadcaster.signs.pixels.motion import Scene, views
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


def lines(screen: Screen, width: int, height: int, room: int) -> Lines:
    """Write a screen as one text area shows it; raises UnshowableError.

    One area moves in one way: if one text scrolls, or has a word wider than the board, all do.
    All its pages stand equally long, so that what stands longer is several of them: exactly as
    long as it should, or in steps of another page's time, the shortest that makes it no more
    than `room` bytes.
    """
    rows, font = _font(height)
    if screen.clock:
        return Lines(rf"\F{font}\C1\DH:\DM", rows, Motion.STILL, LONGEST_STAY)
    for scene in screen.scenes:
        _check(scene)
    letters = 2 * width // rows
    if any(_moves(scene, letters) for scene in screen.scenes):
        row = BETWEEN.join(_coloured(scene, scene.text) for scene in screen.scenes)
        return Lines(rf"\F{font}{row}", rows, Motion.LEFT)
    pages = [page for scene in screen.scenes for page in _pages(scene, letters)]
    stays = sorted({page.stay for page in pages})
    flashes = any(scene.effect is Effect.FLASH for scene in screen.scenes)
    for step in (math.gcd(*stays), *(() if flashes else stays)):
        stay, texts = _paged(pages, step)
        written = Lines(rf"\F{font}{LINE.join(texts)}", rows, Motion.STILL, stay)
        if len(written.text) <= room:
            break
    return written


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
    if not scene.text and any(scene.pixels.rows):
        raise UnshowableError(msg("this model has plain letters alone, and no test pattern"))
    lost = "".join(dict.fromkeys(char for char in scene.text if not plain(char)))
    if lost:
        raise UnshowableError(
            msg(
                "this model has plain letters alone, not {lost}; these show any: {models}",
                lost=lost,
                models=", ".join(BX5_PICTURE_MODELS),
            )
        )


def _moves(scene: Scene, letters: int) -> bool:
    if scene.effect is Effect.SCROLL_LEFT:
        return True
    return any(len(part) > letters for part in _parts(scene, letters))


def _parts(scene: Scene, letters: int) -> list[str]:
    """Break it between words into what the board has room for, in its own letters."""
    wrapper = textwrap.TextWrapper(letters, break_long_words=False, break_on_hyphens=False)
    return wrapper.wrap(scene.text) or [""]


def _coloured(scene: Scene, text: str) -> str:
    return rf"\C{COLOURS[scene.colour or Colour.RED]}{text or ' '}"


def _pages(scene: Scene, letters: int) -> Iterator[Page]:
    for part in _parts(scene, letters):
        for view in views(scene, scene.pixels.width):
            text = part if view.lit else ""
            yield Page(_coloured(scene, text), max(1, round(2 * view.seconds)))


def _paged(pages: list[Page], step: int) -> tuple[int, list[str]]:
    """Cut pages into some of about a step each, and keep one round of them."""
    stay = round(step / math.ceil(step / LONGEST_STAY))
    texts = [page.text for page in pages for _ in range(max(1, round(page.stay / stay)))]
    return stay, _round(texts)


def _round(texts: Sequence[str]) -> list[str]:
    lengths = (n for n in range(1, len(texts) + 1) if len(texts) % n == 0)
    whole = next(n for n in lengths if list(texts[:n]) * (len(texts) // n) == list(texts))
    return list(texts[:whole])
