"""`notify`: who is told of faults."""

from __future__ import annotations

import asyncio

import click

from broadcaster.cli.app import DEVICE_FAILED, App, columns, pass_app, talk, tell
from broadcaster.errors import Refusal
from broadcaster.messages import Message, msg, tr


@click.group(help=tr("Who is told of faults."))
def notify() -> None:
    """Group what concerns notifications."""


@notify.command(help=tr("Send a message to everybody who is told of faults."))
@click.option("--dry-run", is_flag=True, help=tr("Print what would be done, and do nothing."))
@pass_app
@click.pass_context
def test(ctx: click.Context, app: App, *, dry_run: bool) -> None:
    """Print a row an address, without what is secret in it; exit 3 where one took nothing."""
    from broadcaster.health.post import post, shown
    from broadcaster.secret import addresses

    station, problems = app.station()
    tell(problem for problem in problems if problem.level == "error")
    if station.notify is None:
        raise Refusal(msg("devices.toml names nobody to be told: add [notify] with urls_file"))
    to = addresses(station.folder / station.notify)
    if isinstance(to, Message):
        raise Refusal(to)
    text = tr("This is a test. Faults of the station will be told here.")
    talk(msg("{heading}: {what}", heading=station.name, what=text))
    refused = {} if dry_run else asyncio.run(post(station.name, dict.fromkeys(to, text)))
    took = tr("would be sent it") if dry_run else tr("took it")
    said = (tr(refused[url]) if url in refused else took for url in to)
    columns((shown(url), what) for url, what in zip(to, said, strict=True))
    if refused:
        ctx.exit(DEVICE_FAILED)
