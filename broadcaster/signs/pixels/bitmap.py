"""One-colour pixels."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Bitmap:
    """Rows of pixels, lit or dark.

    A row is a number of `width` bits: the highest is its leftmost pixel, 1 is lit.
    """

    width: int
    rows: tuple[int, ...]
    """Top row first."""

    @property
    def height(self) -> int:
        """Give the number of rows."""
        return len(self.rows)

    def __str__(self) -> str:
        """Draw it in letters, a line a row."""
        lines = (f"{row:0{self.width}b}" if self.width else "" for row in self.rows)
        return "\n".join(lines).replace("0", ".").replace("1", "#")

    def lit(self, x: int, y: int) -> bool:
        """Say whether the pixel in column `x` of row `y` is lit."""
        return bool(self.rows[y] >> (self.width - 1 - x) & 1)

    def columns(self, start: int, count: int) -> Bitmap:
        """Cut `count` columns out, dark where it has none."""
        right = self.width - start - count
        mask = (1 << count) - 1
        shifted = (row >> right if right >= 0 else row << -right for row in self.rows)
        return Bitmap(count, tuple(row & mask for row in shifted))

    def trimmed(self) -> Bitmap:
        """Take the dark columns off both sides."""
        ink = self.ink
        right = (ink & -ink).bit_length() - 1 if ink else 0
        width = ink.bit_length() - right if ink else 0
        return self.columns(self.width - right - width, width)

    @property
    def ink(self) -> int:
        """Give all rows laid over one another."""
        ink = 0
        for row in self.rows:
            ink |= row
        return ink

    def over(self, other: Bitmap) -> Bitmap:
        """Lay it over the middle of another of the same height."""
        wide, narrow = (self, other) if self.width >= other.width else (other, self)
        shift = (wide.width - narrow.width) // 2
        pairs = zip(wide.rows, narrow.rows, strict=True)
        return Bitmap(wide.width, tuple(w | n << shift for w, n in pairs))

    def scaled(self, times: int) -> Bitmap:
        """Make each pixel a square of `times` by `times`."""
        if times == 1:
            return self
        unit = (1 << times) - 1
        wide = (
            sum(unit << x * times for x in range(self.width) if row >> x & 1) for row in self.rows
        )
        return Bitmap(self.width * times, tuple(row for row in wide for _ in range(times)))

    def centred(self, width: int, height: int) -> Bitmap:
        """Put it in the middle of a board that is at least as large."""
        above = (height - self.height) // 2
        board = self.columns(-((width - self.width) // 2), width)
        below = height - self.height - above
        return Bitmap(width, (0,) * above + board.rows + (0,) * below)

    def packed(self) -> bytes:
        """Give 1 bit a pixel, leftmost highest, each row filled up to a byte."""
        size = (self.width + 7) // 8
        return b"".join((row << size * 8 - self.width).to_bytes(size) for row in self.rows)


def beside(parts: Iterable[Bitmap], height: int) -> Bitmap:
    """Put bitmaps of one height in a row."""
    width, rows = 0, [0] * height
    for part in parts:
        width += part.width
        rows = [row << part.width | more for row, more in zip(rows, part.rows, strict=True)]
    return Bitmap(width, tuple(rows))


def stacked(parts: Iterable[Bitmap], width: int) -> Bitmap:
    """Put bitmaps of one width below one another."""
    return Bitmap(width, tuple(row for part in parts for row in part.rows))
