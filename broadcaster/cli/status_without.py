"""What there is to tell of a station that no daemon runs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import groupby, islice
from typing import Any

from broadcaster.cli.app import App, columns, data, data_json, talk, tell
from broadcaster.domain.airing import Entry
from broadcaster.domain.record import Record
from broadcaster.domain.station import Station
from broadcaster.messages import Message, msg, tr

AHEAD = timedelta(days=6)
GROUPS = 3


def show_without(app: App, *, as_json: bool) -> None:
    """Print what would come next by the files, and how the ledger ends."""
    from broadcaster.cli.rows import airing_row
    from broadcaster.planning.season import off_season

    station, problems = app.station()
    now = app.time.now()
    entries, last = list(_next(app, station, now)), _last(app)
    if as_json:
        ended = last and {"at": last.at.isoformat(), "stopped": _stopped(last)}
        rows = [airing_row(entry) for entry in entries]
        data_json({"running": False, "next": rows, "ended": ended})
        return
    talk("no daemon runs this station, so nothing airs; broadcaster run starts it")
    talk(_ended(station, last))
    tell(problem for problem in problems if problem.level == "error")
    if (season := off_season(station, now.astimezone(station.timezone).date())) is not None:
        talk(season)
    if entries:
        data(tr("It would air next"))
        columns(_row(entry) for entry in entries)


def _next(app: App, station: Station, now: datetime) -> Iterator[Entry]:
    from broadcaster.cli.timetable import planned

    today = now.astimezone(station.timezone).date()
    rundown = planned(station, (today, today + AHEAD), app.time).rundown
    ahead = (entry for entry in rundown.planned if entry.begins > now)
    for _, group in islice(groupby(ahead, key=lambda entry: entry.airing.group), GROUPS):
        yield from group


def _last(app: App) -> Record | None:
    from broadcaster.ledger.file import PLACE
    from broadcaster.ledger.sqlite import SqliteLedger

    if not (app.folder / PLACE).exists():
        return None
    ledger = SqliteLedger(app.folder / PLACE, read_only=True)
    try:
        return ledger.last()
    finally:
        ledger.close()


def _ended(station: Station, last: Record | None) -> Message:
    if last is None:
        return msg("it has never run")
    at = f"{last.at.astimezone(station.timezone):%d/%m/%Y %H:%M:%S}"
    if _stopped(last):
        return msg("it was stopped on {time}", time=at)
    return msg("it ended without being stopped, after {time}", time=at)


def _stopped(last: Record) -> bool:
    return last.kind == "station" and last.data.get("did") == "stop"


def _row(entry: Entry) -> tuple[str, ...]:
    airing: Any = entry.airing
    begins = entry.begins.astimezone(airing.start.tzinfo)
    return "", f"{begins:%d/%m/%Y %H:%M}", airing.zone, f"{airing.campaign}/{airing.slot.id}"
