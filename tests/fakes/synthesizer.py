"""A speech engine that needs no engine: a low hum as long as the words would take."""

from __future__ import annotations

import array
import hashlib
import math
import wave
from collections.abc import Sequence
from pathlib import Path

from broadcaster.domain.sound import Spoken
from broadcaster.errors import DeviceError
from broadcaster.messages import msg
from broadcaster.speech.estimate import estimate

RATE = 8_000
VOICES = ("vi", "vi-vn-x-central", "vi-vn-x-south")
_HUM = array.array("h", (round(8_000 * math.sin(math.tau * 200 * at / RATE)) for at in range(RATE)))


class FakeSynthesizer:
    """Speaks at once, in the daemon's own process; `said` keeps what was asked of it."""

    def __init__(self, folder: Path, name: str = "fake") -> None:
        self.name = name
        self._folder = folder
        self.said: list[tuple[str, ...]] = []
        self.broken = False

    async def voices(self) -> Sequence[str]:
        """Name its voices."""
        return VOICES

    async def watch(self) -> None:
        """Raise DeviceError while it is broken."""
        if self.broken:
            raise DeviceError(self.name, msg("there is nothing to speak"))

    async def speak(self, paragraphs: Sequence[str], voice: str | None) -> Spoken:
        """Write the hum, or raise DeviceError as a real engine would."""
        self.said.append(tuple(paragraphs))
        voice = voice or VOICES[0]
        if voice not in VOICES:
            raise DeviceError(self.name, msg("there is no voice {voice}", voice=voice))
        if self.broken or not "".join(paragraphs).strip():
            raise DeviceError(self.name, msg("there is nothing to speak"))
        found = self.cached(paragraphs, voice)
        if found is not None:
            return found
        self._folder.mkdir(parents=True, exist_ok=True)
        _hum(self._path(paragraphs, voice), estimate(paragraphs))
        return self._spoken(paragraphs, voice)

    def cached(self, paragraphs: Sequence[str], voice: str | None) -> Spoken | None:
        """Give what was spoken before."""
        voice = voice or VOICES[0]
        return self._spoken(paragraphs, voice) if self._path(paragraphs, voice).exists() else None

    def _path(self, paragraphs: Sequence[str], voice: str) -> Path:
        texts = [text.strip() for text in paragraphs if text.strip()]
        return self._folder / f"{hashlib.sha256(repr((texts, voice)).encode()).hexdigest()}.wav"

    def _spoken(self, paragraphs: Sequence[str], voice: str) -> Spoken:
        path = self._path(paragraphs, voice)
        with wave.open(str(path), "rb") as file:
            return Spoken(path, file.getnframes() / RATE, f"{self.name}:{voice}")


def _hum(path: Path, seconds: float) -> None:
    count = max(1, round(seconds * RATE))
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, RATE, 0, "NONE", ""))
        for start in range(0, count, RATE):
            file.writeframes(_HUM[: min(RATE, count - start)].tobytes())
