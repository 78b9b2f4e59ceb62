"""A letter as people paste it: wrapped, double-spaced, cells on their own lines or with tabs."""

import textwrap
import unicodedata
from collections.abc import Iterator
from itertools import zip_longest

from tests.letters.typesetting.source import Block, Cell, Letter, Paragraph, Table

COLUMN = 37


def text(letter: Letter) -> str:
    """Return the text form that the source's settings ask for.

    `wrap` is a line's length, 0 for none; `spacing` double, paragraphs or tight; `cells` lines or
    tabs; `letterhead` columns, cells or no; `form` NFC or NFD.
    """
    paragraphs = [list(_lines(block, letter.text)) for block in letter.blocks]
    spacing = letter.text.get("spacing", "paragraphs")
    if spacing == "double":
        joined = "\n\n".join(line for lines in paragraphs for line in lines)
    else:
        between = "\n\n" if spacing == "paragraphs" else "\n"
        joined = between.join("\n".join(lines) for lines in paragraphs if lines)
    spaced = joined.replace("\N{NO-BREAK SPACE}", " ")
    return unicodedata.normalize(letter.text.get("form", "NFC"), spaced) + "\n"


def _lines(block: Block, settings: dict[str, str]) -> Iterator[str]:
    wrap = int(settings.get("wrap", "75"))
    match block:
        case Paragraph(look="stamp"):
            return
        case Paragraph():
            yield from _wrapped(_bulleted(block), wrap)
        case Table(look="letterhead"):
            yield from _letterhead(block, settings.get("letterhead", "columns"))
        case Table(look="signature"):
            for row in block.rows:
                for cell in row:
                    yield from cell.text.splitlines()
        case Table():
            for row in _full_rows(block):
                yield from _row(row, block.widths, wrap, settings.get("cells", "lines"))


def _bulleted(paragraph: Paragraph) -> str:
    return f"- {paragraph.text}" if paragraph.look == "bullet" else paragraph.text


def _wrapped(text: str, width: int) -> list[str]:
    lines = text.splitlines() or [""]
    if not width:
        return lines
    return [
        part.rstrip()
        for line in lines
        for part in textwrap.wrap(line, width, break_long_words=False) or [""]
    ]


def _letterhead(table: Table, how: str) -> Iterator[str]:
    if how == "no":
        return
    for row in table.rows:
        columns = [
            [part for line in cell.text.splitlines() for part in _wrapped(line, COLUMN)]
            for cell in row
        ]
        if how == "cells":
            yield from (line for column in columns for line in column)
        else:
            for line in zip_longest(*columns, fillvalue=""):
                yield "    ".join(part.center(COLUMN) for part in line).rstrip()


def _full_rows(table: Table) -> Iterator[list[Cell]]:
    """Give the rows as Word copies them: a cell that goes on from the row above is empty."""
    empty = Cell(())
    below: dict[int, int] = {}
    for row in table.rows:
        cells, full = iter(row), list[Cell]()
        while len(full) < len(table.widths):
            at = len(full)
            if below.get(at, 0):
                below[at] -= 1
                full.append(empty)
            elif (cell := next(cells, None)) is not None:
                below[at] = cell.rows - 1
                full.extend([cell] + [empty] * (cell.columns - 1))
            else:
                break
        yield full


def _row(row: list[Cell], widths: tuple[int, ...], wrap: int, how: str) -> Iterator[str]:
    if how == "tabs":
        yield "\t".join(" ".join(cell.text.split("\n")) for cell in row).rstrip()
        return
    for cell, width in zip(row, widths, strict=False):
        if cell.text:
            yield from _wrapped(cell.text, wrap and max(12, wrap * cell.columns * width // 100))
