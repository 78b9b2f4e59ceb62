"""A letter as its file has it: lines and tables, each with the number that people find it by."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a text or a page, or a paragraph of a DOCX."""

    number: int
    text: str
    begins: bool | None = None
    """Whether a paragraph begins here; None where the file doesn't tell."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table, as far as it stands on one page."""

    rows: tuple[Row, ...]


Block: TypeAlias = Line | Table
"""What stands one below the other."""
