"""A letter's source, a small subset of XHTML, as paragraphs and tables."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from lxml import etree


@dataclass(frozen=True)
class Run:
    """Text of one face; a line break in it is a newline."""

    text: str
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True)
class Paragraph:
    """`look` is "", "center", "right", "flat" (no indent), "bullet" (set by the
    program) or "stamp" (put on a print by whoever signs or receives it)."""

    runs: tuple[Run, ...]
    look: str = ""

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs).strip()


@dataclass(frozen=True)
class Cell:
    """A cell and how many columns and rows it covers."""

    paragraphs: tuple[Paragraph, ...]
    columns: int = 1
    rows: int = 1
    header: bool = False

    @property
    def text(self) -> str:
        return "\n".join(paragraph.text for paragraph in self.paragraphs)


@dataclass(frozen=True)
class Table:
    """`look` is "letterhead", "signature", "grid" or "plain" (no borders); widths in percent."""

    rows: tuple[tuple[Cell, ...], ...]
    look: str
    widths: tuple[int, ...]

    @property
    def repeats_header(self) -> bool:
        return self.rows[0][0].header


@dataclass(frozen=True)
class PageBreak:
    """What follows begins a page."""


Block = Paragraph | Table | PageBreak


@dataclass(frozen=True)
class Letter:
    """A letter and how its forms are to look: `text` and `print` are the source's own settings."""

    blocks: tuple[Block, ...]
    text: dict[str, str]
    print: dict[str, str]


def read(path: Path) -> Letter:
    """Read a letter.html."""
    root = etree.parse(path).getroot()
    settings = {
        meta.get("name"): dict(pair.split("=") for pair in meta.get("content").split())
        for meta in root.iter("meta")
        if meta.get("name")
    }
    blocks = tuple(block for element in root.find("body") for block in _blocks(element))
    return Letter(blocks, settings.get("text", {}), settings.get("print", {}))


def _blocks(element: etree._Element) -> Iterator[Block]:
    match element.tag:
        case "p":
            yield _paragraph(element, element.get("class", ""))
        case "ul":
            yield from (_paragraph(item, "bullet") for item in element)
        case "table":
            widths = tuple(int(width) for width in element.get("widths").split())
            rows = tuple(tuple(_cell(cell) for cell in row) for row in element.iter("tr"))
            yield Table(rows, element.get("class", "grid"), widths)
        case "hr":
            yield PageBreak()
        case _:
            raise ValueError(f"line {element.sourceline}: <{element.tag}> is not of the subset")


def _cell(element: etree._Element) -> Cell:
    header = element.tag == "th"
    inner = element.findall("p")
    look = "" if inner else element.get("class", "")
    paragraphs = tuple(_paragraph(p, p.get("class", ""), bold=header) for p in inner or [element])
    span = int(element.get("colspan", "1")), int(element.get("rowspan", "1"))
    if look:
        paragraphs = tuple(Paragraph(p.runs, look) for p in paragraphs)
    return Cell(paragraphs, *span, header=header)


def _paragraph(element: etree._Element, look: str, *, bold: bool = False) -> Paragraph:
    runs = list(_runs(element, bold=bold, italic=False))
    if runs:
        runs[0] = Run(runs[0].text.lstrip(" "), runs[0].bold, runs[0].italic)
        runs[-1] = Run(runs[-1].text.rstrip(" "), runs[-1].bold, runs[-1].italic)
    return Paragraph(tuple(run for run in runs if run.text), look)


def _runs(element: etree._Element, *, bold: bool, italic: bool) -> Iterator[Run]:
    bold, italic = bold or element.tag == "b", italic or element.tag == "i"
    if element.text:
        yield Run(_collapsed(element.text), bold, italic)
    for child in element:
        if child.tag == "br":
            yield Run("\n", bold, italic)
        else:
            yield from _runs(child, bold=bold, italic=italic)
        if child.tail:
            text = _collapsed(child.tail)
            yield Run(text.lstrip(" ") if child.tag == "br" else text, bold, italic)


def _collapsed(text: str) -> str:
    # A no-break space stays: it keeps the gaps that are left for the clerk to fill in.
    return re.sub("[ \t\n]+", " ", text)
