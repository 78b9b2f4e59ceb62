"""A letter's file, whatever it is, to its lines and tables: in a process of its own."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from broadcaster.letters.limits import UnreadableError, bounded
from broadcaster.letters.source import Block, Line, Row, Table
from broadcaster.letters.texts import lines_of
from broadcaster.messages import from_json, msg
from broadcaster.worker import run

DEADLINE = 60.0
"""Seconds for a file: one that takes longer was made to."""
_OLD = b"\xd0\xcf\x11\xe0"
"""What a DOC of before 2007 begins with."""
_MARKED = frozenset("ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ")
_VIETNAMESE = 0.05
"""Of the letters: Vietnamese has about one in five with such a mark."""


async def blocks_of(path: Path) -> list[Block]:
    """Read a PDF, a DOCX or a text; raises UnreadableError, and DeviceError where it hangs."""
    content = bounded(path)
    if content.startswith(_OLD):
        raise UnreadableError(msg("{path} is an old DOC: save it as DOCX", path=path))
    kind = "pdf" if b"%PDF-" in content[:1024] else "docx" if content[:2] == b"PK" else None
    if kind is None:
        found: list[Block] = [*lines_of(path, content)]
    else:
        request = {"path": str(path), "kind": kind}
        answer = await run(
            "broadcaster.letters.child", request, deadline=DEADLINE, device=path.name
        )
        if "refused" in answer:
            raise UnreadableError(from_json(answer["refused"]))
        found = [_block(each) for each in answer["blocks"]]
    _judge(path, found)
    return found


def _block(told: Sequence[Any]) -> Block:
    if told[0] == "line":
        return Line(*told[1:])
    return Table(tuple(Row(number, tuple(cells)) for number, cells in told[1]))


def _judge(path: Path, found: Sequence[Block]) -> None:
    texts = (each.text for each in found if isinstance(each, Line))
    letters = [letter for text in texts for letter in text.lower() if letter.isalpha()]
    if not letters:
        raise UnreadableError(msg("{path} has no text", path=path))
    if sum(letter in _MARKED for letter in letters) < len(letters) * _VIETNAMESE:
        raise UnreadableError(
            msg("{path} is not in Vietnamese, or its text has lost its marks", path=path)
        )
