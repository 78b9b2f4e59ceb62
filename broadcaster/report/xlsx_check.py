"""Compares a spreadsheet's cells with those that the ledger gives."""

from __future__ import annotations

import io
import math
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from typing import Any

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from broadcaster.messages import msg
from broadcaster.report.check import Difference
from broadcaster.report.compared import differs
from broadcaster.report.grids import Sheet, sheets
from broadcaster.report.named import nameless
from broadcaster.report.results import Results
from broadcaster.report.stamp import Stamp, read
from broadcaster.report.sums import Cell, Formula

_NEAR = timedelta(milliseconds=5)
_SPACE = str.maketrans("", "", "'$ ")
"""What LibreOffice writes otherwise than we do."""


def read_xlsx(
    content: bytes,
) -> tuple[Stamp | None, Callable[[Results], Iterator[Difference]]]:
    """Give what an XLSX says it was made of, and what tells its differences; raises ValueError."""
    try:
        book = openpyxl.load_workbook(io.BytesIO(content))
        values = openpyxl.load_workbook(io.BytesIO(content), data_only=True)
    except InvalidFileException as error:
        raise ValueError(str(error)) from error
    held = {each.name: str(each.value) for each in book.custom_doc_props.props}
    return read(held), lambda results: _differences(book, values, results)


def _differences(book: Any, values: Any, results: Results) -> Iterator[Difference]:
    for sheet in sheets(results, nameless()):
        if sheet.name in book.sheetnames:
            yield from _sheet(sheet, book[sheet.name], values[sheet.name])
        else:
            yield sheet.name, msg("is not found any more")


def _sheet(sheet: Sheet, page: Any, values: Any) -> Iterator[Difference]:
    for number, row in enumerate(sheet.rows, 2):
        for column, right in enumerate(row, 1):
            cell, value = page.cell(number, column), values.cell(number, column).value
            if column - 1 not in sheet.names and not _same(cell.value, value, right):
                yield f"{sheet.name}!{cell.coordinate}", differs(_told(value), _told(right))
    if page.max_row > len(sheet.rows) + 1:
        yield sheet.name, msg("has rows that the ledger doesn't give")


def _same(written: Any, value: Any, right: Cell) -> bool:
    if isinstance(right, Formula):
        formula = str(written).translate(_SPACE) == f"={right.text}".translate(_SPACE)
        # A program that computes nothing leaves no value behind.
        return formula and (value is None or _equal(value, right.value))
    return _equal(value, right)


def _equal(value: Any, right: Cell) -> bool:
    if isinstance(right, (int, float)) and isinstance(value, (int, float)):
        return math.isclose(value, right, rel_tol=1e-6, abs_tol=1e-6)
    if isinstance(right, date) and isinstance(value, datetime):
        at = right if isinstance(right, datetime) else datetime.combine(right, datetime.min.time())
        return abs(value - at) < _NEAR
    return bool(value == right) or (value in {None, ""} and right in {None, ""})


def _told(value: Any) -> str:
    return _told(value.value) if isinstance(value, Formula) else "" if value is None else str(value)
