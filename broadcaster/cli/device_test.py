"""`device test`: a chime on a loudspeaker now, as an airing would sound there."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from functools import partial

import click

from broadcaster.cli.app import App, pass_app, talk, tell
from broadcaster.domain.station import SpeakerSpec, Station
from broadcaster.errors import Refusal
from broadcaster.messages import msg, tr
from broadcaster.ports import Prepared


@click.command(help=tr("Sound a chime on a loudspeaker, now and whatever the hour."))
@click.argument("speaker", metavar="ID")
@click.option("--dry-run", is_flag=True, help=tr("Print what would be done, and do nothing."))
@pass_app
def test(app: App, speaker: str, *, dry_run: bool) -> None:
    """Key its amplifier, sound, release; refused while the daemon runs, whose devices they are."""
    from broadcaster.wiring import alone

    station, problems = app.station()
    tell(problem for problem in problems if problem.level == "error")
    spec = _found(station, speaker)
    if spec.amplifier is not None:
        seconds = f"{spec.amplifier.warm_up.total_seconds():g}"
        talk("{speaker}: its amplifier warms up for {seconds} s", speaker=speaker, seconds=seconds)
    talk("{speaker}: a chime", speaker=speaker)
    if not dry_run:
        alone_in_it = replace(station, speakers={speaker: spec})
        audio = asyncio.run(_chime(app, station, spec))
        with alone(app.folder):
            asyncio.run(_sound(app, alone_in_it, spec, audio))


def _found(station: Station, speaker: str) -> SpeakerSpec:
    from broadcaster.station.ids import nearest

    if speaker in station.speakers:
        return station.speakers[speaker]
    hint = nearest(speaker, station.speakers)
    there_is_none = msg('there is no loudspeaker "{id}" that can be used', id=speaker)
    raise Refusal(msg("{what}; {hint}", what=there_is_none, hint=hint) if hint else there_is_none)


async def _sound(app: App, station: Station, spec: SpeakerSpec, audio: Prepared) -> None:
    """Do as playout does; on Ctrl-C too the amplifier is released."""
    from broadcaster.playout.amplifiers import Amplifiers
    from broadcaster.wiring import VAR, Place, powers, speakers

    place = Place(station, app.folder / VAR, app.time)
    speaker, amplifiers = speakers(place)[spec.id], Amplifiers(powers(place), app.time)
    ready = max(speaker.arming, amplifiers.cold(spec.id))
    at = app.time.now() + timedelta(seconds=ready)
    play = partial(speaker.play, audio, "test", 0.0, at)
    try:
        await amplifiers.around(speaker, at, play, lambda _: talk("it sounds"))
        if spec.amplifier is not None:
            await app.time.sleep(spec.amplifier.release.total_seconds())
    finally:
        await amplifiers.close()


async def _chime(app: App, station: Station, spec: SpeakerSpec) -> Prepared:
    from broadcaster.audio.cache import Cache
    from broadcaster.audio.programme import Programme, Tone
    from broadcaster.audio.render import render
    from broadcaster.playout.volume import decibels, volume
    from broadcaster.wiring import VAR

    now = app.time.now().astimezone(station.timezone)
    programme = Programme(
        (Tone("default"),),
        target_lufs=station.loudness.target_lufs,
        peak_dbtp=station.loudness.peak_dbtp,
        gain_db=decibels(volume(spec, now.hour * 60 + now.minute)),
    )
    return await render(programme, Cache(app.folder / VAR / "cache"))
