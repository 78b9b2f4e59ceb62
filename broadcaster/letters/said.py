"""Where fields come from: the lines of the file, and how sure each reading is."""

from __future__ import annotations

from collections.abc import Sequence

from broadcaster.domain.letter import Source
from broadcaster.letters.paragraphs import plain
from broadcaster.letters.source import Block, Line

FORMAL = 0.99
"""It stands where the form of a letter has it."""
HEADED = 0.95
"""It stands under its own heading."""
TOLD = 0.8
"""A sentence says it."""
GUESSED = 0.5
"""Nothing else could be meant, or it had to be repaired."""


class Said:
    """The sources of a letter's fields."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self.found: dict[str, Source] = {}
        self._texts: dict[int, str] = {}
        for block in blocks:
            if isinstance(block, Line):
                self._texts[block.number] = plain(block.text)
            else:
                for row in block.rows:
                    cells = (plain(cell.replace("\n", " ")) for cell in row.cells)
                    self._texts[row.number] = " | ".join(cells)

    def note(self, field: str, line: int, confidence: float) -> None:
        """Keep where a field comes from."""
        self.found[field] = Source(line, self._texts.get(line, ""), confidence)
