"""Text to pixels, with GNU Unifont's 16-row face."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from broadcaster.messages import Message, msg
from broadcaster.signs.bitmap import Bitmap, beside

FACE = Path(__file__).parent / "fonts" / "unifont.hex"
ROWS = 16
GAP = 1
"""Dark columns between the marks of neighbours."""
SPACE = 4
"""Columns of a space; the gaps on both its sides come on top."""
UNKNOWN = "\N{REPLACEMENT CHARACTER}"


class TooHighError(ValueError):
    """A text that needs more rows than a board has."""

    def __init__(self, rows: int, height: int) -> None:
        self.message = msg("the text is {rows} rows high and the board {height}",
                           rows=str(rows), height=str(height))  # fmt: skip
        super().__init__(str(self.message))


def missing(text: str) -> tuple[str, ...]:
    """Give the characters that the face can't draw, each once, in order."""
    unknown = (
        char
        for char in unicodedata.normalize("NFC", text)
        if char not in _face() and not _space(char) and not _invisible(char)
    )
    return tuple(dict.fromkeys(unknown))


def undrawable(texts: Iterable[str]) -> Message | None:
    """Say which characters of texts the face can't draw, if there are any."""
    lost = "".join(dict.fromkeys(char for text in texts for char in missing(text)))
    return msg("signs have no shape for these characters: {lost}", lost=lost) if lost else None


def render(text: str, height: int = ROWS) -> Bitmap:
    """Draw a text in one line, `height` rows high and as wide as it comes.

    A character that the face lacks is drawn as U+FFFD. Boards of 32 rows and more get the face
    twice (three times, ...) as large. Raises TooHighError.
    """
    line = beside(_spaced(text), ROWS)
    if height < ROWS:
        return _squeezed(line, height)
    large = line.scaled(size(height))
    return large.centred(large.width, height)


def size(height: int) -> int:
    """Say how many times as large as the face a board of so many rows draws its text."""
    return max(1, height // ROWS)


def _squeezed(line: Bitmap, height: int) -> Bitmap:
    inked = [y for y, row in enumerate(line.rows) if row] or [0]
    top, bottom = inked[0], inked[-1] + 1
    if bottom - top > height:
        raise TooHighError(bottom - top, height)
    return Bitmap(line.width, line.rows[top:bottom]).centred(line.width, height)


def _spaced(text: str) -> Iterator[Bitmap]:
    gap = Bitmap(GAP, (0,) * ROWS)
    for number, cluster in enumerate(_clusters(text)):
        if number:
            yield gap
        yield _drawn(cluster)


def _clusters(text: str) -> list[str]:
    # What NFC leaves apart is laid over the letter before it.
    clusters: list[str] = []
    for char in unicodedata.normalize("NFC", text):
        if _invisible(char):
            continue
        if clusters and unicodedata.combining(char):
            clusters[-1] += char
        else:
            clusters.append(char)
    return clusters


@cache
def _drawn(cluster: str) -> Bitmap:
    if _space(cluster[0]):
        return Bitmap(SPACE, (0,) * ROWS)
    cell = Bitmap(0, (0,) * ROWS)
    for char in cluster:
        cell = cell.over(_cell(_face().get(char) or _face()[UNKNOWN]))
    return cell.trimmed()


def _cell(digits: str) -> Bitmap:
    step = len(digits) // ROWS
    rows = (int(digits[at : at + step], 16) for at in range(0, len(digits), step))
    return Bitmap(step * 4, tuple(rows))


def _space(char: str) -> bool:
    return char.isspace()


def _invisible(char: str) -> bool:
    return unicodedata.category(char) == "Cf"


@cache
def _face() -> dict[str, str]:
    # A line is `code:digits`: 32 hex digits for a cell 8 pixels wide, 64 for 16.
    lines = FACE.read_text(encoding="ascii").splitlines()
    return {chr(int(code, 16)): digits for code, digits in (line.split(":") for line in lines)}
