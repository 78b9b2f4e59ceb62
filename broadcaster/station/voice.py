"""Reads who speaks, and how loud a finished programme is."""

from __future__ import annotations

from broadcaster.domain.lexicon import Region
from broadcaster.domain.station import Loudness, VoiceSettings
from broadcaster.messages import msg
from broadcaster.station.kinds import choice, list_of, number, one_of, without_repeats
from broadcaster.station.table import Cell, Table, table

BUILT = ("espeak",)
"""The engines that this version has."""
ENGINES = (*BUILT, "piper", "system", "command")

_engine = one_of(ENGINES)


def voice(top: Table) -> VoiceSettings:
    """Read the engines; espeak stands in where none is left."""
    settings = top.optional("voice", table, None)
    if settings is None:
        return VoiceSettings()
    engines = settings.optional("engines", without_repeats(list_of(_built)), BUILT)
    region = settings.optional("region", choice(Region), Region.NORTH)
    settings.close()
    known = tuple(name for name in engines if name in BUILT)
    return VoiceSettings(engines=known or BUILT, region=region)


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
        cell.warn(
            msg(
                'this version doesn\'t have the engine "{engine}" yet; {built} reads instead',
                engine=engine,
                built=", ".join(BUILT),
            )
        )
    return engine
