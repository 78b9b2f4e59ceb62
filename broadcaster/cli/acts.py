"""What the daemon does at once: `silence`, `pause`, `resume`, `reload`, `stop`."""

from __future__ import annotations

import click

from broadcaster.cli.app import App, data, pass_app, talk, tell
from broadcaster.cli.asked import daemon
from broadcaster.errors import Refusal, problem_from_json
from broadcaster.messages import msg, tr


@click.command(help=tr("End what sounds, for good; the timetable goes on."))
@pass_app
def silence(app: App) -> None:
    """Print what was ended."""
    with daemon(app) as asked:
        stopped = asked.act("/v1/silence")["stopped"]
    for key in stopped:
        data(key)
    if not stopped:
        talk("nothing sounds")


@click.command(help=tr("Let nothing but what is urgent sound until `broadcaster resume`."))
@pass_app
def pause(app: App) -> None:
    """Say that it is so."""
    with daemon(app) as asked:
        asked.act("/v1/pause")
    talk("paused: nothing but what is urgent sounds until broadcaster resume")


@click.command(help=tr("Go on after `broadcaster pause`, with what it cut too."))
@pass_app
def resume(app: App) -> None:
    """Say that it is so."""
    with daemon(app) as asked:
        asked.act("/v1/resume")
    talk("the station goes on")


@click.command(help=tr("Read the station's files again, now; a broken edit changes nothing."))
@pass_app
def reload(app: App) -> None:
    """Name every problem; raises Refusal where the files are not taken."""
    with daemon(app) as asked:
        told = asked.act("/v1/reload")
    tell(map(problem_from_json, told["problems"]))
    if not told["taken"]:
        raise Refusal(msg("the files are not taken: the station runs on as it was"))
    if told["files"]:
        talk("the station runs by its files as they are now")
    else:
        talk("nothing was changed: the station runs by its files as they are")


@click.command(help=tr("End the daemon; what sounds until then is recorded."))
@pass_app
def stop(app: App) -> None:
    """Wait for its end."""
    with daemon(app) as asked, asked.following() as changes:
        asked.act("/v1/stop")
        for _ in changes:
            pass
    talk("the daemon has ended")
