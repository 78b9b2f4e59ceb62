"""The results report as DOCX, in the form of Decree 30/2020/NĐ-CP."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import TYPE_CHECKING

import docx
from docx.enum.section import WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.shared import Mm, Pt

from broadcaster.messages import speaking, tr
from broadcaster.report import content, letterhead
from broadcaster.report.content import Block, Heading, Paragraph, annex, body
from broadcaster.report.docx_parts import (
    CENTRE,
    Writer,
    base,
    numbered,
    outline,
    page,
    properties,
    rule,
    snug,
    whole,
    widths,
)
from broadcaster.report.named import Named
from broadcaster.report.results import Results
from broadcaster.report.stamp import LANGUAGE, stamp
from broadcaster.report.stated import stated
from broadcaster.report.tables import Table

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import _Cell, _Row
    from docx.text.paragraph import Paragraph as Line

WIDTH = 164.0
"""Of the text, in millimetres."""
LEFT, RIGHT = 67.0, 97.0
"""Of the letterhead's two halves."""
MOTTO_WIDTH = 56.0
"""Of the motto in 13 points bold, measured."""
LETTER_WIDTH = 2.7
"""Of a capital in 12 points bold, on average."""
_JUSTIFY, _LEFT, _RIGHT = (
    WD_ALIGN_PARAGRAPH.JUSTIFY,
    WD_ALIGN_PARAGRAPH.LEFT,
    WD_ALIGN_PARAGRAPH.RIGHT,
)


def docx_report(results: Results, names: Named) -> bytes:
    """Give the report; number, date, signature and what no file names are left to the clerk."""
    with speaking(LANGUAGE):
        document = docx.Document()
        base(document)
        _Report(document, Writer(stated(results)), names).write(results)
        _described(document, results, names)
        properties(document, stamp(results, names))
        held = io.BytesIO()
        document.save(held)
        return held.getvalue()


def _described(document: Document, results: Results, names: Named) -> None:
    core, when = document.core_properties, results.tip.at.replace(tzinfo=None)
    core.title = tr("Report on the results of “{title}”", title=names.title)
    core.author = core.last_modified_by = names.station
    core.language, core.comments = "vi-VN", ""
    core.created = core.modified = when


