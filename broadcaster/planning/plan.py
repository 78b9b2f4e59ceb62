"""A station's rundown over days: what `timetable` prints and the daemon obeys."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from broadcaster.domain.airing import Rundown
from broadcaster.domain.campaign import Campaign
from broadcaster.domain.station import Station
from broadcaster.planning.expand import Seconds, expand
from broadcaster.planning.resolve import resolve


def plan(station: Station, days: Iterable[date], seconds: Seconds) -> Rundown:
    """Give everything that is asked for on these local days, planned or refused."""
    airings = expand(station.campaigns, days, station.timezone, station.holidays, seconds)
    return resolve(airings, station.zones)


def days_between(first: date, last: date) -> Iterator[date]:
    """Give each day, both included."""
    for number in range((last - first).days + 1):
        yield first + timedelta(days=number)


def window(campaigns: Iterable[Campaign]) -> tuple[date, date] | None:
    """Give the first day of all campaigns and the last; None where no campaign has both."""
    spans = [(c.from_, c.until) for c in campaigns if c.enabled and c.from_ and c.until]
    if not spans:
        return None
    return min(first for first, _ in spans), max(last for _, last in spans)
