"""Letters in DOCX: paragraphs and tables in the order that they stand in."""

from __future__ import annotations

import io
import unicodedata
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from broadcaster.letters.limits import UnreadableError, bounded
from broadcaster.letters.source import Block, Line, Row, Table
from broadcaster.messages import msg

UNPACKED = 60_000_000
"""Bytes of all that a DOCX holds: a bomb says more."""


def blocks(path: Path) -> list[Block]:
    """Read a DOCX; lines are numbered by paragraph. Raises UnreadableError."""
    import docx

    content = bounded(path)
    _judge(path, content)
    try:
        document = docx.Document(io.BytesIO(content))
    except Exception:  # noqa: BLE001 - whatever a broken archive does to the package
        raise UnreadableError(msg("{path} is no DOCX that can be opened", path=path)) from None
    return list(_body(document))


def _judge(path: Path, content: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            size = sum(each.file_size for each in archive.infolist())
    except zipfile.BadZipFile:
        raise UnreadableError(msg("{path} is no DOCX that can be opened", path=path)) from None
    if size > UNPACKED:
        raise UnreadableError(msg("{path} unpacks to over {most} MB: no letter does", path=path,
                                  most=UNPACKED // 1_000_000))  # fmt: skip


def _body(document: Any) -> Iterator[Block]:
    number = 0
    for part in document.iter_inner_content():
        if hasattr(part, "rows"):
            rows = []
            for row in part.rows:
                cells = [_cell(cell) for cell in _distinct(row.cells)]
                rows.append(Row(number + 1, tuple(cells)))
                number += max(1, *(cell.count("\n") + 1 for cell in cells)) if cells else 1
            yield Table(tuple(rows))
        else:
            for line in _text(part.text).split("\n"):
                number += 1
                if line.strip():
                    yield Line(number, line, begins=True)


def _distinct(cells: Any) -> Iterator[Any]:
    """Give merged cells once."""
    last = None
    for cell in cells:
        if cell._tc is not last:  # noqa: SLF001 - the package tells merged cells in no other way
            yield cell
        last = cell._tc  # noqa: SLF001


def _cell(cell: Any) -> str:
    return "\n".join(_text(each.text) for each in cell.paragraphs if each.text.strip())


def _text(text: str) -> str:
    return unicodedata.normalize("NFC", text).replace("\xa0", " ")
