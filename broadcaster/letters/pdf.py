"""Letters in PDF with a text layer: lines and ruled tables, page by page."""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from broadcaster.letters.columns import parted
from broadcaster.letters.limits import UnreadableError, bounded
from broadcaster.letters.page import PageLine, Word, begun, lines_of, untangled
from broadcaster.letters.source import Block, Line, Row, Table
from broadcaster.messages import Message, msg

Cells = list[list[str | None]]
"""A table's, as pdfplumber gives them; None for the rest of a cell that is merged."""
MOST = 60
"""Pages."""


def blocks(path: Path) -> list[Block]:
    """Read a PDF; lines are numbered through all pages. Raises UnreadableError."""
    import pdfplumber
    from pdfplumber.utils.exceptions import PdfminerException

    content = bounded(path)
    try:
        with pdfplumber.open(io.BytesIO(content)) as pdf:
            _judge(path, pdf)
            return list(_pages(pdf))
    except UnreadableError:
        raise
    except PdfminerException as error:
        raise UnreadableError(_closed(path, error)) from None
    except Exception:  # noqa: BLE001 - whatever a broken file does to the package
        raise UnreadableError(msg("{path} is no PDF that can be opened", path=path)) from None


def _judge(path: Path, pdf: Any) -> None:
    if len(pdf.pages) > MOST:
        raise UnreadableError(msg("{path} has {pages} pages: a letter has at most {most}",
                                  path=path, pages=len(pdf.pages), most=MOST))  # fmt: skip
    if not any(page.chars for page in pdf.pages):
        raise UnreadableError(msg("{path} is a scan without text: have it made readable by a"
                                  " program that recognises text (OCR), or ask for the DOCX",
                                  path=path))  # fmt: skip


def _pages(pdf: Any) -> Iterator[Block]:
    """Give what stands on all pages as though they were one: a table goes on over an edge."""
    lines: list[PageLine] = []
    tables: list[tuple[float, Any]] = []
    begins: dict[int, bool | None] = {}
    above = 0.0
    for page in pdf.pages:
        found = page.find_tables()
        words = [_lowered(word, above) for word in page.extract_words() if not _within(word, found)]
        own = lines_of(words)
        if page.page_number == 1:
            own = untangled(own, float(page.width))
        begins |= zip(map(id, own), (None, *begun(own)[1:]), strict=True) if own else ()
        lines += own
        tables += [(above + table.bbox[1], table.extract()) for table in found]
        above += float(page.height)
        page.close()
    yield from _merged(lines, begins, sorted(tables, key=lambda table: table[0]))


def _lowered(word: Word, by: float) -> Word:
    return word | {"top": word["top"] + by, "bottom": word["bottom"] + by}


def _merged(
    lines: Sequence[PageLine], begins: Mapping[int, bool | None], tables: list[tuple[float, Cells]]
) -> Iterator[Block]:
    """Give tables between the lines that they stand between, and number all."""
    number = 0
    for part in parted(lines):
        first = part if isinstance(part, PageLine) else part[0][0]
        while tables and tables[0][0] < first.top:
            rows = _ruled(tables.pop(0)[1])
            yield _numbered(rows, number)
            number += len(rows)
        if isinstance(part, PageLine):
            number += 1
            yield Line(number, _plain(part.text), begins[id(part)])
        else:
            yield _numbered([tuple(map(_plain, cells)) for _, cells in part], number)
            number += len(part)
    for _, cells in tables:
        rows = _ruled(cells)
        yield _numbered(rows, number)
        number += len(rows)


def _numbered(rows: Sequence[tuple[str, ...]], number: int) -> Table:
    return Table(tuple(Row(n, row) for n, row in enumerate(rows, number + 1)))


def _ruled(cells: Cells) -> list[tuple[str, ...]]:
    """Read a ruled table; a cell that stands beside several rows is of each of them."""
    rows: list[tuple[str, ...]] = []
    for row in cells:
        whole = sum(cell is not None for cell in row) == 1
        above = rows[-1] if rows and not whole else ("",) * len(row)
        filled = (above[n] if cell is None else _plain(cell) for n, cell in enumerate(row))
        rows.append(tuple(filled))
    return rows


def _within(word: Word, tables: list[Any]) -> bool:
    x, y = (word["x0"] + word["x1"]) / 2, (word["top"] + word["bottom"]) / 2
    return any(box[0] <= x <= box[2] and box[1] <= y <= box[3] for box in (t.bbox for t in tables))


def _plain(text: str) -> str:
    return unicodedata.normalize("NFC", text).replace("\xa0", " ")


def _closed(path: Path, error: Exception) -> Message:
    told = f"{error!r} {error.__cause__!r} {error.args!r}"
    if "PDFPasswordIncorrect" in told or "Encryption" in told:
        return msg("{path} is locked with a password: have it saved without one", path=path)
    return msg("{path} is no PDF that can be opened", path=path)
