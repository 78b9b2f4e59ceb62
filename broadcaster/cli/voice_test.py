"""`voice test`: what a voice sounds like, in a file."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from broadcaster.cli.app import App, pass_app
from broadcaster.cli.sound import into, sound_file
from broadcaster.domain.station import Script, Station
from broadcaster.errors import Refusal
from broadcaster.messages import msg, tr

SAMPLE = "Kính thưa bà con và các bạn! Lúc 7h30 ngày 01/10, mời bà con đón nghe bản tin của phường."


@click.command(help=tr("Let a voice speak a text into a file, as a script of it would air."))
@click.argument("text", required=False, default=SAMPLE)
@click.option("--voice", metavar="V", help=tr("Who speaks: piper:NAME, espeak:vi; else as usual."))
@click.option(
    "-o", "--out", "to", metavar="FILE", type=sound_file, required=True,
    help=tr("The file: .wav or .flac."),
)  # fmt: skip
@pass_app
def test(app: App, text: str, voice: str | None, to: Path) -> None:
    """Speak it through reading; a voice that is named speaks alone, or fails."""
    station, _ = app.station()
    paragraphs = tuple(part for part in text.split("\n\n") if part.strip())
    if not paragraphs:
        raise Refusal(msg("the text is empty"))
    script = Script(id="voice-test", title="", paragraphs=paragraphs, voice=voice)
    alone = _alone(station, voice)
    into(to, app, replace(alone, scripts={script.id: script}), script)


def _alone(station: Station, voice: str | None) -> Station:
    """Leave the engine that a voice names no other to speak for it."""
    from broadcaster.station.voice import ENGINES

    engine = (voice or "").partition(":")[0]
    if engine not in ENGINES:
        return station
    if engine == "command" and station.voice.command is None:
        raise Refusal(msg("the engine command needs a table [voice.command] with run = [...]"))
    return replace(station, voice=replace(station.voice, engines=(engine,)))
