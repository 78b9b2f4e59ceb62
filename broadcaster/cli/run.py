"""`run`: the daemon."""

from __future__ import annotations

import asyncio
import logging
import signal

import click

from broadcaster.cli.app import App, pass_app, talk, tell
from broadcaster.cli.season import off_season
from broadcaster.daemon import Daemon
from broadcaster.domain.station import Station
from broadcaster.messages import msg, tr


@click.command(help=tr("Run the station: air what its playlists plan, until it is stopped."))
@pass_app
def run(app: App) -> None:
    """Start with what is right, and name what isn't."""
    from broadcaster.wake import SystemWaker
    from broadcaster.wiring import alone, ledger_path, live, open_ledger

    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s")
    logging.getLogger("apscheduler").setLevel(logging.WARNING)
    station, problems = app.station()
    tell(problems)
    _announce(app, station)

    async def serve() -> None:
        async with SystemWaker(app.time).running() as waker:
            daemon = live(station, ledger, app.time, waker)
            _stop_on_signals(daemon)
            await daemon.run()

    with open_ledger(ledger_path(app.folder)) as ledger, alone(app.folder):
        asyncio.run(serve())


def _announce(app: App, station: Station) -> None:
    today = app.time.now().astimezone(station.timezone).date()
    if (season := off_season(station, today)) is not None:
        talk(season)
    talk(msg("{name} is running; Ctrl-C stops it", name=station.name))


def _stop_on_signals(daemon: Daemon) -> None:
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        try:
            loop.add_signal_handler(number, daemon.stop)
        except NotImplementedError:  # Windows has no such handlers; Ctrl-C ends it there
            return
