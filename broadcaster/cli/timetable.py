"""`timetable`: the rundown of days, as the daemon would obey it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, time, timedelta
from pathlib import Path
from typing import Any

import click

from broadcaster.cli.app import App, as_json, columns, data, data_json, pass_app, talk, tell
from broadcaster.cli.rows import airing_row, sign_rows
from broadcaster.cli.season import off_season
from broadcaster.cli.typed import day_option, in_order
from broadcaster.domain.airing import Entry, Rundown
from broadcaster.domain.campaign import AirClass
from broadcaster.domain.station import Station
from broadcaster.errors import DeviceError, why
from broadcaster.messages import msg, tr
from broadcaster.planning.signage import SignSpan

WEEK = timedelta(days=6)


@click.command(help=tr("Show the rundown: airings in order, and refusals with their reasons."))
@day_option("--from", "first", help=tr("The first day; today when left out."))
@day_option("--until", "last", help=tr("The last day, included; a week when left out."))
@click.option("--html", type=click.Path(path_type=Path), help=tr("Write a page for a browser."))
@click.option("--ics", type=click.Path(path_type=Path), help=tr("Write a calendar file."))
@as_json
@pass_app
def timetable(  # noqa: D103 - the help text says it
    app: App,
    first: date | None,
    last: date | None,
    html: Path | None,
    ics: Path | None,
    as_json: bool,  # noqa: FBT001 - Click's way
) -> None:
    from broadcaster.planning.plan import days_between, plan
    from broadcaster.wiring import preparer

    in_order(first, last)
    station, problems = app.station()
    tell(problem for problem in problems if problem.level == "error")
    today = app.time.now().astimezone(station.timezone).date()
    if (season := off_season(station, today)) is not None:
        talk(season)
    days = _days(first, last, today)
    rundown = plan(station, days_between(*days), preparer(station, app.time).seconds)
    shown = shown_on(station, days)
    if html is not None:
        from broadcaster.report.timetable import timetable_page

        save(html, timetable_page(station, rundown, shown, *days).encode())
        talk("written: {path}", path=html)
    if ics is not None:
        from broadcaster.report.timetable import timetable_ics

        save(ics, timetable_ics(station, rundown, app.time.now()))
        talk("written: {path}", path=ics)
    if as_json:
        data_json(_as_json(rundown, shown))
    else:
        print_plan(rundown.entries, shown)


def _days(first: date | None, last: date | None, today: date) -> tuple[date, date]:
    first = first or (min(today, last) if last else today)
    return first, last or first + WEEK


def shown_on(station: Station, days: tuple[date, date]) -> Sequence[SignSpan]:
    """Give what signs are to show on these days, both included."""
    from broadcaster.planning.days import instant
    from broadcaster.planning.signage import spans

    start = instant(days[0], time(), station.timezone)
    end = instant(days[1] + timedelta(days=1), time(), station.timezone)
    return spans(station, start, end)


def save(path: Path, content: bytes) -> None:
    """Write a page; raises DeviceError."""
    try:
        path.write_bytes(content)
    except OSError as error:
        raise DeviceError(str(path), msg("can't be written: {why}", why=why(error))) from None


def print_plan(entries: Sequence[Entry], shown: Iterable[SignSpan]) -> None:
    """Print airings and refusals in order, then what signs are to show."""
    from broadcaster.report.words import period

    columns(_row(entry) for entry in entries)
    signs = [
        (period(each.from_, each.until, each.from_.tzinfo, years=True), each.sign, _slogans(each))
        for each in shown
    ]
    if signs:
        data("")
        columns(signs)
    if not entries and not signs:
        talk("nothing is planned on these days")


def _row(entry: Entry) -> tuple[str, ...]:
    from broadcaster.report.words import length, passing

    airing = entry.airing
    name = f"{airing.campaign}/{airing.slot.id}"
    told = [] if airing.slot.air_class is AirClass.NORMAL else [airing.slot.air_class.value]
    if entry.refusal is not None:
        told.append(tr("refused: {reason}", reason=entry.refusal))
    elif entry.waits:
        begins = entry.begins.astimezone(airing.start.tzinfo)
        told.append(tr("begins at {time}", time=f"{begins:%H:%M:%S}"))
    if entry.passed is not None:
        told.append(passing(entry.passed))
    when = f"{airing.start:%d/%m/%Y %H:%M}"
    return when, airing.zone, name, length(airing.seconds), "; ".join(told)


def _slogans(span: SignSpan) -> str:
    return " | ".join(slogan.text for slogan in span.content.slogans)


def _as_json(rundown: Rundown, shown: Iterable[SignSpan]) -> dict[str, Any]:
    return {
        "airings": [airing_row(entry) for entry in rundown.entries],
        "signs": [row for span in shown for row in sign_rows(span)],
    }
