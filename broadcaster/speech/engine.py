"""What speech engines have in common: their texts, their cache, a judgement of what they spoke."""

from __future__ import annotations

import math
import tempfile
import unicodedata
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from broadcaster.audio.cache import Cache, refused, vanished
from broadcaster.audio.fault import disk_error
from broadcaster.domain.sound import Spoken
from broadcaster.errors import ContentError, DeviceError
from broadcaster.messages import msg
from broadcaster.speech.estimate import PAUSE, estimate

LEAST_SECONDS = 0.1
SILENT_DB = -50.0
"""Below this over a whole file nobody hears a voice; speech is about 30 dB louder."""
FULL_SCALE = 32_768


class NothingToSpeakError(ContentError):
    """A text without a word: the text's fault, and no engine's."""

    def __init__(self, engine: str) -> None:
        super().__init__(engine, msg("finds nothing to speak in this text"))


@dataclass(frozen=True, slots=True)
class Order:
    """One text to be spoken, a pause between two paragraphs, into a 16-bit mono WAV."""

    texts: Sequence[str]
    voice: str
    to: Path
    folder: str
    """For what is made on the way; it is removed afterwards."""
    expected: float
    """Seconds that it will take, roughly."""

    def request(self, **more: Any) -> dict[str, Any]:
        """Give it as a child process reads it."""
        return {
            "paragraphs": self.texts, "voice": self.voice, "pause": PAUSE, "to": str(self.to),
            "folder": self.folder, **more,
        }  # fmt: skip


class Engine(ABC):
    """A Synthesizer whose sound is made in a child process; each engine says how."""

    name: str

    def __init__(self, cache: Cache) -> None:
        self._cache = cache

    @abstractmethod
    async def voices(self) -> Sequence[str]:
        """Name its voices, that of its own choice first; raises DeviceError saying why none."""

    @abstractmethod
    def choose(self, voice: str | None) -> str:
        """Give a voice's name, or that of the engine's own choice; raises DeviceError."""

    async def learn(self, voice: str) -> None:  # noqa: B027 - most engines know it all at once
        """Find out what `recipe` tells, where that takes its time; raises DeviceError."""

    @abstractmethod
    def recipe(self, voice: str) -> Sequence[object]:
        """Give all that the sound depends on besides the texts, at once; raises DeviceError."""

    @abstractmethod
    async def render(self, order: Order) -> Mapping[str, Any]:
        """Let the child speak, and give its answer: `rms` of the samples, or what went wrong."""

    async def watch(self) -> None:
        """Raise DeviceError where it is plain that it couldn't speak now."""
        self.choose(None)

    async def speak(self, paragraphs: Sequence[str], voice: str | None) -> Spoken:
        """Render texts, a pause between two, or find them in the cache; raises DeviceError."""
        texts, chosen = _texts(paragraphs), self.choose(voice)
        if not texts:
            raise NothingToSpeakError(self.name)
        await self.learn(chosen)
        key = self._key(texts, chosen)
        found = self._found(key, chosen)
        if found is None:
            await self._make(key, texts, chosen)
            found = self._found(key, chosen)
        if found is None:
            raise vanished(self._cache.root)
        return found

    def cached(self, paragraphs: Sequence[str], voice: str | None) -> Spoken | None:
        """Give what is rendered already, without rendering."""
        try:
            chosen = self.choose(voice)
            return self._found(self._key(_texts(paragraphs), chosen), chosen)
        except DeviceError:
            return None

    async def _make(self, key: str, texts: Sequence[str], voice: str) -> None:
        with (
            self._cache.place(key, ".wav") as part,
            # The child may be killed: what it leaves is removed here.
            tempfile.TemporaryDirectory(".part", f"{part.stem}-", part.parent) as folder,
        ):
            order = Order(texts, voice, part, folder, estimate(texts))
            answer = await self.render(order)
            if "disk" in answer:
                raise refused(self._cache.root, disk_error(answer))
            _judge(self.name, order, answer.get("rms", 0.0))

    def _key(self, texts: Sequence[str], voice: str) -> str:
        return self._cache.key("speech", self.name, *self.recipe(voice), PAUSE, texts)

    def _found(self, key: str, voice: str) -> Spoken | None:
        path = self._cache.find(key, ".wav")
        return None if path is None else Spoken(path, _seconds(path), f"{self.name}:{voice}")


def no_voice(engine: str, voice: str, there: Sequence[str]) -> ContentError:
    """Say that an engine lacks a voice, and which it has."""
    names = ", ".join(there)
    return ContentError(
        engine, msg("there is no voice {voice}: there are {names}", voice=voice, names=names)
    )


def _texts(paragraphs: Sequence[str]) -> list[str]:
    # Decomposed letters would be spelt out mark by mark.
    composed = (unicodedata.normalize("NFC", text).strip() for text in paragraphs)
    return [text for text in composed if any(map(str.isalnum, text))]


def _judge(engine: str, order: Order, rms: float) -> None:
    """Catch an engine that stopped halfway, said something else, or nothing."""
    seconds, expected = _seconds(order.to), order.expected
    if seconds < LEAST_SECONDS:
        raise ContentError(engine, msg("gave no sound"))
    if not expected * 0.3 - 1 <= seconds <= expected * 4 + 5:
        raise DeviceError(
            engine,
            msg(
                "spoke for {seconds:.0f} s where about {expected:.0f} s were expected",
                seconds=seconds,
                expected=expected,
            ),
        )
    if rms < FULL_SCALE * math.pow(10, SILENT_DB / 20):
        raise DeviceError(engine, msg("gave nothing but silence"))


def _seconds(path: Path) -> float:
    import wave

    try:
        with wave.open(str(path), "rb") as file:
            return file.getnframes() / file.getframerate()
    except (EOFError, wave.Error):
        return 0.0
