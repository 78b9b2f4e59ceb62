"""Counts airings by their outcome: in all, by day, by zone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from broadcaster.domain.record import Outcome
from broadcaster.report.results import HEARD, Aired, Length, Tally


def tally(airings: Sequence[Aired]) -> Tally:
    """Count some airings."""
    count = Counter(each.outcome for each in airings)
    urgent = [each for each in airings if each.urgent]
    return Tally(
        planned=len(airings),
        programmes=len({each.programme for each in airings}),
        aired=count[Outcome.AIRED],
        late=count[Outcome.LATE],
        partial=count[Outcome.PARTIAL],
        missed=count[Outcome.MISSED],
        blocked=count[Outcome.BLOCKED],
        cancelled=count[Outcome.CANCELLED],
        open=count[None],
        urgent=len(urgent),
        urgent_aired=sum(each.outcome in HEARD for each in urgent),
        asked=_length(each.asked for each in airings),
        given=_length(each.given for each in airings),
    )


def by_day(airings: Iterable[Aired]) -> Mapping[date, Tally]:
    """Count them by the day for which they were planned, in order."""
    return _by(airings, lambda each: each.day)


def by_zone(airings: Iterable[Aired]) -> Mapping[str, Tally]:
    """Count them by zone, by its id."""
    return _by(airings, lambda each: each.zone)


def _by(airings: Iterable[Aired], key: Callable[[Aired], Any]) -> Mapping[Any, Tally]:
    parts: dict[Any, list[Aired]] = {}
    for each in airings:
        parts.setdefault(key(each), []).append(each)
    return {name: tally(parts[name]) for name in sorted(parts)}


def _length(lengths: Iterable[float | None]) -> Length:
    told = list(lengths)
    known = [each for each in told if each is not None]
    return Length(round(sum(known), 3), len(told) - len(known))
