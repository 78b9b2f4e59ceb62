"""How a running station is, as JSON tells it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from functools import cache
from itertools import groupby, islice
from typing import Any

from broadcaster.daemon.airings import Airings
from broadcaster.daemon.pause import Pause
from broadcaster.domain.airing import Entry
from broadcaster.domain.record import AsRun
from broadcaster.domain.station import Station
from broadcaster.errors import Problem, problem_json
from broadcaster.health.faults import Faults
from broadcaster.health.states import states
from broadcaster.messages import Message, to_json
from broadcaster.planning.season import off_season

GROUPS = 3
"""How many broadcasts ahead are told."""


def status(
    station: Station,
    airings: Airings,
    faults: Faults,
    now: datetime,
    started: datetime,
    pause: Pause | None,
    doubt: Message | None,
    problems: Sequence[Problem],
) -> Mapping[str, Any]:
    """Tell what is on air, what comes next and how every device is; keys as in control's desk."""
    tz = station.timezone
    return {
        "station": station.name,
        "version": _version(),
        "now": now.astimezone(tz).isoformat(),
        "started": started.astimezone(tz).isoformat(),
        "clock": {"trusted": doubt is None, **_told(doubt)},
        "paused": pause and {"since": pause.since.astimezone(tz).isoformat(), "by": pause.by},
        "on_air": [_row(station, e, now, airings.run_of(e)) for e in airings.on_air],
        "next": [_row(station, entry, now, None) for entry in _first(airings.coming())],
        "season": _season(station, now),
        "devices": states(station, faults),
        "problems": [problem_json(problem) for problem in problems],
    }


def _first(coming: Iterable[Entry]) -> Iterable[Entry]:
    for _, group in islice(groupby(coming, key=lambda entry: entry.airing.group), GROUPS):
        yield from group


def _row(station: Station, entry: Entry, now: datetime, run: AsRun | None) -> dict[str, Any]:
    airing, tz = entry.airing, station.timezone
    titles = [each.title for each in station.campaigns if each.id == airing.campaign]
    started = run.started if run else None
    position = _position(entry, started, now) if started else 0.0
    ends = now + timedelta(seconds=airing.seconds - position) if started else entry.ends
    return {
        "key": airing.key,
        "group": airing.group,
        "campaign": airing.campaign,
        "slot": airing.slot.id,
        "title": airing.slot.name or "".join(titles),
        "zone": airing.zone,
        "class": airing.slot.air_class.value,
        "speakers": list(entry.speakers),
        "begins": entry.begins.astimezone(tz).isoformat(),
        "started": started and started.astimezone(tz).isoformat(),
        "ends": ends.astimezone(tz).isoformat(),
        "position": round(position, 1),
    }


def _position(entry: Entry, started: datetime, now: datetime) -> float:
    """Give the second that is heard now, of what was taken up after a cut as well."""
    if entry.heard is not None:
        return entry.heard.goes_on + (now - max(entry.heard.cut, entry.begins)).total_seconds()
    return entry.offset + max(0.0, (now - started).total_seconds())


@cache
def _version() -> str:
    from importlib.metadata import version

    return version("broadcaster")


def _season(station: Station, now: datetime) -> dict[str, Any] | None:
    reason = off_season(station, now.astimezone(station.timezone).date())
    return _told(reason) if reason else None


def _told(reason: Message | None) -> dict[str, Any]:
    return {"reason": str(reason or ""), "reason_message": to_json(reason) if reason else None}
