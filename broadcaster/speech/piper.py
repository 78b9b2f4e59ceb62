"""Piper as a Synthesizer: neural voices from files, in a child process that alone loads them."""

from __future__ import annotations

import asyncio
import functools
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from broadcaster import worker
from broadcaster.audio.cache import Cache
from broadcaster.audio.fingerprint import fingerprint, known_fingerprint
from broadcaster.domain.station import VOICE_FILE, VOICES, piper_names
from broadcaster.errors import DeviceError
from broadcaster.messages import msg
from broadcaster.speech.engine import Engine, Order, no_voice

CHILD = "broadcaster.speech.piper_child"
NAME = "piper"
PACKAGE = "piper-tts"
SENTENCE = 0.3
"""Seconds of silence between two sentences: Piper leaves none."""
LEAST_DEADLINE = 60.0
SLOWEST = 5.0
"""Seconds that a small computer may take for a second of speech."""


class Piper(Engine):
    """The voices in a station's folder."""

    name = NAME

    def __init__(self, folder: Path, usual: str | None, cache: Cache) -> None:
        super().__init__(cache)
        self._folder = folder / VOICES
        self._usual = usual

    async def voices(self) -> Sequence[str]:
        """Name its voices; raises DeviceError without one, or without Piper."""
        installed()
        usual = self.choose(None)
        return sorted(self._names(), key=lambda name: name != usual)

    async def watch(self) -> None:
        """Raise DeviceError without a voice, or without Piper."""
        installed()
        self.choose(None)

    def choose(self, voice: str | None) -> str:
        """Give a voice that is there; raises DeviceError."""
        names = self._names()
        if not names:
            raise DeviceError(
                NAME,
                msg(
                    "there is no voice in {folder}; add one: broadcaster voice add FILE",
                    folder=f"{VOICES}/",
                ),
            )
        chosen = voice or self._usual or names[0]
        if chosen not in names:
            raise no_voice(NAME, chosen, names)
        return chosen

    async def learn(self, voice: str) -> None:
        """Read the voice's files once, so that their content is known."""
        for path in self._files(voice):
            await asyncio.to_thread(fingerprint, path, self._cache)

    def recipe(self, voice: str) -> Sequence[object]:
        """Give Piper's version, and the content of the voice's files where it is known."""
        prints = [known_fingerprint(path, self._cache) for path in self._files(voice)]
        if None in prints:
            raise DeviceError(NAME, msg("has not read the voice {voice} yet", voice=voice))
        return (installed(), *prints, SENTENCE)

    async def render(self, order: Order) -> Mapping[str, Any]:
        """Let the child speak; raises DeviceError where it can't."""
        model = self._files(order.voice)[0]
        request = order.request(model=str(model.absolute()), sentence=SENTENCE)
        return await _ask(request, LEAST_DEADLINE + SLOWEST * order.expected)

    def _names(self) -> Sequence[str]:
        return piper_names(path.name for path in self._folder.glob(f"*{VOICE_FILE}"))

    def _files(self, voice: str) -> tuple[Path, Path]:
        model = self._folder / f"{voice}{VOICE_FILE}"
        return model, model.with_name(f"{model.name}.json")


async def load(model: Path) -> None:
    """Raise DeviceError where Piper can't load a voice's file."""
    installed()
    await _ask({"model": str(model.absolute()), "paragraphs": []}, LEAST_DEADLINE)


@functools.cache
def installed() -> str:
    """Give Piper's version; raises DeviceError where it is not installed."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version(PACKAGE)
    except PackageNotFoundError:
        raise DeviceError(
            NAME, msg("is not installed: {command}", command='pip install "broadcaster[piper]"')
        ) from None


async def _ask(request: Mapping[str, Any], deadline: float) -> dict[str, Any]:
    answer = await worker.run(CHILD, request, deadline=deadline, device=NAME)
    if "wrong" in answer:
        raise DeviceError(NAME, msg("can't load this voice: {reason}", reason=answer["wrong"]))
    return answer
