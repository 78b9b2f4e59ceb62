"""A letter as DOCX, in the form of Decree 30/2020: A4, Times New Roman, real tables."""

from datetime import UTC, datetime
from pathlib import Path

import docx
from docx.document import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import Table as WordTable
from docx.table import _Cell, _Row
from docx.text.paragraph import Paragraph as WordParagraph

from tests.letters.typesetting.source import Cell, Letter, PageBreak, Paragraph, Table

TEXT_WIDTH = Mm(160)
ALIGNMENT = {
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
    "": WD_ALIGN_PARAGRAPH.JUSTIFY,
}


def write(letter: Letter, path: Path, font: str = "Times New Roman") -> None:
    """Write the DOCX; another font is for a copy to be printed where that one is missing."""
    document = docx.Document()
    _set_page(document, font)
    for block in letter.blocks:
        match block:
            case Paragraph(look="stamp"):
                continue
            case Paragraph():
                style = "List Bullet" if block.look == "bullet" else None
                _fill(document.add_paragraph(style=style), block, indent=True)
            case Table():
                _add_table(document, block)
            case PageBreak():
                document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
    document.core_properties.author = ""
    document.core_properties.created = datetime(2025, 1, 1, tzinfo=UTC)
    document.save(str(path))


def _set_page(document: Document, font: str) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin = section.bottom_margin = section.right_margin = Mm(20)
    section.left_margin = Mm(30)
    section.different_first_page_header_footer = True
    number = section.header.paragraphs[0]
    number.alignment = WD_ALIGN_PARAGRAPH.CENTER
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    number._p.append(field)
    for style in ("Normal", "List Bullet"):
        face = document.styles[style].font
        face.name, face.size = font, Pt(14)
        face.element.get_or_add_rPr().rFonts.set(qn("w:eastAsia"), font)
    for mark in document.part.numbering_part.element.iter(qn("w:lvlText")):
        mark.set(qn("w:val"), "-")
    for face in document.part.numbering_part.element.iter(qn("w:rFonts")):
        face.attrib.clear()


def _fill(target: WordParagraph, source: Paragraph, *, indent: bool, size: int = 14) -> None:
    target.alignment = ALIGNMENT.get(source.look, WD_ALIGN_PARAGRAPH.JUSTIFY)
    target.paragraph_format.space_after = Pt(6 if indent else 0)
    if indent and not source.look:
        target.paragraph_format.first_line_indent = Mm(12.7)
    for piece in source.runs:
        run = target.add_run(piece.text)
        run.bold, run.italic, run.font.size = piece.bold, piece.italic, Pt(size)


def _add_table(document: Document, source: Table) -> None:
    table = document.add_table(len(source.rows), len(source.widths))
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    if source.look == "grid":
        table.style = "Table Grid"
    for column, width in zip(table.columns, source.widths, strict=True):
        column.width = TEXT_WIDTH * width // 100
    filled = set[tuple[int, int]]()
    for y, row in enumerate(source.rows):
        x = 0
        for cell in row:
            while (y, x) in filled:
                x += 1
            _fill_cell(_spanning(table, y, x, cell), cell, source.look)
            filled |= {(y + j, x + i) for j in range(cell.rows) for i in range(cell.columns)}
            x += cell.columns
    for row in table.rows:
        for cell, width in zip(row.cells, source.widths, strict=False):
            cell.width = TEXT_WIDTH * width // 100
    if source.repeats_header:
        _repeat(table.rows[0])
    document.add_paragraph().paragraph_format.space_after = Pt(0)


def _spanning(table: WordTable, y: int, x: int, cell: Cell) -> _Cell:
    first = table.cell(y, x)
    if cell.columns * cell.rows == 1:
        return first
    return first.merge(table.cell(y + cell.rows - 1, x + cell.columns - 1))


def _fill_cell(target: _Cell, source: Cell, look: str) -> None:
    centred = look == "letterhead"
    for at, paragraph in enumerate(source.paragraphs):
        into = target.paragraphs[0] if at == 0 else target.add_paragraph()
        shown = Paragraph(paragraph.runs, paragraph.look or ("center" if centred else "flat"))
        _fill(into, shown, indent=False, size=13)
        if shown.look == "flat":
            into.alignment = WD_ALIGN_PARAGRAPH.LEFT


def _repeat(row: _Row) -> None:
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)
