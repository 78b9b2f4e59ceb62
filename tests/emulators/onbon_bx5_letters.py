"""How BX-5K and BX-6K controllers read a text: section 11 of their maker's protocol v1.4."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

CODE = re.compile(r"\\F(\w{4})|\\C([1-7])|\\D([SMHDLYW])|(\\n)|(.)", re.DOTALL)
TIMES = {"S": "%S", "M": "%M", "H": "%H", "D": "%d", "L": "%m", "Y": "%Y", "W": "%u"}
FONTS = {"E000": 16, "E001": 24, "E002": 32, "O000": 16, "O001": 24, "O002": 32}


@dataclass
class TextArea:
    x: int
    y: int
    width: int
    height: int
    pages: list[str]
    """What each says; one where the text moves."""
    moves: bool
    stay: float
    """Seconds a page."""
    ends: float | None
    """When it vanishes, by the time that was fed."""


class Line(NamedTuple):
    text: str
    rows: int
    width: int
    """Pixels: a plain letter is half as wide as high, a Chinese one as wide."""


def read(data: bytes, clock: datetime) -> list[Line]:
    """Give the lines of a text, times filled in."""
    return list(_lines(data.decode("gb2312", "replace"), clock))


def _lines(text: str, clock: datetime) -> Iterator[Line]:
    words, rows, width = "", 16, 0
    for font, _colour, time, end, letter in CODE.findall(text):
        if font:
            rows = FONTS.get(font, 16)
        elif end:
            yield Line(words, rows, width)
            words, width = "", 0
        else:
            said = clock.strftime(TIMES[time]) if time else letter
            words += said
            width += sum(rows // 2 if char.isascii() else rows for char in said)
    yield Line(words, rows, width)
