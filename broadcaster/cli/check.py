"""`check`: everything that is wrong or will go wrong, at once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

import click

from broadcaster.cli.app import REFUSED, App, as_json, data, data_json, pass_app, talk
from broadcaster.cli.rows import problem_row
from broadcaster.cli.unheard import unheard
from broadcaster.cli.unlit import overfull, unlit
from broadcaster.domain.airing import Airing
from broadcaster.domain.station import Station
from broadcaster.errors import DeviceError, Problem
from broadcaster.messages import msg, plural, tr

STANDING = timedelta(days=31)
"""How far ahead a programme without a window is looked at."""


@click.command(help=tr("Name every problem of every file, and every clash and breach ahead."))
@as_json
@pass_app
@click.pass_context
def check(ctx: click.Context, app: App, as_json: bool) -> None:  # noqa: FBT001 - Click's way
    """Exit 1 when anything is an error."""
    from broadcaster.station.load import load

    loaded = load(app.folder)
    found = [*loaded.problems, *_var(app)]
    if loaded.station is not None:
        found += _beyond(loaded.station, app.time.now())
    found.sort(key=lambda problem: (problem.level, problem.file, problem.line or 0))
    if as_json:
        for problem in found:
            data_json(problem_row(problem))
    else:
        for problem in found:
            data(str(problem))
        _summary(found)
    if any(problem.level == "error" for problem in found):
        ctx.exit(REFUSED)


def _beyond(station: Station, now: datetime) -> Iterator[Problem]:
    """Tell what no single file shows."""
    from broadcaster.station.outdated import outdated

    yield from _ahead(station, now.astimezone(station.timezone).date())
    yield from unlit(station)
    yield from overfull(station)
    yield from unheard(station)
    yield from outdated(station)


def _ahead(station: Station, today: date) -> Iterator[Problem]:
    """Plan every day that the campaigns ask for, and say what will not air."""
    from broadcaster.planning.findings import cuts, never_due, refusals
    from broadcaster.planning.resolve import resolve
    from broadcaster.station.whereabouts import cut_warnings, problems

    rundown = resolve(_asked(station, today), station.zones)
    idle = never_due(station.campaigns, station.holidays)
    yield from problems(station.folder, (*refusals(rundown), *idle))
    yield from cut_warnings(station.folder, cuts(rundown))


def _asked(station: Station, today: date) -> list[Airing]:
    """Give what campaigns ask for in all of their windows, and other programmes from today on."""
    from broadcaster.clock import SystemTime
    from broadcaster.planning.expand import expand
    from broadcaster.planning.plan import days_between, window
    from broadcaster.wiring.studio import preparer

    first, last = window(station.campaigns) or (today, today)
    days = days_between(min(first, today), max(last, today + STANDING))
    length = preparer(station, SystemTime()).seconds
    airings = expand(station.campaigns, days, station.timezone, station.holidays, length)
    bounded = {each.id for each in station.campaigns if each.from_ and each.until}
    # What a programme without an end did on days that are over is over.
    return [each for each in airings if each.campaign in bounded or each.start.date() >= today]


def _var(app: App) -> Iterator[Problem]:
    from broadcaster.ledger.file import judge
    from broadcaster.wiring.place import ledger_path, writable

    for look, at in ((writable, app.folder), (judge, ledger_path(app.folder))):
        try:
            look(at)
        except DeviceError as error:
            yield Problem("var", None, "", error.message)


def _summary(found: list[Problem]) -> None:
    errors = sum(problem.level == "error" for problem in found)
    warnings = len(found) - errors
    if found:
        told = plural(errors, msg("1 error"), msg("{count} errors"))
        besides = plural(warnings, msg("1 warning"), msg("{count} warnings"))
        talk("{errors}, {warnings}", errors=told, warnings=besides)
    else:
        talk("no problems")
