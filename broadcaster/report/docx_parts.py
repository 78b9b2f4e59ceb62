"""Pieces of a DOCX that python-docx has no words for: rules, figures, page numbers, widths."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from itertools import count
from typing import TYPE_CHECKING

from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from lxml import etree

from broadcaster.report.stated import MARK, Stated

if TYPE_CHECKING:
    from docx.document import Document
    from docx.section import Section
    from docx.table import Table, _Cell
    from docx.text.paragraph import Paragraph
    from docx.text.run import Run
    from lxml.etree import _Element

FONT = "Times New Roman"
CENTRE = WD_ALIGN_PARAGRAPH.CENTER
_SCRIPTS = ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia")
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_CUSTOM, _TYPES = f"{_OFFICE}/custom-properties", f"{_OFFICE}/docPropsVTypes"
_RELATION = f"{_OFFICE}/relationships/custom-properties"
_CUSTOM_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_FMTID = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
_PREFIX = "_f"
"""Word hides bookmarks that begin with an underscore from its list."""


def bookmark(name: str) -> str:
    """Give the bookmark's name for a figure's: Word allows 40 characters, letters and digits."""
    return _PREFIX + hashlib.sha256(name.encode()).hexdigest()[:24]


class Writer:
    """Writes text into paragraphs, its figures as bookmarks that a check finds again."""

    def __init__(self, figures: Stated) -> None:
        self._figures = figures
        self._ids = count(1)
        self._seen: dict[str, int] = {}

    def text(
        self,
        paragraph: Paragraph,
        text: str,
        size: float,
        *,
        bold: bool = False,
        italic: bool = False,
    ) -> None:
        """Add text to a paragraph; `size` in points."""
        for number, part in enumerate(MARK.split(text)):
            if number % 2:
                self._figure(paragraph, part, size, bold=bold)
            elif part:
                self._run(paragraph, part, size, bold=bold, italic=italic)

    def _figure(self, paragraph: Paragraph, name: str, size: float, *, bold: bool) -> None:
        id_, again = str(next(self._ids)), self._seen.get(name, 0)
        self._seen[name] = again + 1
        full = bookmark(name) + (f"_{again + 1}" if again else "")
        paragraph._p.append(_element("w:bookmarkStart", id=id_, name=full))  # noqa: SLF001
        self._run(paragraph, self._figures[name], size, bold=bold, italic=False)
        paragraph._p.append(_element("w:bookmarkEnd", id=id_))  # noqa: SLF001

    @staticmethod
    def _run(paragraph: Paragraph, text: str, size: float, *, bold: bool, italic: bool) -> Run:
        run = paragraph.add_run(text)
        run.font.size = Pt(size)
        run.font.name = FONT
        run.bold, run.italic = bold, italic
        return run


def base(document: Document) -> None:
    """Set what every paragraph is unless it says otherwise: font, language, no space around."""
    style = document.styles["Normal"]
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in list(fonts.attrib):
        del fonts.attrib[name]
    for script in _SCRIPTS:
        fonts.set(qn(script), FONT)
    style.font.size = Pt(14)
    style.paragraph_format.space_after = Pt(0)
    style.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "vi-VN")
        language.set(qn("w:eastAsia"), "vi-VN")


def page(section: Section) -> None:
    """Make a section A4 with an official document's margins; its first page has no number."""
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(16)
    section.header_distance = section.footer_distance = Mm(10)
    section.different_first_page_header_footer = True


def numbered(section: Section) -> None:
    """Centre the page's number in the top margin, from 1 on in this section."""
    properties = section._sectPr  # noqa: SLF001
    # A new section begins as a copy of the one before.
    for old in properties.findall(qn("w:pgNumType")):
        properties.remove(old)
    properties.insert_element_before(
        _element("w:pgNumType", start="1"), "w:cols", "w:titlePg", "w:docGrid"
    )
    for header in (section.header, section.first_page_header):
        header.is_linked_to_previous = False
    paragraph = section.header.paragraphs[0]
    paragraph.style = "Normal"
    paragraph.alignment = CENTRE
    run = Writer._run(paragraph, "", 14, bold=False, italic=False)  # noqa: SLF001
    for part in ("begin", "PAGE", "end"):
        if part == "PAGE":
            field = OxmlElement("w:instrText")
            field.text = part
        else:
            field = _element("w:fldChar", fldCharType=part)
        run._r.append(field)  # noqa: SLF001


def rule(paragraph: Paragraph, length: float, room: float) -> None:
    """Make a paragraph a solid line, centred; lengths in millimetres."""
    form = paragraph.paragraph_format
    form.left_indent = form.right_indent = Mm((room - length) / 2)
    form.first_line_indent = Mm(0)
    # Clear of the dots below letters.
    form.space_before, form.space_after = Pt(3), Pt(0)
    form.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    form.line_spacing = Pt(3)
    borders = OxmlElement("w:pBdr")
    borders.append(_element("w:top", val="single", sz="6", space="1", color="000000"))
    properties = paragraph._p.get_or_add_pPr()  # noqa: SLF001
    properties.insert_element_before(
        borders, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc"
    )


def outline(paragraph: Paragraph, level: int) -> None:
    """Let readers jump to a heading."""
    properties = paragraph._p.get_or_add_pPr()  # noqa: SLF001
    properties.append(_element("w:outlineLvl", val=str(level - 1)))


def widths(table: Table, millimetres: list[float]) -> None:
    """Fix the widths of columns: Word takes the cells', LibreOffice the columns'."""
    table.autofit = False
    for number, width in enumerate(millimetres):
        table.columns[number].width = Mm(width)
        for cell in table.columns[number].cells:
            cell.width = Mm(width)


def whole(table: Table, *, heads: bool = False) -> None:
    """Break no row across two pages; `heads`: repeat the first on every page."""
    for number, row in enumerate(table.rows):
        properties = row._tr.get_or_add_trPr()  # noqa: SLF001
        properties.append(OxmlElement("w:cantSplit"))
        if heads and number == 0:
            properties.append(OxmlElement("w:tblHeader"))


def snug(cell: _Cell) -> None:
    """Let a cell's text reach its sides, so that a rule is as long as it is told."""
    margins = OxmlElement("w:tcMar")
    for side in ("left", "right"):
        margins.append(_element(f"w:{side}", w="0", type="dxa"))
    cell._tc.get_or_add_tcPr().append(margins)  # noqa: SLF001


def properties(document: Document, held: Mapping[str, str]) -> None:
    """Give a document custom properties, as Word's own dialogue shows them."""
    package = document.part.package
    root = etree.Element(f"{{{_CUSTOM}}}Properties", nsmap={None: _CUSTOM, "vt": _TYPES})
    for number, (name, value) in enumerate(held.items(), 2):
        each = etree.SubElement(root, f"{{{_CUSTOM}}}property")
        each.attrib.update({"fmtid": _FMTID, "pid": str(number), "name": name})
        etree.SubElement(each, f"{{{_TYPES}}}lpwstr").text = value
    blob = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    part = Part(PackURI("/docProps/custom.xml"), _CUSTOM_TYPE, blob, package)
    package.relate_to(part, _RELATION)


def _element(name: str, /, **values: str) -> _Element:
    element: _Element = OxmlElement(name)
    for key, value in values.items():
        element.set(qn(f"w:{key}"), value)
    return element
