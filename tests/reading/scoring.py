"""The pairs of tests/reading/pairs, and how near a reading comes to them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

PAIRS = Path(__file__).parent / "pairs"


class Pair(NamedTuple):
    category: str
    text: str
    spoken: str


def pairs() -> list[Pair]:
    """Give every pair; a line of a file is `text => words`, `\\n` a line's end within the text."""
    found = []
    for file in sorted(PAIRS.glob("*.txt")):
        for line in file.read_text(encoding="utf-8").splitlines():
            text, spoken = line.split(" => ")
            found.append(Pair(file.stem, text.replace("\\n", "\n"), spoken))
    return found


def words(text: str) -> list[str]:
    """Give what is heard: neither capitals nor pauses."""
    return re.sub(r"[^\w\s]", " ", text.lower()).split()


def errors(got: list[str], want: list[str]) -> int:
    """Count words to be put in, taken out or changed."""
    row = list(range(len(want) + 1))
    for number, word in enumerate(got, 1):
        above, row[0] = row[0], number
        for at, wanted in enumerate(want, 1):
            above, row[at] = row[at], min(row[at] + 1, row[at - 1] + 1, above + (word != wanted))
    return row[-1]
