"""Every figure by its name, as a report writes it in the reader's language."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import datetime

from broadcaster.messages import tr
from broadcaster.report.results import Length, Results, SignHours, Tally

COUNTS = (
    "planned", "programmes", "aired", "late", "partial", "missed", "blocked", "cancelled", "open",
    "urgent", "urgent_aired", "whole", "unheard",
)  # fmt: skip
ALL_SIGNS = "all_signs"
_BEGINS, _ENDS = "\ue000", "\ue001"
MARK = re.compile(f"{_BEGINS}([^{_ENDS}]*){_ENDS}")
"""Stands in a text where a figure is to be; its group is the figure's name."""

Stated = Mapping[str, str]


def mark(*name: object) -> str:
    """Give what stands for a figure in a text: writers put it in, a check finds it again."""
    return f"{_BEGINS}{'.'.join(map(str, name))}{_ENDS}"


def filled(text: str, figures: Stated) -> str:
    """Give a text with its figures."""
    return MARK.sub(lambda found: figures[found[1]], text)


def stated(results: Results) -> Stated:
    """Give every figure by its name: `total.planned`, `days.2025-09-22.aired`."""
    return dict(_all(results))


def no_data() -> str:
    """Say that the ledger doesn't tell: which is not the same as none."""
    return tr("no data")


def decimal(value: float) -> str:
    """Give a number with one decimal."""
    whole, _, part = f"{value:.1f}".partition(".")
    return tr("{whole}.{part}", whole=whole, part=part)


def minutes(length: Length, of: int) -> str:
    """Give a length of some airings in minutes; at least so many, where some are not known."""
    if of and length.unknown == of:
        return no_data()
    known = decimal(length.seconds / 60)
    return f"≥ {known}" if length.unknown else known


def moment(at: datetime) -> str:
    """Give an instant to the second."""
    return f"{at:%H:%M:%S %d/%m/%Y}"


def _all(results: Results) -> Iterator[tuple[str, str]]:
    tallies = {"total": results.total, "announcements": results.announcements}
    tallies |= {f"days.{day.isoformat()}": each for day, each in results.days.items()}
    tallies |= {f"zones.{zone}": each for zone, each in results.zones.items()}
    for name, each in tallies.items():
        yield from _tally(name, each)
    for number, cause in enumerate(results.causes):
        yield f"causes.{number}", str(cause.count)
    for sign, hours in results.signs.items():
        yield from _hours(f"signs.{sign}", hours)
    yield from _hours(ALL_SIGNS, _sum(results))
    yield "posts", no_data()
    yield "ledger.record", str(results.tip.seq)
    yield "ledger.hash", results.tip.hash
    yield "ledger.until", moment(results.tip.at)


def _tally(name: str, tally: Tally) -> Iterator[tuple[str, str]]:
    for count in COUNTS:
        yield f"{name}.{count}", str(getattr(tally, count))
    yield f"{name}.asked", minutes(tally.asked, tally.planned)
    yield f"{name}.given", minutes(tally.given, tally.planned)
    yield f"{name}.asked_unknown", str(tally.asked.unknown)
    yield f"{name}.given_unknown", str(tally.given.unknown)
    part = tally.coverage
    # In percent.
    yield f"{name}.coverage", no_data() if part is None else decimal(part * 100)


def _hours(name: str, hours: SignHours | None) -> Iterator[tuple[str, str]]:
    for what in ("asked", "acknowledged", "untold"):
        yield f"{name}.{what}", no_data() if hours is None else decimal(getattr(hours, what))


def _sum(results: Results) -> SignHours | None:
    each = results.signs.values()
    if not each:
        return None
    return SignHours(
        sum(hours.asked for hours in each),
        sum(hours.acknowledged for hours in each),
        sum(hours.untold for hours in each),
    )
