"""Pixels in letters, for a terminal: two rows of LEDs in a line of half blocks."""

from __future__ import annotations

from collections.abc import Iterator

from broadcaster.signs.pixels.bitmap import Bitmap

_HALVES = " ▄▀█"
"""By whether the lower and the upper LED are lit."""
_BETWEEN_WORDS = 5
"""Dark columns that are more than there are between letters, in every face."""


def blocks(pixels: Bitmap, columns: int) -> Iterator[tuple[str, ...]]:
    """Draw pixels in strips of at most so many columns, cut between words, or where it is dark."""
    return map(_lines, _strips(pixels.trimmed(), columns))


def _lines(strip: Bitmap) -> tuple[str, ...]:
    rows = [*strip.rows, 0][: strip.height + strip.height % 2]
    pairs = zip(rows[::2], rows[1::2], strict=True)
    return tuple(_line(upper, lower, strip.width) for upper, lower in pairs)


def _line(upper: int, lower: int, width: int) -> str:
    places = range(width - 1, -1, -1)
    return "".join(_HALVES[2 * (upper >> x & 1) + (lower >> x & 1)] for x in places).rstrip()


def _strips(pixels: Bitmap, most: int) -> Iterator[Bitmap]:
    while pixels.width > most:
        end = _end(pixels, most)
        yield pixels.columns(0, end).trimmed()
        pixels = pixels.columns(end, pixels.width - end).trimmed()
    yield pixels


def _end(pixels: Bitmap, most: int) -> int:
    """Find the last place to cut in the second half of what there is room for."""
    for run in (_BETWEEN_WORDS, 1):
        for end in range(most, most // 2, -1):
            if not pixels.columns(end - run, run).ink:
                return end
    return most
