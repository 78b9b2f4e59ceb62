"""Says of each script whose voice it would be heard in, where people would not like it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from broadcaster.domain.station import Script, VoiceSettings
from broadcaster.errors import Problem
from broadcaster.messages import Message, msg
from broadcaster.station.ids import nearest
from broadcaster.station.piper import problem
from broadcaster.station.voice import ENGINES, LAST


def heard(folder: Path, file: str, script: Script, voice: VoiceSettings) -> Iterator[Problem]:
    """Warn of a script that would be read by none, the wrong, or the plain machine's voice."""
    if script.recording is not None:
        return
    engine, _, own = (script.voice or "").partition(":")
    wrong = _unable(folder, engine, own, voice)
    if wrong:
        near = nearest(engine, ENGINES) if engine not in ENGINES else None
        yield Problem(file, None, "voice", wrong, near, "warning")
    elif not script.doubtful and (engine if engine in ENGINES else voice.engines[0]) == LAST:
        yield Problem(
            file,
            None,
            "",
            msg("only {engine} would read this", engine=LAST),
            msg("a recording beside it would be heard instead: {id}.wav", id=script.id),
            "warning",
        )


def _unable(folder: Path, engine: str, own: str, voice: VoiceSettings) -> Message | None:
    """Say why the engine that a script names can't speak as it asks."""
    if own and engine not in ENGINES:
        return msg("there is no speech engine {engine}", engine=engine)
    if engine == "piper" and own:
        return problem(folder, own)
    if engine == "command" and voice.command is None:
        return msg("the engine command needs a table [voice.command] with run = [...]")
    return None
