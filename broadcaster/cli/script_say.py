"""`script say`: what a script sounds like, in a file."""

from __future__ import annotations

from pathlib import Path

import click

from broadcaster.cli.app import App, pass_app
from broadcaster.cli.editing import script_file
from broadcaster.cli.sound import into, sound_file
from broadcaster.cli.typed import ident
from broadcaster.errors import UserError
from broadcaster.messages import tr


@click.command(help=tr("Write the sound of a script into a file, as it would air."))
@click.argument("id_", metavar="ID", type=ident)
@click.option(
    "-o", "--out", "to", metavar="FILE", type=sound_file, required=True,
    help=tr("The file: .wav or .flac."),
)  # fmt: skip
@pass_app
def say(app: App, id_: str, to: Path) -> None:
    """Render it, or take the recording beside it."""
    original = script_file(app, id_)
    station, problems = app.station()
    if id_ not in station.scripts:
        raise UserError(problem for problem in problems if problem.file == original.file)
    into(to, app, station, station.scripts[id_])
