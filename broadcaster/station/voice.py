"""Reads who speaks, and how loud a finished programme is."""

from __future__ import annotations

from broadcaster.domain.lexicon import Region
from broadcaster.domain.station import CommandVoice, Loudness, VoiceSettings
from broadcaster.messages import msg
from broadcaster.station.command import command
from broadcaster.station.kinds import choice, list_of, number, one_of, without_repeats
from broadcaster.station.table import Cell, Table, table

BUILT = ("espeak", "command")
"""The engines that this version has."""
ENGINES = (*BUILT, "piper", "system")
LAST = "espeak"
"""Stands in where no other is left."""

_engine = one_of(ENGINES)


def voice(top: Table) -> VoiceSettings:
    """Read the engines; espeak stands in where none is left."""
    settings = top.optional("voice", table, None)
    if settings is None:
        return VoiceSettings()
    engines = settings.optional("engines", without_repeats(list_of(_built)), (LAST,))
    region = settings.optional("region", choice(Region), Region.NORTH)
    program = settings.optional("command", command, None)
    settings.close()
    able = tuple(name for name in engines if _able(name, program, settings))
    return VoiceSettings(engines=able or (LAST,), region=region, command=program)


def _able(name: str, program: CommandVoice | None, settings: Table) -> bool:
    if name != "command" or program is not None:
        return name in BUILT
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
    )
    settings.close()
    return found


def _built(cell: Cell) -> str | None:
    engine = _engine(cell)
    if engine is not None and engine not in BUILT:
        cell.warn(msg('this version doesn\'t have the engine "{engine}" yet', engine=engine))
    return engine
