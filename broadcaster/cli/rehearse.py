"""`rehearse`: the same daemon in simulated time, and what came of it."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from broadcaster.cli.app import App, columns, data, pass_app, talk, tell
from broadcaster.cli.rehearsal_folder import emptied
from broadcaster.cli.told import NO_TIME
from broadcaster.cli.typed import day_option, in_order
from broadcaster.domain.airing import Entry, Rundown
from broadcaster.domain.record import REHEARSAL, AsRun, Kind, Outcome
from broadcaster.domain.station import Station
from broadcaster.errors import DeviceError
from broadcaster.messages import msg, tr

if TYPE_CHECKING:
    from broadcaster.playout.prepare import Preparer

YEAR = timedelta(days=365)
AT_ONCE = 2
"""Renderings side by side: each is a process of its own."""


@click.command(
    help=tr("Run the daemon in simulated time, with files for devices; campaigns' own days.")
)
@day_option("--from", "first", help=tr("The first day."))
@day_option("--until", "last", help=tr("The last day, included."))
@click.option("--out", type=click.Path(path_type=Path), help=tr("The folder; var/rehearsal."))
@pass_app
def rehearse(app: App, first: date | None, last: date | None, out: Path | None) -> None:
    """Render, run, tell."""
    in_order(first, last)
    station, problems = app.station()
    tell(problem for problem in problems if problem.level == "error")
    days = _days(app, station, first, last)
    out = emptied(app.folder, out)
    rundown, runs = _run(station, out, days)
    _print(rundown, runs, _refused(station, days))
    _summary(runs, out)


def _days(app: App, station: Station, first: date | None, last: date | None) -> tuple[date, date]:
    from broadcaster.planning.plan import window

    today = app.time.now().astimezone(station.timezone).date()
    opens, closes = window(station.campaigns) or (today, today + timedelta(days=6))
    first = first or (min(opens, last) if last else opens)
    return first, last or _end(first, max(closes, first))


def _end(first: date, closes: date) -> date:
    """Stop after a year where a campaign has no end to speak of."""
    from broadcaster.report.words import day_short

    if closes - first <= YEAR:
        return closes
    talk("a year is rehearsed, until {day}; --until names another day", day=day_short(first + YEAR))
    return first + YEAR


async def _render(station: Station, days: tuple[date, date], studio: Preparer) -> Rundown:
    """Render every programme, so that the plan has its real lengths; give that plan."""
    from broadcaster.planning.plan import days_between, plan

    planned = plan(station, days_between(*days), studio.seconds).planned
    slots = list({entry.airing.slot: entry for entry in planned}.values())
    gate = asyncio.Semaphore(AT_ONCE)

    async def one(number: int, entry: Entry) -> None:
        async with gate:
            if studio.prepared(entry):
                return
            name = f"{entry.airing.campaign}/{entry.airing.slot.id}"
            talk(msg("rendering {name} ({n} of {all})", name=name, n=number, all=len(slots)))
            try:
                await studio.prepare(entry)
            except DeviceError as error:
                _tell(error)
            else:
                spoken_for.update({str(error): error for error in studio.voices.failures()})

    spoken_for: dict[str, DeviceError] = {}
    await asyncio.gather(*(one(number, entry) for number, entry in enumerate(slots, 1)))
    for error in spoken_for.values():
        _tell(error)
    return plan(station, days_between(*days), studio.seconds)


def _tell(error: DeviceError) -> None:
    talk(msg("{device}: {what}", device=error.device, what=error.message))


def _run(
    station: Station, out: Path, days: tuple[date, date]
) -> tuple[Rundown, Mapping[str, AsRun]]:
    from broadcaster.cli.timetable import save
    from broadcaster.planning.asrun import fold
    from broadcaster.planning.plan import days_between
    from broadcaster.planning.signage import spans, withheld
    from broadcaster.planning.untimed import untimed
    from broadcaster.report.rehearsal import rehearsal_page
    from broadcaster.wiring.daemons import rehearsal
    from broadcaster.wiring.place import open_ledger

    start, end = _window(station, days)
    with open_ledger(out / "ledger.sqlite") as ledger:
        ledger.append(start, Kind.STATION, "station", {"did": REHEARSAL})
        rehearsed = rehearsal(station, out, ledger, start)
        rundown = asyncio.run(_render(station, days, rehearsed.studio))
        rehearsed.time.run(rehearsed.daemon.run(end))
        records = list(ledger.records())
    pictures = {
        (name, slogans): path.relative_to(out).as_posix()
        for name, sign in rehearsed.signs.items()
        for slogans, path in sign.drawn.items()
    }
    page = rehearsal_page(
        station, rundown, records, spans(station, start, end),
        audio=_audio(out, rundown), pictures=pictures, withheld=withheld(station, start, end),
        untimed=untimed(station.campaigns, days_between(*days), station.holidays),
    )  # fmt: skip
    save(out / "index.html", page.encode())
    return rundown, fold(records)


def _window(station: Station, days: tuple[date, date]) -> tuple[datetime, datetime]:
    from broadcaster.planning.days import instant

    first, after = days[0], days[1] + timedelta(days=1)
    return instant(first, time(), station.timezone), instant(after, time(), station.timezone)


def _audio(out: Path, rundown: Rundown) -> dict[str, str]:
    """Give each airing's file, relative to the page: that of the first of its speakers."""
    from broadcaster.playout.outcome import label

    paths = {
        entry.airing.key: f"audio/{entry.speakers[0]}/{label(entry)}.flac"
        for entry in rundown.planned
    }
    return {key: path for key, path in paths.items() if (out / path).exists()}


