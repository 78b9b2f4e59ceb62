"""What stands at a letter's end: who gets copies, who signs; no part of what it orders."""

from __future__ import annotations

import re
from collections.abc import Sequence

from broadcaster.letters.paragraphs import Part
from broadcaster.letters.source import Table

_COPIES = re.compile(r"Nơi\s+nhận\s*:?")
_ANNEX = re.compile(r"(?:PHỤ\s+LỤC|Phụ\s+lục)(?!\s+(?:kèm|đính))")


def without_copies(body: Sequence[Part]) -> list[Part]:
    """Leave it out, up to an annex where there is one."""
    kept: list[Part] = []
    skipping = False
    for part in body:
        if isinstance(part, Table):
            text = " ".join(cell for row in part.rows for cell in row.cells)
            skipping = skipping or _COPIES.search(text) is not None
        elif _ANNEX.match(part.text):
            skipping = False
        else:
            skipping = skipping or _COPIES.match(part.text) is not None
        if not skipping:
            kept.append(part)
    return kept
