"""The faces of LED boards: glyph data in text files, and which board is written in which."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from broadcaster.signs.pixels.bitmap import Bitmap

FONTS = Path(__file__).parent / "fonts"
SPACE = 4
"""Columns of a space; the gaps on both its sides come on top."""
UNKNOWN = "\N{REPLACEMENT CHARACTER}"


@dataclass(frozen=True, slots=True)
class Face:
    """One size of letters."""

    file: Path
    """A line a character, `code:digits`: its rows, each filled up to whole hexadecimal digits.

    The codes are in order.
    """
    rows: int
    gap: int
    """Dark columns between the marks of neighbours."""


UNIFONT = Face(FONTS / "unifont.hex", rows=16, gap=1)
"""The face of all characters: what a larger one lacks is drawn in it."""
LARGE = (
    Face(FONTS / "be-vietnam-24.hex", rows=24, gap=2),
    Face(FONTS / "be-vietnam-32.hex", rows=32, gap=3),
)


def face_for(height: int) -> tuple[Face, int]:
    """Give the face of a board of so many rows, and how many times as large it is drawn there.

    It is as high as the board has room for; of two ways to that, the one with the finer pixels.
    """
    fitting = [(height // face.rows, face) for face in LARGE if face.rows <= height]
    if not fitting:
        return UNIFONT, 1
    times, face = max(fitting, key=lambda pair: (pair[0] * pair[1].rows, pair[1].rows))
    return face, times


def known(char: str) -> bool:
    """Say whether there is a shape for a character."""
    return _digits(UNIFONT, char) is not None or char.isspace() or invisible(char)


def invisible(char: str) -> bool:
    """Say whether a character only tells how others are to be set."""
    return unicodedata.category(char) == "Cf"


@cache
def drawn(face: Face, cluster: str) -> Bitmap:
    """Draw a letter and the marks that are laid over it, no dark column at its sides."""
    if cluster[0].isspace():
        return Bitmap(SPACE, (0,) * face.rows)
    cell = Bitmap(0, (0,) * face.rows)
    for char in cluster:
        cell = cell.over(_cell(face, char))
    return cell


def _cell(face: Face, char: str) -> Bitmap:
    if (digits := _digits(face, char)) is not None:
        return _read(digits, face.rows).trimmed()
    small = _read(_digits(UNIFONT, char) or _digits(UNIFONT, UNKNOWN) or "", UNIFONT.rows)
    large = small.trimmed().scaled(face.rows // UNIFONT.rows)
    return large.centred(large.width, face.rows)


def _read(digits: str, rows: int) -> Bitmap:
    step = len(digits) // rows
    starts = range(0, len(digits), step)
    return Bitmap(step * 4, tuple(int(digits[at : at + step], 16) for at in starts))


@cache
def _digits(face: Face, char: str) -> str | None:
    """Look a character up in the file: a dictionary of it would take half a megabyte."""
    text, code = _text(face), ord(char)
    at = bisect_left(range(len(text)), code, key=lambda at: _code(text, at))
    if at == len(text) or _code(text, at) != code:
        return None
    return text[text.index(":", at) + 1 : text.index("\n", at)]


def _code(text: str, at: int) -> int:
    """Give the code of the line in which a place is."""
    start = text.rfind("\n", 0, at) + 1
    return int(text[start : text.index(":", start)], 16)


@cache
def _text(face: Face) -> str:
    return face.file.read_text(encoding="ascii")
