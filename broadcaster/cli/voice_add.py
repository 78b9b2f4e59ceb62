"""`voice add`: a Piper voice into the station's folder."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path

import click

from broadcaster.cli.app import App, data, pass_app, talk
from broadcaster.domain.station import VOICE_FILE, VOICES
from broadcaster.errors import DeviceError, Refusal, why
from broadcaster.messages import Message, msg, tr
from broadcaster.station.piper import VoiceFile

NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.+-]*")


@click.command(help=tr("Copy a Piper voice into the station's folder: an .onnx, its .json beside."))
@click.argument("model", metavar="FILE", type=click.Path(path_type=Path))
@click.option("--replace", "again", is_flag=True, help=tr("Replace a voice of the same name."))
@pass_app
def add(app: App, model: Path, again: bool) -> None:  # noqa: FBT001 - Click's way
    """Look at both files, let Piper load them, then copy them."""
    station, _ = app.station()
    if model.name.endswith(f"{VOICE_FILE}.json"):
        model = model.with_suffix("")
    found = _looked_at(model)
    _loaded(model)
    to = app.folder / VOICES / model.name
    if to.exists() and not again:
        raise Refusal(
            msg("{file} is there already; --replace replaces it", file=f"{VOICES}/{to.name}")
        )
    _copy(model, to)
    data(f"{VOICES}/{to.name}")
    _tell(to.name.removesuffix(VOICE_FILE), found, speaks="piper" in station.voice.engines)


def _looked_at(model: Path) -> VoiceFile:
    from broadcaster.station.piper import read

    name = model.name.removesuffix(VOICE_FILE)
    if name == model.name or not NAME.fullmatch(name):
        raise Refusal(
            msg(
                "give a file like vi_VN-vais1000-medium.onnx, named in plain letters, not {file}",
                file=model.name,
            )
        )
    found = read(model)
    if isinstance(found, Message):
        raise Refusal(found)
    return found


def _loaded(model: Path) -> None:
    """Let Piper load the voice, where it is installed; raises Refusal."""
    from broadcaster.speech.piper import installed, load

    try:
        installed()
    except DeviceError as error:
        talk(msg("piper {what}; the voice was not tried", what=error.message))
        return
    try:
        asyncio.run(load(model))
    except DeviceError as error:
        raise Refusal(msg("{file}: {what}", file=model.name, what=error.message)) from None


def _copy(model: Path, to: Path) -> None:
    from broadcaster.station.edit_file import replace

    try:
        # What describes a voice comes first: a voice without it would be broken.
        for end in (".json", ""):
            source = model.with_name(model.name + end)
            replace(to.with_name(to.name + end), source.read_bytes())
    except OSError as error:
        raise Refusal(
            msg("can't write {folder}: {error}", folder=f"{VOICES}/", error=why(error))
        ) from None


def _tell(name: str, found: VoiceFile, *, speaks: bool) -> None:
    talk("language {language}, {rate} samples a second", language=found.language, rate=found.rate)
    if not found.vietnamese:
        talk("it does not speak Vietnamese")
    lines = "" if speaks else 'engines = ["piper", "espeak"], '
    talk(
        "to let it speak, write in devices.toml under [voice]: {lines}",
        lines=f'{lines}piper = "{name}"',
    )
