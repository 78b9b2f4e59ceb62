"""`script record`: a script read by a person, from a microphone or from a file."""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path

import click

from broadcaster.cli.app import App, data, pass_app, talk
from broadcaster.cli.editing import script_file
from broadcaster.cli.typed import ident
from broadcaster.domain.station import Script, Station
from broadcaster.errors import UserError
from broadcaster.messages import tr

EMPTY = 44
"""Bytes of a WAV without a sound."""


@click.command(
    help=tr(
        "Record a script: read it aloud, and it airs in your voice.\n\n"
        "What was recorded before is kept in var/trash."
    )
)
@click.argument("id_", metavar="ID", type=ident)
@click.option("--device", metavar="NAME", help=tr("A part of the microphone's name."))
@click.option(
    "--from", "source", metavar="FILE", type=click.Path(path_type=Path),
    help=tr("Take a recording that was made elsewhere."),
)  # fmt: skip
@click.option(
    "--dry-run", is_flag=True, help=tr("Try the microphone or the file, and write nothing.")
)
@pass_app
def record(app: App, id_: str, device: str | None, source: Path | None, *, dry_run: bool) -> None:
    """Take it from where it comes, judge it, put it in place."""
    if source and device:
        raise click.UsageError(tr("--from takes a file, --device a microphone: give one of them"))
    original = script_file(app, id_)
    station, problems = app.station()
    if id_ not in station.scripts:
        raise UserError(problem for problem in problems if problem.file == original.file)
    script = station.scripts[id_]
    if source:
        _take(app, station, script, source, dry_run=dry_run)
    elif dry_run:
        _try(device or "")
    else:
        _microphone(app, station, script, device or "")


def _microphone(app: App, station: Station, script: Script, device: str) -> None:
    """Record it; what can't be put in place is never lost."""
    from broadcaster.cli.prompter import listen
    from broadcaster.recording.take import new_take

    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise click.UsageError(
            tr("there is no terminal to read it from; give a recording of it: --from FILE")
        )
    wav = new_take(app.folder, script.id)
    placed = False
    try:
        listen(script, device, wav)
        _take(app, station, script, wav)
        placed = True
    finally:
        if placed or wav.stat().st_size <= EMPTY:
            wav.unlink()
        else:
            talk("what was recorded is kept: {path}", path=wav.relative_to(app.folder))


def _take(
    app: App, station: Station, script: Script, source: Path, *, dry_run: bool = False
) -> None:
    """Judge a sound file, and put it in place."""
    from broadcaster.reading.read import spoken_lines
    from broadcaster.recording.take import part_of, place, take
    from broadcaster.speech.estimate import estimate

    said = spoken_lines(script.paragraphs, station.lexicon, station.voice.region)
    with part_of(app.folder) as part:
        found = asyncio.run(take(source, script, estimate(said), part))
        lufs = "-" if found.lufs is None else f"{found.lufs:.1f}"
        talk("{seconds} s, {lufs} LUFS", seconds=f"{found.seconds:.1f}", lufs=lufs)
        if found.too_loud:
            talk("it is distorted in places, as it was recorded too loud: better do it again")
        if dry_run:
            talk("nothing was written")
            return
        file, kept = place(app.folder, script, found)
    data(file)
    for old in kept:
        talk("taken out and kept: {path}", path=old)
    talk("a daemon that is running airs it when it is started again")


def _try(device: str) -> None:
    """Open a microphone, and close it again."""
    from broadcaster.recording.microphone import Microphone

    with Microphone(device, Path(os.devnull)) as microphone:
        name = microphone.event()["name"]
    talk("this microphone can be opened: {name}", name=name)
    talk("nothing was written")
