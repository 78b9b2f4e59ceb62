"""A period that stands in a text, and what its days are understood by."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from broadcaster.domain.letter import Period


@dataclass(frozen=True, slots=True)
class Found:
    """A period that stands at `start` to `end` of a text."""

    start: int
    end: int
    period: Period
    day: bool
    """Whether it is one day, and no range."""


@dataclass(frozen=True, slots=True)
class Context:
    """What a letter says of itself, that its dates are understood by."""

    written: date | None
    year: int | None
    """The year of dates that have none."""
