"""Says of each script whose voice it would be heard in, where people would not like it."""

from __future__ import annotations

from collections.abc import Iterator

from broadcaster.domain.station import Script, VoiceSettings
from broadcaster.errors import Problem
from broadcaster.messages import msg
from broadcaster.station.voice import ENGINES, LAST


def heard(file: str, script: Script, voice: VoiceSettings) -> Iterator[Problem]:
    """Warn of a script that only the plain machine's voice would read."""
    if script.recording is None and _engine(script, voice) == LAST:
        yield Problem(
            file,
            None,
            "",
            msg("only {engine} would read this", engine=LAST),
            msg("a recording beside it would be heard instead: {id}.wav", id=script.id),
            "warning",
        )


def _engine(script: Script, voice: VoiceSettings) -> str:
    named = (script.voice or "").partition(":")[0]
    return named if named in ENGINES else voice.engines[0]
