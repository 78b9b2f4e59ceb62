"""Tables that a copy has flattened into lines: rebuilt by their header and their numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from broadcaster.letters.cells import of_cells
from broadcaster.letters.marks import mark_of
from broadcaster.letters.paragraphs import joined, plain
from broadcaster.letters.source import Block, Line, Row, Table

_HEADER = re.compile(r"(?:TT|STT|Số\s+TT)(?!\w)", re.IGNORECASE)
_COLUMNS = re.compile(
    r"thời\s+gian|hoạt\s+động|nội\s+dung(?:\s+công\s+việc)?|địa\s+điểm|ngày,?\s*giờ|chủ\s+trì"
    r"|thành\s+phần|ghi\s+chú|đơn\s+vị(?:\s+\w+){0,2}|khẩu\s+hiệu|chương\s+trình|phụ\s+trách|ngày|buổi|giờ",
    re.IGNORECASE,
)
_TIME_AT_END = re.compile(
    r"(?:^|\s)(?P<time>(?:(?:cả\s+)?(?:sáng|trưa|chiều|tối|đêm|ngày)\s+)?(?:ngày\s*)?"
    r"\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{2,4})?|(?:sáng|trưa|chiều|tối|đêm|cả)\s+ngày|ngày"
    r"|\d{1,2}\s+ngày\s+diễn|\d{1,2}\s+ngày\s+diễn\s+ra\s+sự\s+kiện|ra\s+sự\s+kiện)\s*$",
    re.IGNORECASE,
)
_END = re.compile(r"Nơi nhận|Đề nghị|Trên đây|Nhận được|TM\.|KT\.|PHỤ LỤC|Phụ lục")
_MERGED = re.compile(r"thời\s+gian|ngày|địa\s+điểm", re.IGNORECASE)
TIMED = 3
"""Columns of number, what and when."""
HEADING = 60
"""Characters of a row that is a day."""
WIDEST = 90
"""Characters of a header."""


def rebuilt(blocks: Sequence[Block]) -> list[Block]:
    """Give the blocks with tables where lines were tables."""
    found: list[Block] = []
    for is_line, some in groupby(blocks, key=lambda block: isinstance(block, Line)):
        if is_line:
            found += _of_lines([line for line in some if isinstance(line, Line)])
        else:
            found += some
    return found


def _of_lines(lines: Sequence[Line]) -> Iterator[Block]:
    at = 0
    while at < len(lines):
        table = None
        if "\t" in lines[at].text.strip():
            table = _tabbed(lines[at:])
        elif _HEADER.match(plain(lines[at].text)):
            table = _numbered(lines[at:])
        else:
            table = of_cells(lines[at:])
        if table is None:
            yield lines[at]
            at += 1
        else:
            yield table[0]
            at += table[1]


def _tabbed(lines: Sequence[Line]) -> tuple[Table, int] | None:
    """Give a table whose cells stand between tabs, and how many lines it takes.

    A short line without one that names a day is a heading over all columns.
    """
    rows: list[Row] = []
    for line in lines:
        cells = tuple(plain(cell) for cell in line.text.split("\t"))
        if len(cells) == 1 and not _is_heading(cells[0]):
            break
        rows.append(Row(line.number, _filled(rows, cells)))
    return (Table(tuple(rows)), len(rows)) if len(rows) > 1 else None


def _filled(above: Sequence[Row], cells: tuple[str, ...]) -> tuple[str, ...]:
    """Take when and where from the row above: of a merged cell the copy has the first row alone."""
    if not above or len(cells) == 1:
        return cells
    header, last = above[0].cells, above[-1].cells
    whole = (*cells, *[""] * (len(header) - len(cells)))
    merged = [_MERGED.match(name) is not None for name in header]
    return tuple(
        last[n] if not cell and n < len(last) and merged[n] else cell
        for n, cell in enumerate(whole[: len(header)])
    )


def _is_heading(text: str) -> bool:
    return (
        len(text) < HEADING
        and re.search(r"\d/\d|ngày", text, re.IGNORECASE) is not None
        and mark_of(text) is None
    )


def _numbered(lines: Sequence[Line]) -> tuple[Table, int] | None:
    """Give a table whose rows begin with their numbers, and how many lines it takes."""
    header, at = _header(lines)
    rows = [Row(lines[0].number, header)]
    while at < len(lines) and _is_row(lines[at], len(rows)):
        own = list(_own(lines[at:], len(rows)))
        rows.append(_row(own, len(rows), len(header)))
        at += len(own)
    return (Table(tuple(rows)), at) if len(rows) > 1 and len(header) > 1 else None


def _header(lines: Sequence[Line]) -> tuple[tuple[str, ...], int]:
    """Give the columns' names, on one line or on a line each, and how many lines they take."""
    text = plain(lines[0].text)
    names = [found[0] for found in _COLUMNS.finditer(text)]
    at = 1
    for line in lines[1:]:
        name = plain(line.text)
        if _COLUMNS.match(name) is None or len(name) > WIDEST or mark_of(name) is not None:
            break
        names.append(name)
        at += 1
    return (text.split()[0], *names), at


def _own(lines: Sequence[Line], number: int) -> Iterator[Line]:
    """Give the lines of the row that begins with the first of them."""
    yield lines[0]
    for line in lines[1:]:
        mark = mark_of(plain(line.text))
        listed = mark is not None and mark.kind not in {"dash", "plus"}
        if _is_row(line, number + 1) or listed or _END.match(plain(line.text)):
            return
        yield line


def _is_row(line: Line, number: int) -> bool:
    return re.match(rf"\s*0?{number}(?:[.)]?\s|[.)]?$)", line.text) is not None


def _row(lines: Sequence[Line], number: int, width: int) -> Row:
    first = re.sub(rf"^\s*0?{number}[.)]?(?=\s|$)", "", lines[0].text, count=1)
    texts = [text for text in map(plain, (first, *(line.text for line in lines[1:]))) if text]
    if len(texts) == width - 1 and width > TIMED:
        return Row(lines[0].number, (str(number), *texts))
    return Row(lines[0].number, (str(number), *_timed(texts)))


def _timed(texts: Sequence[str]) -> tuple[str, str]:
    """Part what stands in the last column, pieces of a time, from what is before it."""
    title: list[str] = []
    time: list[str] = []
    for text in texts:
        rest, pieces = text, list[str]()
        while (found := _TIME_AT_END.search(rest)) is not None:
            pieces.insert(0, found["time"])
            rest = rest[: found.start()].rstrip()
        time += pieces
        title += [rest] if rest else []
    return joined(title), joined(time)