class _Report:
    """The document while it is written, from its first line to its last."""

    def __init__(self, document: Document, writer: Writer, names: Named) -> None:
        self._document = document
        self._writer = writer
        self._names = names

    def write(self, results: Results) -> None:
        """Write all of it."""
        page(self._document.sections[0])
        numbered(self._document.sections[0])
        self._letterhead()
        self._title(rehearsed=results.rehearsed)
        for ground in letterhead.grounds(self._names):
            self._running(ground, italic=True)
        self._running(tr("{station} reports:", station=self._names.station))
        self._blocks(body(results, self._names))
        # The signature never stands on a page of its own.
        self._document.paragraphs[-1].paragraph_format.keep_with_next = True
        self._signature()
        self._annex(annex(results, self._names))

    def _letterhead(self) -> None:
        left, right = self._halves(LEFT, RIGHT)
        names = self._names
        if above := letterhead.parent(names):
            self._centred(left, above, 12)
        own = names.station.upper()
        self._centred(left, own, 12, bold=True)
        # The last line's, where a long name takes two.
        length = min(len(own) * LETTER_WIDTH, LEFT) * 0.4
        rule(left.add_paragraph(), length, LEFT)
        self._centred(left, letterhead.symbol(names), 13).paragraph_format.space_before = Pt(6)
        self._centred(right, letterhead.STATE, 12, bold=True)
        self._centred(right, letterhead.MOTTO, 13, bold=True)
        rule(right.add_paragraph(), MOTTO_WIDTH, RIGHT)
        dated = self._centred(right, letterhead.place_and_date(), 13, italic=True)
        dated.paragraph_format.space_before = Pt(6)

    def _title(self, *, rehearsed: bool) -> None:
        kind = self._line(tr("REPORT"), 14, bold=True)
        kind.paragraph_format.space_before = Pt(12)
        self._line(tr("Results of “{title}”", title=self._names.title), 14, bold=True)
        rule(self._document.add_paragraph(), WIDTH * 0.4, WIDTH)
        if rehearsed:
            self._line(content.rehearsed(), 14, bold=True)
        to = self._line("", 14)
        self._writer.text(
            to, tr("To: {addressee}", addressee=letterhead.addressee(self._names)), 14
        )
        to.paragraph_format.space_before = to.paragraph_format.space_after = Pt(10)

    def _signature(self) -> None:
        left, right = self._halves(82.0, 82.0)
        first = left.paragraphs[0]
        self._writer.text(first, tr("Receivers:"), 12, bold=True, italic=True)
        for receiver in letterhead.receivers(self._names):
            self._writer.text(left.add_paragraph(), receiver, 11)
        self._centred(right, letterhead.BLANK * 2, 14, bold=True)
        for _ in range(4):
            right.add_paragraph()
        self._centred(right, letterhead.BLANK * 2, 14, bold=True)

    def _annex(self, blocks: Sequence[Block]) -> None:
        section = self._document.add_section(WD_SECTION.NEW_PAGE)
        page(section)
        numbered(section)
        self._line(tr("Annex"), 14, bold=True)
        self._line(tr("FIGURES BY DAY AND BY SIGN"), 14, bold=True)
        enclosed = self._line(letterhead.enclosed(self._names), 14, italic=True)
        enclosed.paragraph_format.space_after = Pt(12)
        self._blocks(blocks)

    def _blocks(self, blocks: Sequence[Block]) -> None:
        for block in blocks:
            match block:
                case Heading(text, level):
                    heading = self._running(text, bold=True)
                    heading.paragraph_format.keep_with_next = True
                    outline(heading, level)
                case Paragraph(text, justified):
                    line = self._running(text)
                    line.alignment = _JUSTIFY if justified else _LEFT
                case _:
                    self._table(block)

    def _table(self, held: Table) -> None:
        table = self._document.add_table(rows=len(held.rows) + 1, cols=len(held.head))
        table.style = "Table Grid"
        widths(table, [part * WIDTH / sum(held.widths) for part in held.widths])
        self._row(table.rows[0], held.head, [CENTRE] * len(held.head), bold=True)
        sides = [_RIGHT if n >= held.figures_from else _LEFT for n in range(len(held.head))]
        for number, cells in enumerate(held.rows, 1):
            self._row(table.rows[number], cells, sides,
                      bold=held.sums_up and number == len(held.rows))  # fmt: skip
        whole(table, heads=True)
        self._document.add_paragraph().paragraph_format.line_spacing = Pt(8)

    def _row(
        self, row: _Row, cells: Sequence[str], sides: Sequence[WD_ALIGN_PARAGRAPH], *, bold: bool
    ) -> None:
        for cell, text, side in zip(row.cells, cells, sides, strict=True):
            cell.paragraphs[0].alignment = side
            self._writer.text(cell.paragraphs[0], text, 13, bold=bold)

    def _running(self, text: str, *, bold: bool = False, italic: bool = False) -> Line:
        line = self._document.add_paragraph()
        form = line.paragraph_format
        form.first_line_indent = Mm(12.7)
        form.space_before, form.space_after = Pt(0), Pt(6)
        form.line_spacing_rule = WD_LINE_SPACING.MULTIPLE
        form.line_spacing = 1.15
        line.alignment = _JUSTIFY
        self._writer.text(line, text, 14, bold=bold, italic=italic)
        return line

    def _line(self, text: str, size: float, *, bold: bool = False, italic: bool = False) -> Line:
        line = self._document.add_paragraph()
        line.alignment = CENTRE
        self._writer.text(line, text, size, bold=bold, italic=italic)
        return line

    def _halves(self, left: float, right: float) -> tuple[_Cell, _Cell]:
        table = self._document.add_table(rows=1, cols=2)
        widths(table, [left, right])
        whole(table)
        cells = table.rows[0].cells
        for cell in cells:
            snug(cell)
        return cells[0], cells[1]

    def _centred(
        self, cell: _Cell, text: str, size: float, *, bold: bool = False, italic: bool = False
    ) -> Line:
        """Add a centred line to a cell; the first takes the one that every cell is made with."""
        first = cell.paragraphs[0]
        fresh = len(cell.paragraphs) == 1 and not first.text
        line: Line = first if fresh else cell.add_paragraph()
        line.alignment = CENTRE
        self._writer.text(line, text, size, bold=bold, italic=italic)
        return line