def _print(rundown: Rundown, runs: Mapping[str, AsRun], refused: Iterable[tuple[str, ...]]) -> None:
    from broadcaster.report.words import recorded, word

    rows: list[tuple[str, ...]] = []
    for entry in rundown.entries:
        airing, run = entry.airing, runs.get(entry.airing.key)
        outcome = run.outcome if run and run.outcome else Outcome.MISSED
        name = f"{airing.campaign}/{airing.slot.id}"
        when = f"{airing.start:%d/%m/%Y %H:%M}"
        rows.append((when, airing.zone, name, word(outcome.value), recorded(run) if run else ""))
    rows += refused
    columns(rows)
    if rows:
        data("")


def _refused(station: Station, days: tuple[date, date]) -> list[tuple[str, ...]]:
    """Tell what signs may not show, and what has no time of day, as the timetable does."""
    from broadcaster.planning.plan import days_between
    from broadcaster.planning.signage import withheld
    from broadcaster.planning.untimed import untimed
    from broadcaster.report.words import REFUSED, word

    rows = [
        (f"{each.from_:%d/%m/%Y %H:%M}", each.sign, f"{each.campaign}/{each.slot.id}", each.reason)
        for each in withheld(station, *_window(station, days))
    ]
    rows += [
        (f"{each.day:%d/%m/%Y} {NO_TIME}", ", ".join(each.slot.zones),
         f"{each.campaign}/{each.slot.id}", each.reason)
        for each in untimed(station.campaigns, days_between(*days), station.holidays)
    ]  # fmt: skip
    return [(*place, word(REFUSED), tr(reason)) for *place, reason in rows]


def _summary(runs: Mapping[str, AsRun], out: Path) -> None:
    from broadcaster.report.words import word

    counts = Counter(run.outcome for run in runs.values())
    told = [f"{counts[outcome]} {word(outcome.value)}" for outcome in Outcome if counts[outcome]]
    data(tr("In all: {counts}", counts=", ".join(told) or msg("no airings")))
    talk("Sound, sign pictures, the as-run ledger and a page of it are in {out}:", out=out)
    talk("  {page}", page=out / "index.html")
    talk("To go on air with this station: broadcaster run")
