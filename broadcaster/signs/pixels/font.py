"""Text to pixels, in one line."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator

from broadcaster.messages import Message, msg
from broadcaster.signs.pixels.bitmap import Bitmap, beside
from broadcaster.signs.pixels.faces import UNIFONT, Face, drawn, face_for, invisible, known

ROWS = UNIFONT.rows
"""What every letter with its marks has room in; a line takes no fewer."""


class TooHighError(ValueError):
    """A text that needs more rows than a board has."""

    def __init__(self, rows: int, height: int) -> None:
        self.message = msg("the text is {rows} rows high and the board {height}",
                           rows=str(rows), height=str(height))  # fmt: skip
        super().__init__(str(self.message))


def missing(text: str) -> tuple[str, ...]:
    """Give the characters that no face can draw, each once, in order."""
    whole = unicodedata.normalize("NFC", text)
    return tuple(dict.fromkeys(char for char in whole if not known(char)))


def undrawable(texts: Iterable[str]) -> Message | None:
    """Say which characters of texts no face can draw, if there are any."""
    lost = "".join(dict.fromkeys(char for text in texts for char in missing(text)))
    return msg("signs have no shape for these characters: {lost}", lost=lost) if lost else None


def render(text: str, height: int = ROWS) -> Bitmap:
    """Draw a text in one line, `height` rows high and as wide as it comes.

    A character that no face has is drawn as U+FFFD. Raises TooHighError.
    """
    face, times = face_for(height)
    line = beside(_spaced(text, face), face.rows)
    if height < face.rows:
        return _squeezed(line, height)
    large = line.scaled(times)
    return large.centred(large.width, height)


def size(height: int) -> float:
    """Say how many times 16 rows the letters have on a board of so many."""
    face, times = face_for(height)
    return face.rows * times / ROWS


def _squeezed(line: Bitmap, height: int) -> Bitmap:
    inked = [y for y, row in enumerate(line.rows) if row] or [0]
    top, bottom = inked[0], inked[-1] + 1
    if bottom - top > height:
        raise TooHighError(bottom - top, height)
    return Bitmap(line.width, line.rows[top:bottom]).centred(line.width, height)


def _spaced(text: str, face: Face) -> Iterator[Bitmap]:
    gap = Bitmap(face.gap, (0,) * face.rows)
    for number, cluster in enumerate(_clusters(text)):
        if number:
            yield gap
        yield drawn(face, cluster)


def _clusters(text: str) -> list[str]:
    # What NFC leaves apart is laid over the letter before it.
    clusters: list[str] = []
    for char in unicodedata.normalize("NFC", text):
        if invisible(char):
            continue
        if clusters and unicodedata.combining(char):
            clusters[-1] += char
        else:
            clusters.append(char)
    return clusters
