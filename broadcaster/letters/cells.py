"""A table that a copy has flattened into a cell a line: put together by its columns' names."""

from __future__ import annotations

import re
from collections.abc import Sequence

from broadcaster.letters.found import Context
from broadcaster.letters.marks import mark_of
from broadcaster.letters.moments import moment
from broadcaster.letters.paragraphs import plain
from broadcaster.letters.source import Line, Row, Table

_WHEN = re.compile(r"(?:thời\s+gian|ngày(?:\s+\w+)?|buổi|giờ|ngày,?\s+giờ)$", re.IGNORECASE)
_WHAT = re.compile(r"(?:nội\s+dung|hoạt\s+động|chương\s+trình)(?:\s+\w+){0,2}$", re.IGNORECASE)
_OTHER = re.compile(r"(?:địa\s+điểm|điểm\s+\w+|chủ\s+trì|đơn\s+vị.{0,20}|thành\s+phần|ghi\s+chú)$",
                    re.IGNORECASE)  # fmt: skip
LEAST, LONGEST_WHEN = 3, 40
"""Columns, and characters of a cell that says when."""
_NOWHERE = Context(None, None)


def of_cells(lines: Sequence[Line]) -> tuple[Table, int] | None:
    """Give a table whose columns' names stand on a line each, and how many lines it takes.

    What says when is of all rows until another does, as where its cell was merged.
    """
    names = _names(lines)
    others = [name for name in names if not _WHEN.match(name)]
    if len(names) < LEAST or len(others) == len(names) or not any(map(_WHAT.match, names)):
        return None
    cells = _cells(lines[len(names) :])
    rows = [Row(lines[0].number, ("Thời gian", *others))]
    when: list[str] = []
    held: list[str] = []
    for number, text in cells:
        if not held and _is_when(text):
            when = [] if _says_day(text) else [each for each in when if _says_day(each)]
            when.append(text)
            continue
        held.append(text)
        if len(held) == len(others):
            rows.append(Row(number, (" ".join(when), *held)))
            held = []
    taken = next((n for n, line in enumerate(lines) if mark_of(plain(line.text))), len(lines))
    return (Table(tuple(rows)), taken) if len(rows) > 1 and not held else None


def _cells(lines: Sequence[Line]) -> list[tuple[int, str]]:
    """Give cells up to the next item of the letter; a line that begins small goes on with one."""
    cells: list[tuple[int, str]] = []
    for line in lines:
        text = plain(line.text)
        if mark_of(text) is not None:
            break
        if cells and (text[:1].islower() or cells[-1][1].endswith("-")):
            cells[-1] = cells[-1][0], f"{cells[-1][1]} {text}"
        else:
            cells.append((line.number, text))
    return cells


def _names(lines: Sequence[Line]) -> list[str]:
    names: list[str] = []
    for line in lines:
        text = plain(line.text)
        if not any(form.match(text) for form in (_WHEN, _WHAT, _OTHER)):
            break
        names.append(text)
    return names


def _is_when(text: str) -> bool:
    told = moment(text, _NOWHERE)
    return len(text) <= LONGEST_WHEN and (
        _says_day(text) or told.part is not None or bool(told.time)
    )


def _says_day(text: str) -> bool:
    return len(text) <= LONGEST_WHEN and re.search(r"\d/\d", text) is not None
