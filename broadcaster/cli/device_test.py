"""`device test`: a chime on a loudspeaker as an airing would sound there, a pattern on a sign."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from functools import partial

import click

from broadcaster.cli.app import App, pass_app, talk, tell
from broadcaster.domain.sound import Prepared
from broadcaster.domain.station import SpeakerSpec, Station
from broadcaster.errors import Refusal
from broadcaster.messages import msg, tr

SECONDS = 60.0
"""How long a test pattern stays: all letters pass once on most boards."""


@click.command(help=tr("Sound a chime on a loudspeaker, or show a test pattern on a sign, now."))
@click.argument("device", metavar="ID")
@click.option(
    "--seconds",
    type=click.FloatRange(0, 3600),
    default=SECONDS,
    show_default=True,
    help=tr("How long a sign keeps the test pattern."),
)
@click.option("--dry-run", is_flag=True, help=tr("Print what would be done, and do nothing."))
@pass_app
def test(app: App, device: str, *, seconds: float, dry_run: bool) -> None:
    """Do it whatever the hour; refused while the daemon runs, whose devices they are."""
    from broadcaster.cli.device_test_sign import test_sign

    station, problems = app.station()
    tell(problem for problem in problems if problem.level == "error")
    if device in station.signs:
        test_sign(app, station, station.signs[device], seconds, dry=dry_run)
    else:
        _speaker(app, station, _found(station, device), dry=dry_run)


def _speaker(app: App, station: Station, spec: SpeakerSpec, *, dry: bool) -> None:
    """Key its amplifier, sound, release."""
    from broadcaster.wiring.place import alone

    if spec.amplifier is not None:
        warm_up = f"{spec.amplifier.warm_up.total_seconds():g}"
        talk("{speaker}: its amplifier warms up for {seconds} s", speaker=spec.id, seconds=warm_up)
    talk("{speaker}: a chime", speaker=spec.id)
    if not dry:
        alone_in_it = replace(station, speakers={spec.id: spec})
        audio = asyncio.run(_chime(app, station, spec))
        with alone(app.folder):
            asyncio.run(_sound(app, alone_in_it, spec, audio))


def _found(station: Station, device: str) -> SpeakerSpec:
    from broadcaster.station.ids import nearest

    if device in station.speakers:
        return station.speakers[device]
    hint = nearest(device, [*station.speakers, *station.signs])
    there_is_none = msg('there is no loudspeaker or sign "{id}" that can be used', id=device)
    raise Refusal(msg("{what}; {hint}", what=there_is_none, hint=hint) if hint else there_is_none)


async def _sound(app: App, station: Station, spec: SpeakerSpec, audio: Prepared) -> None:
    """Do as playout does; on Ctrl-C too the amplifier is released."""
    from broadcaster.playout.amplifiers import Amplifiers
    from broadcaster.wiring.devices import powers, speakers
    from broadcaster.wiring.place import VAR, Place

    place = Place(station, app.folder / VAR, app.time)
    speaker, amplifiers = speakers(place)[spec.id], Amplifiers(powers(place), app.time)
    await speaker.ready()
    begins = max(speaker.arming, amplifiers.cold(spec.id))
    at = app.time.now() + timedelta(seconds=begins)
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
    from broadcaster.wiring.place import VAR

    now = app.time.now().astimezone(station.timezone)
    programme = Programme(
        (Tone("default"),),
        target_lufs=station.loudness.target_lufs,
        peak_dbtp=station.loudness.peak_dbtp,
        gain_db=decibels(volume(spec, now.hour * 60 + now.minute)),
    )
    return await render(programme, Cache(app.folder / VAR / "cache"))
