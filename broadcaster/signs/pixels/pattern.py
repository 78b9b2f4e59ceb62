"""The test pattern: shows at once that a board is wired, sized and drawn right."""

from __future__ import annotations

import unicodedata

from broadcaster.signs.pixels.bitmap import Bitmap
from broadcaster.signs.pixels.font import ROWS, TooHighError, render

_TONES = "\u0300\u0309\u0303\u0301\u0323"
_VOWELS = "aăâeêioôơuưy"
_TONED = "".join(vowel + tone for vowel in _VOWELS for tone in _TONES)
_LOWER = unicodedata.normalize("NFC", _TONED) + "ăâđêôơư"
LETTERS = _LOWER + _LOWER.upper()
"""The 134 letters that Vietnamese has beside those of English."""
_TICK, _LONG = 8, 32
"""Columns from mark to mark of the ruler: modules are 8, 16, 32 or 64 columns wide."""
_TOP, _SIDE = 3, 2
"""Rows over what is inside, columns beside it; below it there are as many as beside."""
_BARS = 4
"""Bars in the corner with the most."""

Pixels = set[tuple[int, int]]
"""Columns and rows of those that are lit."""


def frame(width: int, height: int) -> Bitmap:
    """Draw what tells of a board's size and wiring.

    A border on the outermost pixels: where the size is wrong a side of it is missing, or stands
    apart from the edge; where rows are out of step its sides slant. Under its upper side a mark
    every 8 columns, longer ones every 32. In the corners one, two, three and four bars, clockwise
    from the upper left, to tell which is which. In the middle the size that the board is taken
    for, where there is room.
    """
    lit = _border(width, height) | _ruler(width) | _corners(width, height) | _label(width, height)
    rows = [0] * height
    for x, y in lit:
        if 0 <= x < width and 0 <= y < height:
            rows[y] |= 1 << (width - 1 - x)
    return Bitmap(width, tuple(rows))


def full(width: int, height: int) -> Bitmap:
    """Light all LEDs: one that is dead stays dark."""
    return Bitmap(width, ((1 << width) - 1,) * height)


def letters(width: int, rows: int) -> str:
    """Give all 134, broken into lines that a board is wide enough for where a line has `rows`."""
    lines = [LETTERS[0]]
    for letter in LETTERS[1:]:
        if render(lines[-1] + letter, rows).width <= width:
            lines[-1] += letter
        else:
            lines.append(letter)
    return "\n".join(lines)


def _border(width: int, height: int) -> Pixels:
    sides = {(x, y) for x in (0, width - 1) for y in range(height)}
    return sides | {(x, y) for y in (0, height - 1) for x in range(width)}


def _ruler(width: int) -> Pixels:
    long = {(x, 2) for x in range(_LONG, width, _LONG)}
    return long | {(x, 1) for x in range(_TICK, width, _TICK)}


def _corners(width: int, height: int) -> Pixels:
    long = max(1, (height - _TOP - _SIDE - 1) // 2)
    upper, lower = range(_TOP, _TOP + long), range(height - _SIDE - long, height - _SIDE)
    lit: Pixels = set()
    for bars, rows, right in ((1, upper, 0), (2, upper, 1), (3, lower, 1), (4, lower, 0)):
        for x in range(_SIDE, _SIDE + 2 * bars, 2):
            lit |= {(width - 1 - x if right else x, y) for y in rows}
    return lit


def _label(width: int, height: int) -> Pixels:
    text, room = f"{width}×{height}", width - 2 * (2 * _SIDE + 2 * _BARS)
    inside = height - _TOP - _SIDE
    try:
        drawn = [render(text, rows) for rows in (inside, min(inside, ROWS))]
    except TooHighError:
        return set()
    label = next((each for each in drawn if each.width <= room), Bitmap(0, ()))
    left, top = (width - label.width) // 2, _TOP + (inside - label.height) // 2
    return {
        (left + x, top + y)
        for y in range(label.height)
        for x in range(label.width)
        if label.lit(x, y)
    }
