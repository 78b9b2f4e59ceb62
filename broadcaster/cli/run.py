"""`run`: the daemon."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import sys
from collections.abc import Sequence
from datetime import datetime, timedelta

import click

from broadcaster.cli.app import REFUSED, App, pass_app, talk, tell
from broadcaster.daemon.edits import Edits, Files, State
from broadcaster.daemon.loop import Daemon
from broadcaster.domain.station import Station
from broadcaster.errors import Problem
from broadcaster.messages import msg, tr
from broadcaster.planning.season import off_season
from broadcaster.station.state import state

DAY = timedelta(days=1)

logger = logging.getLogger(__name__)


@click.command(help=tr("Run the station: air what its playlists plan, until it is stopped."))
@click.option(
    "--dry-run",
    is_flag=True,
    help=tr("Print what would air until tomorrow ends; open no device and no ledger."),
)
@pass_app
@click.pass_context
def run(ctx: click.Context, app: App, *, dry_run: bool) -> None:
    """Start with what is right, and name what isn't."""
    seen = state(app.folder)
    station, problems = app.station()
    tell(problems)
    now = app.time.now()
    if (season := off_season(station, now.astimezone(station.timezone).date())) is not None:
        talk(season)
    if not dry_run:
        _run(app, station, problems, seen)
        return
    _print_plan(app, station, now)
    if any(problem.level == "error" for problem in problems):
        ctx.exit(REFUSED)


def _run(app: App, station: Station, problems: Sequence[Problem], seen: State) -> None:
    from broadcaster.cli.logs import keeping
    from broadcaster.control.server import serving
    from broadcaster.daemon.desk import Desk
    from broadcaster.supervisor import Pulse, Supervisor
    from broadcaster.wake import SystemWaker
    from broadcaster.wiring.daemons import live
    from broadcaster.wiring.place import VAR, alone, ledger_path, open_ledger

    supervisor, stopped_by = Supervisor(os.environ), list[int]()

    async def serve() -> None:
        async with SystemWaker(app.time).running() as waker:
            pulse = Pulse(waker, app.time, supervisor)
            running = live(station, ledger, app.time, pulse)
            daemon = running.daemon
            files = Files(lambda: state(app.folder), app.station)
            edits = Edits(
                files, running.take, app.time, daemon.faults, seen, problems, pulse.reloading
            )
            _stop_on_signals(daemon, stopped_by)
            desk = Desk(daemon, edits, running.ledger, app.time)
            async with (
                serving(desk, app.time, app.folder),
                pulse.beating(station.name, lambda: daemon.stopping),
            ):
                watching = asyncio.create_task(edits.watch())
                await daemon.run()
                watching.cancel()

    with (
        open_ledger(ledger_path(app.folder)) as ledger,
        alone(app.folder),
        keeping(app.folder / VAR, station.timezone),
    ):
        logger.info(msg("{name} is running", name=station.name), extra={"action": "started"})
        if sys.stderr.isatty():
            talk(msg("Ctrl-C stops it"))
        asyncio.run(serve())
        logger.info(msg("{name} has been stopped", name=station.name), extra={"action": "stopped"})
    if stopped_by and supervisor.restarts:
        _die(stopped_by[0])


def _print_plan(app: App, station: Station, now: datetime) -> None:
    """Print what lies ahead of the daemon's own plan."""
    from broadcaster.cli.timetable import planned, print_plan
    from broadcaster.domain.airing import Rundown
    from broadcaster.planning.due import limit

    today = now.astimezone(station.timezone).date()
    # Like the daemon's, from yesterday on: it counts towards the airtime of the night.
    table = planned(station, (today - DAY, today + DAY), app.time)
    entries = [entry for entry in table.rundown.entries if limit(entry) > now]
    print_plan(
        table._replace(
            rundown=Rundown(tuple(entries)),
            spans=[span for span in table.spans if span.until > now],
            withheld=[each for each in table.withheld if each.until > now],
            untimed=[each for each in table.untimed if each.day >= today],
        )
    )


def _stop_on_signals(daemon: Daemon, by: list[int]) -> None:
    def stop(number: int) -> None:
        by.append(number)
        daemon.stop()

    loop = asyncio.get_running_loop()
    # A terminal that is closed ends it in order, too, unless nohup has it live on.
    closed = getattr(signal, "SIGHUP", None)
    lives_on = closed is None or signal.getsignal(closed) is signal.SIG_IGN
    for number in (signal.SIGINT, signal.SIGTERM, *(() if lives_on else (closed,))):
        try:
            loop.add_signal_handler(number, stop, number)
        except NotImplementedError:  # Windows has no such handlers; Ctrl-C ends it there
            return


def _die(number: int) -> None:
    """End by the signal itself: only a stop that was ordered by name is one for good.

    Whoever else sends it, a killer of what uses much memory say, is to leave no silent station.
    """
    signal.signal(number, signal.SIG_DFL)
    signal.raise_signal(number)
