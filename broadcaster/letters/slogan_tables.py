"""Slogans in tables: a row each, or lists that stand beside each other."""

from __future__ import annotations

import re
from collections.abc import Iterator

from broadcaster.letters.marks import BULLETS, mark_of
from broadcaster.letters.paragraphs import plain
from broadcaster.letters.quotes import quoted
from broadcaster.letters.source import Row, Table

_RIGHT = re.compile(r"nay|sửa|đúng|mới|điều\s+chỉnh|thay", re.IGNORECASE)
"""How the column of what is right is called, beside that of what was wrong."""
_NAMED = re.compile(r"khẩu\s+hiệu", re.IGNORECASE)


def in_table(table: Table) -> Iterator[tuple[str, int]]:
    """Give the texts of a table that are slogans, with their rows' numbers."""
    header = [plain(cell.replace("\n", " ")) for cell in table.rows[0].cells]
    column = next((n for form in (_RIGHT, _NAMED) for n, c in enumerate(header) if form.search(c)),
                  None)  # fmt: skip
    for row in table.rows:
        yield from ((text, row.number) for text in _in_row(row, column))


def _in_row(row: Row, column: int | None) -> Iterator[str]:
    texts = [plain(cell.replace("\n", " ")) for cell in row.cells]
    if texts[0].rstrip(".").isdigit():
        text = texts[column] if column is not None and column < len(texts) else max(texts, key=len)
        quotes = quoted(text)
        yield quotes[0].text if quotes else text
        return
    for cell in row.cells:
        for line in _items(cell):
            mark = mark_of(line)
            if mark is not None and mark.kind in BULLETS:
                yield line[mark.end :]


def _items(cell: str) -> list[str]:
    """Give a cell's items; a line that has no mark goes on with the one before."""
    items: list[str] = []
    for line in map(plain, cell.split("\n")):
        if items and mark_of(line) is None:
            items[-1] += f" {line}"
        else:
            items.append(line)
    return items
