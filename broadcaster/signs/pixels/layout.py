"""A text on a board: in lines where there are rows for several, in pages where it is too long."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from broadcaster.signs.pixels.bitmap import Bitmap, stacked
from broadcaster.signs.pixels.font import ROWS, render


class Page(NamedTuple):
    """What is on the board at once, or scrolls through it."""

    pixels: Bitmap
    """As wide as the board; only a single word may be wider, or what is unrolled."""
    text: str
    lines: int
    """How many the rows are shared by."""


def held(text: str, width: int, height: int) -> tuple[Page, ...]:
    """Lay a text out to be held on a board: in as few and as large lines as hold all of it.

    Where they don't, in pages of as many lines of 16 rows as the board has room for. Lines are
    broken between words, and where the text is. Raises TooHighError.
    """
    most = most_lines(height)
    for count in range(1, most + 1):
        lines = _broken(text, width, height // count)
        if len(lines) <= count:
            page = _page(lines, width, height, count)
            if page.pixels.width <= width:
                return (page,)
    lines = _broken(text, width, height // most)
    return tuple(_shared_out(lines, width, height, most))


def unrolled(text: str, height: int) -> Page:
    """Lay a text out to be scrolled: in its own lines where there are rows for them, else in one.

    Raises TooHighError.
    """
    lines = [" ".join(words) for words in _lines(text)]
    if len(lines) > most_lines(height):
        lines = [" ".join(lines)]
    return _page(lines, 0, height, len(lines))


def most_lines(height: int) -> int:
    """Say how many lines a board has room for."""
    return max(1, height // ROWS)


def _lines(text: str) -> list[list[str]]:
    return [words for row in text.splitlines() if (words := row.split())] or [[]]


def _broken(text: str, width: int, rows: int) -> list[str]:
    return [line for words in _lines(text) for line in _wrapped(words, width, rows)]


def _wrapped(words: Sequence[str], width: int, rows: int) -> list[str]:
    """Break words into as few lines as there can be, and those of much the same width.

    A word that is wider than a line has one for itself.
    """
    widths = [render(word, rows).width for word in words]
    space = render("- -", rows).width - 2 * render("-", rows).width
    fewest = len(_ends(widths, space, width))
    # The narrower lines may be, the more there are.
    evenly = bisect_left(range(width), -fewest, key=lambda limit: -len(_ends(widths, space, limit)))
    ends = _ends(widths, space, evenly)
    return [" ".join(words[a:b]) for a, b in zip([0, *ends[:-1]], ends, strict=True)]


def _ends(widths: Sequence[int], space: int, limit: int) -> list[int]:
    """Give the number of the word after each line's last."""
    ends, used = [], 0
    for number, wide in enumerate(widths):
        if number and used + space + wide > limit:
            ends.append(number)
            used = 0
        used += wide + (space if used else 0)
    return [*ends, len(widths)]


def _shared_out(lines: Iterable[str], width: int, height: int, most: int) -> Iterator[Page]:
    """Put lines on pages, a word that has to scroll on one of its own, as large as may be."""
    page: list[str] = []
    for line in lines:
        scrolls = render(line, height // most).width > width
        if page and (scrolls or len(page) == most):
            yield _page(page, width, height, most)
            page = []
        if scrolls:
            yield _page([line], width, height, 1)
        else:
            page.append(line)
    if page:
        yield _page(page, width, height, most)


def _page(lines: Sequence[str], width: int, height: int, count: int) -> Page:
    """Draw lines below one another: in the middle of a board, or flush where they are wider."""
    rows = height // count
    drawn = [render(line, rows) for line in lines]
    wide = max(line.width for line in drawn)
    if wide <= width:
        block = stacked([line.centred(width, rows) for line in drawn], width)
    else:
        block = stacked([line.columns(0, wide) for line in drawn], wide)
    return Page(block.centred(block.width, height), " ".join(lines), count)
