"""Lines put together again into paragraphs, and tables that a page's end has cut."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from broadcaster.letters.marks import mark_of
from broadcaster.letters.source import Block, Line, Row, Table

OPEN_LINES = 4
"""Lines that a quotation goes on for, at most."""
_BLANKS = re.compile(r"[ \t\u00a0]+")
_ENDED = re.compile(r"[.;:!?…”\"]\s*$|\./\.\s*$")
_STARTS = re.compile(
    r"Kính gửi|Nơi nhận|V/v|Số\s*:|TM\.|KT\.|TL\.|T/M|[A-ZĐÀ-Ỹ]{2,}\b.*:$"
    r"|(?:Thực hiện|Căn cứ|Tiếp theo|Nhằm|Trên đây|Nhận được|Thời gian|Khẩu hiệu|Địa điểm|Chủ đề"
    r"|Nội dung(?=:)|Hình thức|Dùng khẩu hiệu)\b"
)
"""How no line within a paragraph begins."""
_SAYS = re.compile(r"[^\W_]")
_HEADING = 0.65
"""Of the usual length: no line of running text is as short as that."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, and the line that it begins at."""

    line: int
    text: str


Part: TypeAlias = Paragraph | Table


def parts(blocks: Sequence[Block]) -> list[Part]:
    """Put lines together; a table goes on where the page before ended with one."""
    blocks = [each for each in blocks if isinstance(each, Table) or _SAYS.search(each.text)]
    length = _usual([block for block in blocks if isinstance(block, Line)])
    found: list[Part] = []
    lines: list[Line] = []
    for block in blocks:
        if lines and (isinstance(block, Table) or _begins(lines, block, length)):
            found.append(_joined(lines))
            lines = []
        if isinstance(block, Line):
            lines.append(block)
        else:
            _put(found, block)
    return [*found, _joined(lines)] if lines else found


def _put(found: list[Part], table: Table) -> None:
    last = found[-1] if found else None
    if isinstance(last, Table) and len(last.rows[0].cells) == len(table.rows[0].cells):
        found[-1] = _glued(last, table)
    else:
        found.append(table)


def plain(text: str) -> str:
    """Give a text with single blanks."""
    return _BLANKS.sub(" ", text).strip()


def joined(lines: Iterable[str]) -> str:
    """Join broken lines: what a hyphen of the text ends goes on without a blank."""
    whole = ""
    for line in map(plain, lines):
        tight = re.search(r"[\w]-$", whole) or not whole
        whole += line if tight else f" {line}"
    return whole


def _joined(lines: Sequence[Line]) -> Paragraph:
    return Paragraph(lines[0].number, joined(line.text for line in lines))


def _usual(lines: Sequence[Line]) -> float:
    """Give the length of a full line: what one in ten is longer than."""
    lengths = sorted(len(plain(line.text)) for line in lines) or [0]
    return float(lengths[len(lengths) * 9 // 10])


def _begins(lines: Sequence[Line], line: Line, length: float) -> bool:
    last, text = plain(lines[-1].text), plain(line.text)
    if _is_open(lines):
        return False
    listed = mark_of(plain(lines[0].text)) is not None and _ENDED.search(last) is not None
    if listed and text.startswith("Tuyên truyền"):
        return True  # the next occasion, and no more of an item
    return line.begins if line.begins is not None else _is_new(last, text, length)


def _is_new(last: str, text: str, length: float) -> bool:
    """Tell by the words where the file doesn't; `length` is that of a full line."""
    fits = len(last) + 1 + len(text.split(" ", 1)[0]) <= length
    if last.isupper() and text.isupper() and not fits and not _ENDED.search(last):
        return False
    if _STARTS.match(text) or mark_of(text) is not None or last.isupper():
        return True
    if last.endswith("!") and text[0].isupper():
        return True  # as slogans end, each on a line
    if _ENDED.search(last):
        # What would have fitted on the line before was put on another by somebody's will.
        return fits
    # A heading has no mark at its end; other lines are broken because they are full.
    return len(last) < length * _HEADING and text[0].isupper()


def _is_open(lines: Sequence[Line]) -> bool:
    """Tell whether a quotation or a bracket goes on; one that nobody closed ends all the same."""
    text = "".join(line.text for line in lines[-OPEN_LINES:])
    return len(lines) < OPEN_LINES and any(text.count(a) > text.count(b) for a, b in ("“”", "()"))


def _glued(table: Table, other: Table) -> Table:
    """Join two parts of a table, less a header that is repeated, and a row cut in two."""
    rows = list(other.rows)
    if [plain(cell) for cell in rows[0].cells] == [plain(cell) for cell in table.rows[0].cells]:
        del rows[0]
    if rows and not rows[0].cells[0].strip() and len(table.rows) > 1:
        last, rest = table.rows[-1], rows.pop(0)
        cells = (f"{a}\n{b}".strip() for a, b in zip(last.cells, rest.cells, strict=False))
        table = Table((*table.rows[:-1], Row(last.number, tuple(cells))))
    return Table((*table.rows, *rows))
