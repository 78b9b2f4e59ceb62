"""Reads who speaks, and how loud a finished programme is."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from broadcaster.domain.lexicon import Region
from broadcaster.domain.station import (
    VOICES,
    CommandVoice,
    Loudness,
    VoiceSettings,
    piper_names,
)
from broadcaster.messages import msg
from broadcaster.station.command import command
from broadcaster.station.folder import names_in
from broadcaster.station.kinds import (
    boolean,
    choice,
    list_of,
    number,
    one_of,
    text,
    without_repeats,
)
from broadcaster.station.piper import problem
from broadcaster.station.table import Table, table

ENGINES = ("espeak", "piper", "system", "command")
LAST = "espeak"
"""Stands in where no other is left."""

_engine = one_of(ENGINES)


def voice(top: Table, folder: Path) -> VoiceSettings:
    """Read the engines; espeak stands in where none is left."""
    settings = top.optional("voice", table, None)
    if settings is None:
        return VoiceSettings()
    engines = settings.optional("engines", without_repeats(list_of(_engine)), (LAST,))
    region = settings.optional("region", choice(Region), Region.NORTH)
    program = settings.optional("command", command, None)
    piper = settings.optional("piper", text, None)
    settings.close()
    _look_at_piper(settings, folder, engines, piper)
    able = tuple(name for name in engines if _able(name, program, settings))
    return VoiceSettings(engines=able or (LAST,), region=region, piper=piper, command=program)


def _look_at_piper(
    settings: Table, folder: Path, engines: Sequence[str], piper: str | None
) -> None:
    """Warn of a voice that can't speak, or not Vietnamese: another engine speaks meanwhile."""
    if piper is not None:
        wrong = problem(folder, piper)
        if wrong:
            settings.key("piper").warn(wrong)
        return
    if "piper" not in engines:
        return
    names = piper_names(names_in(folder / VOICES))
    wrong = (
        problem(folder, names[0])
        if names
        else msg("there is no voice in {folder}", folder=f"{VOICES}/")
    )
    if wrong:
        settings.key("engines").warn(wrong, msg("add one: broadcaster voice add FILE"))


def _able(name: str, program: CommandVoice | None, settings: Table) -> bool:
    if name != "command" or program is not None:
        return True
    if not settings.has("command"):
        settings.key("engines").wrong(
            msg("the engine command needs a table [voice.command] with run = [...]")
        )
    return False


def loudness(top: Table) -> Loudness:
    """Read the loudness, what is left out or wrong as the standard has it."""
    settings = top.optional("loudness", table, None)
    if settings is None:
        return Loudness()
    standard = Loudness()
    found = Loudness(
        target_lufs=settings.optional("target_lufs", number(-40, -9), standard.target_lufs),
        peak_dbtp=settings.optional("peak_dbtp", number(-20, 0), standard.peak_dbtp),
        speech_chain=settings.optional("speech_chain", boolean, default=True),
    )
    settings.close()
    return found
