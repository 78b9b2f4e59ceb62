"""How wide text is on a terminal, which counts cells: a mark that stands by itself takes none."""

from __future__ import annotations

import unicodedata
from itertools import accumulate, takewhile

MORE = "…"
_NONE = {"Mn", "Me", "Cf"}
"""Categories of what is drawn onto the letter before, or not at all."""


def width(text: str) -> int:
    """Give how many cells a text takes."""
    return sum(map(_cells, text))


def padded(text: str, cells: int) -> str:
    """Give it with blanks up to so many cells."""
    return text + " " * (cells - width(text))


def fitted(text: str, cells: int) -> str:
    """Give as much of it as has room, with a sign that there is more."""
    if width(text) <= cells:
        return text
    ends = accumulate(map(_cells, text))
    return text[: sum(1 for _ in takewhile(lambda end: end < cells, ends))] + MORE


def _cells(char: str) -> int:
    if unicodedata.category(char) in _NONE:
        return 0
    return 2 if unicodedata.east_asian_width(char) in {"W", "F"} else 1
