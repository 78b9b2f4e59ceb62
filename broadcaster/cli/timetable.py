"""`timetable`: the rundown of days, as the daemon would obey it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import click

from broadcaster.cli.app import App, as_json, columns, data, data_json, pass_app, talk, tell
from broadcaster.cli.rows import airing_row, planned_rows, untimed_row, withheld_row
from broadcaster.cli.told import NO_TIME, slogans_told
from broadcaster.cli.typed import day_option, in_order
from broadcaster.domain.airing import Entry, Rundown
from broadcaster.domain.campaign import AirClass
from broadcaster.domain.station import Station
from broadcaster.errors import DeviceError, why
from broadcaster.messages import msg, tr
from broadcaster.planning.season import off_season
from broadcaster.planning.signage import SignSpan, Withheld
from broadcaster.planning.untimed import Untimed
from broadcaster.ports import TimeSource

WEEK = timedelta(days=6)


class Table(NamedTuple):
    """All that is to air or to be shown on some days, and what may not."""

    rundown: Rundown
    spans: Sequence[SignSpan]
    withheld: Sequence[Withheld]
    untimed: Sequence[Untimed]


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
    in_order(first, last)
    station, problems = app.station()
    tell(problem for problem in problems if problem.level == "error")
    today = app.time.now().astimezone(station.timezone).date()
    if (season := off_season(station, today)) is not None:
        talk(season)
    days = _days(first, last, today)
    table = planned(station, days, app.time)
    if html is not None:
        from broadcaster.report.timetable import timetable_page

        page = timetable_page(
            station, table.rundown, table.spans, *days,
            withheld=table.withheld, untimed=table.untimed,
        )  # fmt: skip
        save(html, page.encode())
        talk("written: {path}", path=html)
    if ics is not None:
        from broadcaster.report.timetable import timetable_ics

        save(ics, timetable_ics(station, table.rundown, app.time.now()))
        talk("written: {path}", path=ics)
    if as_json:
        data_json(_as_json(table))
    else:
        print_plan(table)


def _days(first: date | None, last: date | None, today: date) -> tuple[date, date]:
    first = first or (min(today, last) if last else today)
    return first, last or first + WEEK


def planned(station: Station, days: tuple[date, date], clock: TimeSource) -> Table:
    """Give all of these days, both included."""
    from broadcaster.planning.days import instant
    from broadcaster.planning.plan import days_between, plan
    from broadcaster.planning.signage import spans, withheld
    from broadcaster.planning.untimed import untimed
    from broadcaster.wiring.studio import preparer

    start = instant(days[0], time(), station.timezone)
    end = instant(days[1] + timedelta(days=1), time(), station.timezone)
    return Table(
        plan(station, days_between(*days), preparer(station, clock).seconds),
        spans(station, start, end),
        withheld(station, start, end),
        untimed(station.campaigns, days_between(*days), station.holidays),
    )


def save(path: Path, content: bytes) -> None:
    """Write a page; raises DeviceError."""
    try:
        path.write_bytes(content)
    except OSError as error:
        raise DeviceError(str(path), msg("can't be written: {why}", why=why(error))) from None


def print_plan(table: Table) -> None:
    """Print airings and refusals in order, then what signs are to show, then what has no time."""
    airings = [_row(entry) for entry in table.rundown.entries]
    signs = [_sign_row(each, _slogans(each)) for each in table.spans]
    signs += [_sign_row(each, _refused(each)) for each in table.withheld]
    lost = [
        (f"{each.day:%d/%m/%Y} {NO_TIME}", ", ".join(each.slot.zones), _refused(each))
        for each in table.untimed
    ]
    parts = [rows for rows in (airings, signs, lost) if rows]
    for number, rows in enumerate(parts):
        if number:
            data("")
        columns(rows)
    if not parts:
        talk("nothing is planned on these days")


def _sign_row(each: SignSpan | Withheld, told: str) -> tuple[str, ...]:
    from broadcaster.report.words import period

    return period(each.from_, each.until, each.from_.tzinfo, years=True), each.sign, told


def _refused(each: Withheld | Untimed) -> str:
    refused = tr("refused: {reason}", reason=each.reason)
    return f"{each.campaign}/{each.slot.id}; {refused}"


def _row(entry: Entry) -> tuple[str, ...]:
    from broadcaster.report.words import cutting, length, passing

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
    if entry.cuts:
        told.append(cutting(entry))
    when = f"{airing.start:%d/%m/%Y %H:%M}"
    return when, airing.zone, name, length(airing.seconds), "; ".join(told)


def _slogans(span: SignSpan) -> str:
    return slogans_told(slogan.text for slogan in span.content.slogans)


def _as_json(table: Table) -> dict[str, Any]:
    signs = [row for span in table.spans for row in planned_rows(span)]
    return {
        "airings": [airing_row(entry) for entry in table.rundown.entries],
        "signs": [*signs, *map(withheld_row, table.withheld)],
        "faulty": [*map(untimed_row, table.untimed)],
    }
