"""Reads what a Piper voice's .json says of it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from broadcaster.domain.station import VOICE_FILE, VOICES
from broadcaster.errors import why
from broadcaster.messages import Message, msg
from broadcaster.station.folder import is_file

LANGUAGE = "vi"
ONNX_FIRST = b"\x08"
"""An ONNX file begins with its version, protobuf's first field."""


@dataclass(frozen=True, slots=True)
class VoiceFile:
    """A voice, as its .json describes it."""

    language: str
    """As it writes it: vi_VN, en_US."""
    rate: int
    """Samples a second."""

    @property
    def vietnamese(self) -> bool:
        """Say whether it speaks Vietnamese."""
        return self.language.lower().startswith(LANGUAGE)


def read(model: Path) -> VoiceFile | Message:
    """Read the .json beside a voice's .onnx, or say what is wrong with the two."""
    described = model.with_name(f"{model.name}.json")
    for path in (model, described):
        if not is_file(path):
            return msg("there is no {file}", file=path.name)
    try:
        with model.open("rb") as file:
            first = file.read(1)
        values = json.loads(described.read_bytes())
    except (OSError, ValueError) as error:
        return msg("{file} can't be read: {reason}", file=described.name, reason=why(error))
    if first != ONNX_FIRST:
        return msg("{file} is no Piper voice: it is not in the format ONNX", file=model.name)
    return _described(values) or msg("{file} does not describe a Piper voice", file=described.name)


def _described(values: Any) -> VoiceFile | None:
    try:
        spoken = values["espeak"]["voice"]
        language = values.get("language", {}).get("code", spoken)
        known = all(key in values for key in ("num_symbols", "num_speakers", "phoneme_id_map"))
        rate = int(values["audio"]["sample_rate"])
    except (KeyError, TypeError, ValueError, AttributeError):
        return None
    return VoiceFile(str(language), rate) if known else None


def problem(folder: Path, name: str) -> Message | None:
    """Say what speaks against a voice of a station; None where nothing does."""
    found = read(folder / VOICES / f"{name}{VOICE_FILE}")
    if isinstance(found, Message):
        return msg("the Piper voice {name} can't speak: {why}", name=name, why=found)
    if not found.vietnamese:
        return msg(
            "the Piper voice {name} speaks {language}, not Vietnamese",
            name=name,
            language=found.language,
        )
    return None
