"""The spreadsheet that goes with the report."""

from __future__ import annotations

import io
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import xlsxwriter

from broadcaster.messages import speaking, tr
from broadcaster.report.grids import Sheet, sheets
from broadcaster.report.named import Named
from broadcaster.report.results import Results
from broadcaster.report.stamp import LANGUAGE, stamp
from broadcaster.report.sums import Cell, Formula

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

_FONT: dict[str, Any] = {"font_name": "Times New Roman", "font_size": 12, "valign": "top"}
_FORMS: dict[str, dict[str, Any]] = {
    "text": {"text_wrap": True},
    "whole": {"num_format": "0"},
    "part": {"num_format": "0.0"},
    "day": {"num_format": "dd/mm/yyyy", "align": "left"},
    "moment": {"num_format": "dd/mm/yyyy hh:mm:ss", "align": "left"},
    "head": {"bold": True, "text_wrap": True, "bottom": 1},
}


def xlsx_report(results: Results, names: Named) -> bytes:
    """Give the sheets as XLSX, with what each formula comes to."""
    held = io.BytesIO()
    with speaking(LANGUAGE), xlsxwriter.Workbook(held, {"in_memory": True}) as book:
        forms = {name: book.add_format(_FONT | form) for name, form in _FORMS.items()}
        for sheet in sheets(results, names):
            _write(book, sheet, forms)
        _describe(book, results, names)
    return held.getvalue()


def _describe(book: Workbook, results: Results, names: Named) -> None:
    book.set_properties(
        {
            "title": tr("Report on the results of “{title}”", title=names.title),
            "author": names.station,
            "created": results.tip.at.replace(tzinfo=None),
        }
    )
    for name, value in stamp(results, names).items():
        book.set_custom_property(name, value, "text")


def _write(book: Workbook, sheet: Sheet, forms: dict[str, Format]) -> None:
    page = book.add_worksheet(sheet.name)
    for column, (title, width) in enumerate(zip(sheet.head, sheet.widths, strict=True)):
        page.set_column(column, column, width)
        page.write_string(0, column, title, forms["head"])
    for number, row in enumerate(sheet.rows, 1):
        for column, cell in enumerate(row):
            _cell(page, (number, column), cell, forms)
    page.freeze_panes(1, 0)
    page.repeat_rows(0)
    page.set_landscape()
    page.set_paper(9)  # A4
    page.fit_to_pages(1, 0)


def _cell(page: Worksheet, at: tuple[int, int], cell: Cell, forms: dict[str, Format]) -> None:
    place: tuple[Any, ...] = at
    match cell:
        case None:
            pass
        case Formula(text, value):
            page.write_formula(*place, f"={text}", forms[_number(value)], value)
        # A text that begins with = stays a text.
        case str():
            page.write_string(*place, cell, forms["text"])
        case datetime():
            page.write_datetime(*place, cell, forms["moment"])
        case date():
            page.write_datetime(*place, cell, forms["day"])
        case _:
            page.write_number(*place, cell, forms[_number(cell)])


def _number(value: float) -> str:
    return "whole" if isinstance(value, int) else "part"
