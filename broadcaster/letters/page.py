"""The words of a page in lines: which begin a paragraph, and which stand in columns."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from broadcaster.letters.marks import mark_of

GAP = 6.0
"""Points between the two columns of a letterhead, at least."""
INDENT = 12.0
"""Points that a paragraph's first line stands in, at least."""
BLANK, SLACK = 3.0, 4.0
"""Points of a blank, and that lines differ in where they end."""
_PAGE_NUMBER = re.compile(r"^[-–\s]*\d{1,3}[-–\s]*$")

CAPITALS = 0.65
"""Of the page's width that a broken line of capitals fills, at least."""
_SENTENCE = (".", "!", "?")

Word = dict[str, Any]
"""As pdfplumber gives it: text, x0, x1, top, bottom in points."""


class PageLine(NamedTuple):
    """Words beside each other."""

    words: tuple[Word, ...]

    @property
    def text(self) -> str:
        """Give its text."""
        return " ".join(word["text"] for word in self.words)

    @property
    def top(self) -> float:
        """Give where it stands on the page."""
        return float(self.words[0]["top"])

    @property
    def x0(self) -> float:
        """Give where it begins."""
        return float(self.words[0]["x0"])

    @property
    def x1(self) -> float:
        """Give where it ends."""
        return float(self.words[-1]["x1"])


def lines_of(words: Iterable[Word]) -> list[PageLine]:
    """Put words into lines, from the top."""
    rows: list[list[Word]] = []
    for word in sorted(words, key=lambda word: (word["bottom"], word["x0"])):
        row = rows[-1] if rows else None
        if (
            row is not None
            and word["bottom"] - row[0]["bottom"] < (word["bottom"] - word["top"]) / 2
        ):
            row.append(word)
        else:
            rows.append([word])
    lines = [PageLine(tuple(sorted(row, key=lambda word: word["x0"]))) for row in rows]
    return [line for line in lines if not _PAGE_NUMBER.match(line.text)]


def untangled(lines: Sequence[PageLine], width: float) -> list[PageLine]:
    """Give the first page's lines, those of the letterhead's left column before the right ones."""
    left: list[PageLine] = []
    right: list[PageLine] = []
    count, middle = 0, None
    for upto in range(1, len(lines) + 1):
        found = _gap(lines[:upto], width)
        if found is None or lines[upto - 1].text.startswith("Kính gửi"):
            break
        count, middle = upto, found
    if middle is None:
        return list(lines)
    for line in lines[:count]:
        for side, words in ((left, _beside(line, middle, before=True)),
                            (right, _beside(line, middle, before=False))):  # fmt: skip
            if words:
                side.append(PageLine(words))
    return [*left, *right, *lines[count:]] if right else list(lines)


def _gap(lines: Sequence[PageLine], width: float) -> float | None:
    """Give where no word of these lines stands, about the middle of the page."""
    low, high = width * 0.3, width * 0.65
    spans = sorted((word["x0"], word["x1"]) for line in lines for word in line.words)
    edge, best, where = low, GAP, None
    for x0, x1 in [*spans, (high, high)]:
        if min(x0, high) - edge > best:
            best, where = min(x0, high) - edge, (min(x0, high) + edge) / 2
        edge = max(edge, x1)
    return where


def _beside(line: PageLine, middle: float, *, before: bool) -> tuple[Word, ...]:
    return tuple(word for word in line.words if (word["x0"] < middle) == before)


def begun(lines: Sequence[PageLine]) -> list[bool]:
    """Say of each line whether a paragraph begins with it."""
    if not lines:
        return []
    left, margin = min(line.x0 for line in lines), max(line.x1 for line in lines)
    found = [True]
    for last, line in pairwise(lines):
        # What would have fitted on the line before was put on another by somebody's will.
        first = line.words[0]
        ended = last.x1 + BLANK + first["x1"] - first["x0"] < margin - SLACK
        stands_in = line.x0 > last.x0 + INDENT and mark_of(last.text) is None
        stands_in |= line.x0 > left + INDENT and last.text.endswith(_SENTENCE)
        broken = _is_broken(last, line, (margin - left) * CAPITALS)
        found.append(not broken and (ended or stands_in or mark_of(line.text) is not None))
    return found


def _is_broken(last: PageLine, line: PageLine, width: float) -> bool:
    """Tell a line of capitals, which may be centred, that was broken because it is full."""
    capitals = last.text.isupper() and line.text.isupper()
    return capitals and last.x1 - last.x0 > width and not last.text.endswith(_SENTENCE)
