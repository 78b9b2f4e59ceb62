"""`script say`: what a script sounds like, in a file."""

from __future__ import annotations

import asyncio
from pathlib import Path

import click

from broadcaster.cli.app import App, data, pass_app, talk
from broadcaster.cli.editing import script_file
from broadcaster.cli.typed import ident
from broadcaster.errors import Refusal, UserError, why
from broadcaster.messages import msg, tr
from broadcaster.ports import Prepared

FORMATS = (".wav", ".flac")


def _sound_file(value: str) -> Path:
    path = Path(value)
    if path.suffix.lower() not in FORMATS:
        raise click.BadParameter(tr('must end in .wav or .flac, not "{found}"', found=path.name))
    return path


@click.command(help=tr("Write the sound of a script into a file, as it would air."))
@click.argument("id_", metavar="ID", type=ident)
@click.option(
    "-o", "--out", "to", metavar="FILE", type=_sound_file, required=True,
    help=tr("The file: .wav or .flac."),
)  # fmt: skip
@pass_app
def say(app: App, id_: str, to: Path) -> None:
    """Render it, or take the recording beside it."""
    from broadcaster.wiring import preparer

    original = script_file(app, id_)
    if not to.parent.is_dir():
        raise Refusal(
            msg("there is no folder {folder}: make it, or name another", folder=to.parent)
        )
    station, problems = app.station()
    if id_ not in station.scripts:
        raise UserError(problem for problem in problems if problem.file == original.file)
    prepared = asyncio.run(preparer(station, app.time).say(station.scripts[id_]))
    try:
        _write(prepared, to)
    except OSError as error:
        raise Refusal(msg("can't write {folder}: {error}", folder=to, error=why(error))) from None
    data(str(to))
    told = {"seconds": f"{prepared.seconds:.1f}", "voice": prepared.voice}
    loud = "-" if prepared.lufs is None else f"{prepared.lufs:.1f}"
    talk("{seconds} s, {lufs} LUFS, {voice}", lufs=loud, **told)


def _write(prepared: Prepared, to: Path) -> None:
    from broadcaster.audio.wav import to_wav
    from broadcaster.station.edit_file import replace

    if to.suffix.lower() == ".wav":
        to_wav(prepared.path, to)
    else:
        replace(to, prepared.path.read_bytes())
