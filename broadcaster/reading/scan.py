"""Where reading stands in a line: what was before, what comes, what has been said."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property

from broadcaster.domain.lexicon import Case, Lexicon, Region

WINDOW = 60
"""Characters looked back, and ahead: further away, nothing decides how a word is read."""
MARKS = 12
"""More marks than that don't stand before a line's first word."""
NEAR = 300
"""Characters around, in which a case's `near` is looked for."""

_ROW = re.compile(r"\n0?1\b")
_LAST = re.compile(r"([^\W_]+)[^\w]*$")


@dataclass(slots=True)
class Heard:
    """What reading found on its way, besides the words."""

    unknown: list[str] = field(default_factory=list)
    flaws: list[tuple[str, str]] = field(default_factory=list)
    """What seems mistyped, and what it was read as."""


@dataclass
class Scan:
    """A line, and where reading stands in it."""

    text: str
    whole: str
    """All of the text that the line is of, in which `near` is looked for."""
    start: int
    """Where the line begins in it, about."""
    lexicon: Lexicon
    region: Region
    heard: Heard
    pos: int = 0

    @property
    def behind(self) -> str:
        """What was read last, some words of it, as it is written."""
        return self.text[max(0, self.pos - WINDOW) : self.pos]

    @property
    def last(self) -> str:
        """The word before, in lower case, whatever marks stand between."""
        found = _LAST.search(self.behind)
        return found[1].lower() if found else ""

    @property
    def opening(self) -> bool:
        """Whether no word of the line was read yet."""
        return self.pos <= MARKS and not any(map(str.isalnum, self.text[: self.pos]))

    def ahead(self, end: int) -> str:
        """Give what comes after a place, some words of it."""
        return self.text[end : end + WINDOW]

    @cached_property
    def shouting(self) -> bool:
        """Whether the line is written in capitals, so that capitals say nothing."""
        letters = [each for each in self.text if each.isalpha()]
        capitals = sum(each.isupper() for each in letters)
        return " " in self.text.strip() and capitals > 0.8 * len(letters)

    def case(self, cases: Iterable[Case], end: int) -> str | None:
        """Give what is said here for something written up to `end`; None where no case fits."""
        return next((each.say for each in cases if self._fits(each, end)), None)

    def _fits(self, case: Case, end: int) -> bool:
        if case.opening and not self.opening:
            return False
        if case.rows and not _ROW.match(self.whole, self.start + len(self.text)):
            return False
        if case.before and not _ends_with(self.behind, case.before):
            return False
        if case.after and not _begins_with(self.ahead(end), case.after):
            return False
        return not case.near or self._is_near(case.near)

    def _is_near(self, words: Iterable[str]) -> bool:
        at = self.start + self.pos
        around = self.whole[max(0, at - NEAR) : at + NEAR].lower()
        return any(re.search(rf"(?<!\w){re.escape(word.lower())}(?!\w)", around) for word in words)


Say = Callable[[re.Match[str], Scan], str | None]
"""Gives what is said for what a pattern found; None where it is something else."""
Rule = tuple[re.Pattern[str], Say]


def _ends_with(behind: str, words: Iterable[str]) -> bool:
    behind = behind.rstrip().lower()
    return any(
        behind.endswith(word.lower()) and not _joined(behind[: -len(word)], word[0])
        for word in words
    )


def _begins_with(ahead: str, words: Iterable[str]) -> bool:
    ahead = ahead.lstrip(" :|").lower()
    return any(
        ahead.startswith(word.lower()) and not _joined(word[-1], ahead[len(word) : len(word) + 1])
        for word in words
    )


def _joined(one: str, other: str) -> bool:
    return one[-1:].isalnum() and other[:1].isalnum()
