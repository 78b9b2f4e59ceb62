"""Tables without rules: words that stand below each other, line after line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from broadcaster.letters.marks import mark_of
from broadcaster.letters.page import PageLine, Word

GAP = 9.0
"""Points between two columns, at least; and so many times the line's least gap."""
TIMES = 2.2
NEAR = 3.0
"""Points that beginnings of a column differ by."""
APART = 1.15
"""Times the least distance of two lines: what is further is another row."""
EDGE = 3.0
"""Times as much: there is a page's edge between them."""
Cells = tuple[str, ...]


class Columns(list[tuple[PageLine, Cells]]):
    """A table's rows, each with its first line."""


def parted(lines: Sequence[PageLine]) -> Iterator[PageLine | Columns]:
    """Give lines, and tables where two lines and more have the same columns."""
    at = 0
    while at < len(lines):
        starts = _shared(lines[at:])
        run = _run(lines[at:], starts) if starts else 0
        if run > 1:
            yield _table(lines[at : at + run], [lines[at].x0, *starts])
            at += run
        else:
            yield lines[at]
            at += 1


def _starts(line: PageLine) -> list[float]:
    """Give where a line goes on after a wide gap."""
    words = line.words
    if mark_of(f"{words[0]['text']} …") is not None:
        words = words[1:]  # what stands apart from its mark is no column
    gaps = [right["x0"] - left["x1"] for left, right in pairwise(words)]
    if not gaps:
        return []
    wide = max(GAP, TIMES * min(gaps)) if len(gaps) > 1 else 2 * GAP
    return [word["x0"] for word, gap in zip(words[1:], gaps, strict=True) if gap >= wide]


def _shared(lines: Sequence[PageLine]) -> list[float]:
    """Give the columns that the first line shares with the one or two below it."""
    own = _starts(lines[0])
    below = [start for line in lines[1:3] for start in (*_starts(line), line.x0)]
    return [start for start in own if any(abs(start - other) < NEAR for other in below)]


def _run(lines: Sequence[PageLine], starts: Sequence[float]) -> int:
    """Give how many lines from the first on stand in these columns."""
    count, parted_ = 0, 0
    for line in lines:
        here = [start for start in _starts(line) if any(abs(start - s) < NEAR for s in starts)]
        alone = any(abs(line.x0 - start) < NEAR for start in starts)
        if not here and not alone:
            break
        parted_ += bool(here)
        count += 1
    return count if parted_ > 1 else 0


def _table(lines: Sequence[PageLine], starts: Sequence[float]) -> Columns:
    table = Columns()
    for line, apart in zip(lines, _apart(lines), strict=True):
        cells = _cells(line.words, starts)
        if not table or (apart and cells[0]):
            table.append((line, cells))
        else:
            first, above = table[-1]
            merged = (f"{a}\n{b}".strip() for a, b in zip(above, cells, strict=True))
            table[-1] = first, tuple(merged)
    return table


def _apart(lines: Sequence[PageLine]) -> list[bool]:
    """Say which lines begin a row: those with a mark, or else those that stand further apart."""
    marked = [mark_of(line.text) is not None for line in lines]
    if any(marked):
        return marked
    gaps = [below.top - above.top for above, below in pairwise(lines)]
    least = min(gaps)
    if all(gap < APART * least or gap > EDGE * least for gap in gaps):
        return [True] * len(lines)
    return [True, *(gap > APART * least for gap in gaps)]


def _cells(words: Sequence[Word], starts: Sequence[float]) -> Cells:
    cells: list[list[str]] = [[] for _ in starts]
    for word in words:
        column = max(n for n, start in enumerate(starts) if n == 0 or word["x0"] > start - NEAR)
        cells[column].append(word["text"])
    return tuple(" ".join(cell) for cell in cells)
