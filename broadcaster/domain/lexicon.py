"""What is written short or otherwise than it is said, and what is said for it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

_NO_LETTERS = re.compile(r"[\W_]+")


class Region(StrEnum):
    """Whose words for a thousand, and for an empty ten."""

    NORTH = "north"
    SOUTH = "south"

    @property
    def thousand(self) -> str:
        """Give the word for a thousand."""
        return "nghìn" if self is Region.NORTH else "ngàn"

    @property
    def odd(self) -> str:
        """Give the word between hundreds and ones."""
        return "linh" if self is Region.NORTH else "lẻ"


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One thing that an abbreviation stands for, and where: without conditions, anywhere."""

    say: str
    before: tuple[str, ...] = ()
    """It does right after one of these."""
    after: tuple[str, ...] = ()
    """It does right before one of these."""
    near: tuple[str, ...] = ()
    """It does where one of these is not far away."""
    opening: bool = False
    """It does at the beginning of a line alone."""
    rows: bool = False
    """It does where numbered rows follow its line: a table's heading."""


Cases = Mapping[str, tuple[Case, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """All that reading knows by heart; keys are as they are written."""

    abbreviations: Cases = field(default_factory=dict)
    symbols: Cases = field(default_factory=dict)
    """Parts of a document's symbol, where they are read otherwise than elsewhere."""
    prefixes: Cases = field(default_factory=dict)
    """Letters that stand close before a number."""
    units: Cases = field(default_factory=dict)
    words: frozenset[str] = frozenset()
    """Borrowed words in lower case, said as words."""
    names: Mapping[str, str] = field(default_factory=dict)
    """What addresses on the network are made of: letters without marks, and the words meant."""

    def extended(self, other: Lexicon) -> Lexicon:
        """Give both; where they differ, the other's."""
        return Lexicon(
            abbreviations={**self.abbreviations, **other.abbreviations},
            symbols={**self.symbols, **other.symbols},
            prefixes={**self.prefixes, **other.prefixes},
            units={**self.units, **other.units},
            words=self.words | other.words,
            names={**self.names, **other.names},
        )


def names_of(texts: Iterable[str]) -> Mapping[str, str]:
    """Give names by their letters without marks and spaces: `haiphong` is hải phòng."""
    return {bare(text): text.lower() for text in texts}


def bare(text: str) -> str:
    """Give a text's letters and digits in lower case, without marks and spaces."""
    spread = unicodedata.normalize("NFD", text.lower()).replace("đ", "d")
    return _NO_LETTERS.sub("", spread)


def words_of(texts: Iterable[str]) -> frozenset[str]:
    """Give words of texts, in lower case."""
    return frozenset(word for text in texts for word in text.lower().split())
