"""Sound that a command makes: rendered as it would air, put where the person wants it."""

from __future__ import annotations

import asyncio
from pathlib import Path

import click

from broadcaster.cli.app import App, data, talk
from broadcaster.domain.sound import Prepared
from broadcaster.domain.station import Script, Station
from broadcaster.errors import Refusal, why
from broadcaster.messages import msg, tr

FORMATS = (".wav", ".flac")


def sound_file(value: str) -> Path:
    """Read the name of a file that a sound is to go into."""
    path = Path(value)
    if path.suffix.lower() not in FORMATS:
        raise click.BadParameter(tr('must end in .wav or .flac, not "{found}"', found=path.name))
    return path


def into(to: Path, app: App, station: Station, script: Script) -> None:
    """Render a script into a file, and say who speaks, how long and how loud; raises Refusal."""
    from broadcaster.wiring.studio import preparer

    if not to.parent.is_dir():
        raise Refusal(
            msg("there is no folder {folder}: make it, or name another", folder=to.parent)
        )
    studio = preparer(station, app.time)
    prepared = asyncio.run(studio.say(script))
    try:
        _write(prepared, to)
    except OSError as error:
        raise Refusal(msg("can't write {folder}: {error}", folder=to, error=why(error))) from None
    for failed in studio.voices.failures():
        talk(msg("{device}: {what}", device=failed.device, what=failed.message))
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
