"""The test pattern: is a board's size right, are its LEDs whole, are its letters read."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from broadcaster.domain.campaign import Effect
from broadcaster.signs.bitmap import Bitmap

STEP = 8
"""Columns between two diagonals: on a wrong width they break."""
CORNERS = (4, 3, 2, 0)
"""Rows and columns lit top left, top right, bottom left, bottom right, in dark squares of five."""
SQUARE = 5

_BARE = "aăâeêioôơuưy"
_TONES = "\u0300\u0309\u0303\u0301\u0323"
"""Huyền, hỏi, ngã, sắc, nặng."""
_TONED = [unicodedata.normalize("NFC", letter + tone) for letter in _BARE for tone in _TONES]
_LOWER = [*(letter for letter in "ăâđêôơư"), *_TONED]
LETTERS = " ".join((*_LOWER, *(letter.upper() for letter in _LOWER)))
"""All 134 letters with marks of Vietnamese."""


def frame(width: int, height: int) -> Bitmap:
    """Draw a border, diagonals that show a wrong width, and four corners that differ."""
    return Bitmap(width, tuple(_row(width, height, y) for y in range(height)))


def full(width: int, height: int) -> Bitmap:
    """Light all LEDs."""
    return Bitmap(width, ((1 << width) - 1,) * height)


def texts(width: int, height: int) -> Iterable[tuple[str, Effect]]:
    """Give what is written after it: the size, and all letters."""
    return (f"{width}x{height}", Effect.HOLD), (LETTERS, Effect.HOLD)


def _row(width: int, height: int, y: int) -> int:
    return sum(1 << (width - 1 - x) for x in range(width) if _lit(x, y, width, height))


def _lit(x: int, y: int, width: int, height: int) -> bool:
    right, below = x >= width - SQUARE, y >= height - SQUARE
    if (x < SQUARE or right) and (y < SQUARE or below):
        from_side, from_edge = min(x, width - 1 - x), min(y, height - 1 - y)
        return max(from_side, from_edge) < CORNERS[2 * below + right]
    return x in {0, width - 1} or y in {0, height - 1} or (x + y) % STEP == 0
