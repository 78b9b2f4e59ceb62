"""Airings as the pages show them: a line each, in days, with its place on the day's strip."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from urllib.parse import quote

from broadcaster.domain.airing import Entry, Rundown
from broadcaster.domain.record import RECORDING, AsRun
from broadcaster.domain.station import Station
from broadcaster.messages import tr
from broadcaster.planning.untimed import Untimed
from broadcaster.report.words import (
    PLANNED,
    REFUSED,
    UNDER_WAY,
    clock,
    cutting,
    day_title,
    length,
    passing,
    recorded,
    word,
)

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Bar:
    """A stretch of a day, in percent of it."""

    left: float
    width: float
    status: str


@dataclass(frozen=True, slots=True)
class Line:
    """An airing as a page shows it; every text is ready to be read."""

    key: str
    day: date
    begins: datetime
    time: str
    name: str
    campaign: str
    zone: str
    status: str
    """An outcome, refused, planned, or under way: as the code names it."""
    word: str
    reason: str
    facts: tuple[str, ...]
    planned: Bar
    ran: Bar | None
    audio: str = ""
    """A relative link; empty where there is none."""


@dataclass(frozen=True, slots=True)
class Day:
    """A day's airings in order."""

    id: str
    title: str
    lines: tuple[Line, ...]
    zones: tuple[tuple[str, tuple[Line, ...]], ...]
    """The same, by zone: a strip each."""


def lines(
    station: Station, rundown: Rundown, runs: Mapping[str, AsRun], audio: Mapping[str, str]
) -> list[Line]:
    """Give a line for every airing that was planned, refused or recorded, in order of time."""
    planned = {entry.airing.key for entry in rundown.entries}
    found = [
        _of_entry(station, entry, runs.get(entry.airing.key), audio) for entry in rundown.entries
    ]
    found += [_of_run(station, run, audio) for key, run in runs.items() if key not in planned]
    return sorted(found, key=lambda line: (line.begins, line.key))


def days(shown: Iterable[Line]) -> list[Day]:
    """Part lines, in order of time, into their days."""
    return [_day(day, tuple(group)) for day, group in groupby(shown, lambda line: line.day)]


def figures(shown: Iterable[Line]) -> list[tuple[str, int, list[tuple[str, int]]]]:
    """Count statuses, each with its reasons; the most frequent first."""
    shown = list(shown)
    counts = Counter(line.status for line in shown)
    return [
        (
            status,
            count,
            Counter(x.reason for x in shown if x.status == status and x.reason).most_common(),
        )
        for status, count in counts.most_common()
    ]


def timeless(station: Station, found: Iterable[Untimed]) -> list[tuple[str, str, str, str]]:
    """Give the day, name, campaign and reason of each slot that has no time on its day."""
    return [
        (
            f"{each.day:%d/%m}",
            each.slot.name or each.slot.id,
            campaign_title(station, each.campaign),
            tr(each.reason),
        )
        for each in found
    ]


def _of_entry(station: Station, entry: Entry, run: AsRun | None, audio: Mapping[str, str]) -> Line:
    airing = entry.airing
    status = _status(entry, run)
    return Line(
        key=airing.key,
        day=entry.begins.astimezone(station.timezone).date(),
        begins=entry.begins,
        time=clock(entry.begins, station.timezone),
        name=airing.slot.name or airing.slot.id,
        campaign=campaign_title(station, airing.campaign),
        zone=zone_name(station, airing.zone),
        status=status,
        word=word(status),
        reason=_reason(entry, run),
        facts=_facts(station, airing.seconds, run),
        planned=_bar(station, entry.begins, airing.seconds, REFUSED if entry.refusal else PLANNED),
        ran=_ran(station, run),
        audio=_audio(run, audio),
    )


def _of_run(station: Station, run: AsRun, audio: Mapping[str, str]) -> Line:
    """Show what is in the ledger and no longer in the plan."""
    status = run.outcome.value if run.outcome else UNDER_WAY
    seconds = float(run.data.get("seconds", 0))
    slot = run.key.split("/")[1:2]
    return Line(
        key=run.key,
        day=run.planned.astimezone(station.timezone).date(),
        begins=run.planned,
        time=clock(run.planned, station.timezone),
        name=slot[0] if slot else run.key,
        campaign=campaign_title(station, run.campaign),
        zone=zone_name(station, run.zone),
        status=status,
        word=word(status),
        reason=recorded(run),
        facts=_facts(station, seconds, run),
        planned=_bar(station, run.planned, seconds, PLANNED),
        ran=_ran(station, run),
        audio=_audio(run, audio),
    )


def _status(entry: Entry, run: AsRun | None) -> str:
    if entry.refusal:
        return REFUSED
    if run is None:
        return PLANNED
    return run.outcome.value if run.outcome else UNDER_WAY


def _reason(entry: Entry, run: AsRun | None) -> str:
    if entry.refusal:
        return tr(entry.refusal)
    if run is None:
        told = [passing(entry.passed)] if entry.passed else []
        return "; ".join([*told, cutting(entry)] if entry.cuts else told)
    return recorded(run)


def _facts(station: Station, seconds: float, run: AsRun | None) -> tuple[str, ...]:
    if run is None or run.started is None:
        return (tr("about {length} long", length=length(seconds)),)
    facts = [
        tr("on air at {time}", time=f"{run.started.astimezone(station.timezone):%H:%M:%S}"),
        tr("{length} long", length=length(run.data.get("seconds", seconds))),
    ]
    return (*facts, _voice(run.voice)) if run.voice else tuple(facts)


def _voice(voice: str) -> str:
    return tr("a recording") if voice == RECORDING else tr("voice {voice}", voice=voice)


def _audio(run: AsRun | None, audio: Mapping[str, str]) -> str:
    return quote(audio.get(run.key, "")) if run and run.started else ""


def _ran(station: Station, run: AsRun | None) -> Bar | None:
    if run is None or run.started is None:
        return None
    status = run.outcome.value if run.outcome else UNDER_WAY
    return _bar(station, run.started, float(run.data.get("seconds", 0)), status)


def _bar(station: Station, at: datetime, seconds: float, status: str) -> Bar:
    local = at.astimezone(station.timezone)
    day = DAY.total_seconds()
    left = (local.hour * 3600 + local.minute * 60 + local.second) / day * 100
    return Bar(round(left, 3), round(min(seconds / day * 100, 100 - left), 3), status)


def _day(day: date, shown: tuple[Line, ...]) -> Day:
    zones = {line.zone: tuple(x for x in shown if x.zone == line.zone) for line in shown}
    return Day(day.isoformat(), day_title(day), shown, tuple(zones.items()))


def campaign_title(station: Station, name: str) -> str:
    """Give a campaign's title, or its id where the station has it no more."""
    return next((c.title for c in station.campaigns if c.id == name), name)


def zone_name(station: Station, name: str) -> str:
    """Give a zone's name for people."""
    zone = station.zones.get(name)
    return (zone and zone.name) or name
