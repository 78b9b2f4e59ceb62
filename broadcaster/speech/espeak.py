"""espeak-ng as a Synthesizer: always at hand, plain to hear, never the pleasant choice."""

from __future__ import annotations

import tempfile
import unicodedata
import wave
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from broadcaster import worker
from broadcaster.audio.cache import Cache, refused, vanished
from broadcaster.audio.fault import disk_error
from broadcaster.errors import ContentError, DeviceError
from broadcaster.messages import msg
from broadcaster.ports import Spoken
from broadcaster.speech import library
from broadcaster.speech.estimate import PAUSE, estimate

CHILD = "broadcaster.speech.child"
NAME = "espeak"
VOICE = "vi"
RATE = 150
"""espeak's words a minute; in Vietnamese about 210 syllables, pauses included: a newsreader's
slower pace, as echoes between houses run fast speech together."""
VOLUME = 0.7
"""Of espeak's own scale: above it clips; the loudness comes later."""
LEAST_DEADLINE = 30.0
LEAST_SECONDS = 0.1


class Espeak:
    """espeak-ng's voices through pyttsx3, in a child process."""

    name = NAME

    def __init__(self, cache: Cache) -> None:
        self._cache = cache

    async def speak(self, paragraphs: Sequence[str], voice: str | None) -> Spoken:
        """Render texts, a pause between two, or find them in the cache; raises DeviceError."""
        found = self.cached(paragraphs, voice)
        if found is not None:
            return found
        texts, voice = _texts(paragraphs), voice or VOICE
        if not texts:
            raise ContentError(NAME, msg("finds nothing to speak in this text"))
        expected = estimate(texts)
        with (
            self._cache.place(self._key(texts, voice), ".wav") as part,
            # The child may be killed: what it leaves is removed here.
            tempfile.TemporaryDirectory(".part", f"{part.stem}-", part.parent) as folder,
        ):
            request = _request(texts, voice, part, folder)
            deadline = LEAST_DEADLINE + expected
            answer = await worker.run(CHILD, request, deadline=deadline, device=NAME)
            _judge(answer, voice, self._cache.root)
            _plausible(_seconds(part), expected)
        found = self.cached(texts, voice)
        if found is None:
            raise vanished(self._cache.root)
        return found

    def cached(self, paragraphs: Sequence[str], voice: str | None) -> Spoken | None:
        """Give what is rendered already, without rendering."""
        voice = voice or VOICE
        path = self._cache.find(self._key(_texts(paragraphs), voice), ".wav")
        return None if path is None else Spoken(path, _seconds(path), f"{NAME}:{voice}")

    def _key(self, texts: Sequence[str], voice: str) -> str:
        engine = library.find().identity
        return self._cache.key("speech", NAME, engine, voice, RATE, VOLUME, PAUSE, texts)


def _texts(paragraphs: Sequence[str]) -> list[str]:
    # Decomposed letters would be spelt out mark by mark.
    composed = (unicodedata.normalize("NFC", text).strip() for text in paragraphs)
    return [text for text in composed if text]


def _request(texts: Sequence[str], voice: str, to: Path, folder: str) -> dict[str, Any]:
    return {
        "paragraphs": texts, "voice": voice, "rate": RATE, "volume": VOLUME, "pause": PAUSE,
        "to": str(to), "folder": folder,
    }  # fmt: skip


def _judge(answer: Mapping[str, Any], voice: str, folder: Path) -> None:
    if "disk" in answer:
        raise refused(folder, disk_error(answer))
    if "voices" in answer:
        vietnamese = [name for name in answer["voices"] if name.startswith(VOICE)]
        raise ContentError(
            NAME,
            msg(
                "there is no voice {voice}: there are {names}, and {count} of other languages",
                voice=voice,
                names=", ".join(vietnamese),
                count=len(answer["voices"]) - len(vietnamese),
            ),
        )


def _plausible(seconds: float, expected: float) -> None:
    """Catch an engine that stopped halfway, or said something else."""
    if seconds < LEAST_SECONDS:
        raise ContentError(NAME, msg("finds nothing to speak in this text"))
    if not expected * 0.3 - 1 <= seconds <= expected * 4 + 5:
        raise DeviceError(
            NAME,
            msg(
                "spoke for {seconds:.0f} s where about {expected:.0f} s were expected",
                seconds=seconds,
                expected=expected,
            ),
        )


def _seconds(path: Path) -> float:
    with wave.open(str(path), "rb") as file:
        return file.getnframes() / file.getframerate()
