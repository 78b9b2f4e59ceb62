"""espeak-ng as a Synthesizer: always at hand, plain to hear, never the pleasant choice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from broadcaster import worker
from broadcaster.errors import ContentError, DeviceError
from broadcaster.messages import msg
from broadcaster.speech import library
from broadcaster.speech.engine import Engine, Order

CHILD = "broadcaster.speech.child"
NAME = "espeak"
VOICE = "vi"
RATE = 150
"""espeak's words a minute; in Vietnamese about 210 syllables, pauses included: a newsreader's
slower pace, as echoes between houses run fast speech together."""
VOLUME = 0.7
"""Of espeak's own scale: above it clips; the loudness comes later."""
LEAST_DEADLINE = 30.0


class Espeak(Engine):
    """espeak-ng's voices through pyttsx3, in a child process."""

    name = NAME

    async def voices(self) -> Sequence[str]:
        """Name its voices, the Vietnamese ones first; raises DeviceError."""
        request = {"do": "voices"}
        answer = await worker.run(CHILD, request, deadline=LEAST_DEADLINE, device=NAME)
        return _vietnamese_first(answer["voices"])

    async def watch(self) -> None:
        """Raise DeviceError where its library is gone."""
        path = library.find().path
        if not path.exists():
            raise DeviceError(NAME, msg("its library {path} is gone", path=path))

    def choose(self, voice: str | None) -> str:
        """Give a voice's name; whether it is there the child says."""
        return voice or VOICE

    def recipe(self, voice: str) -> Sequence[object]:
        """Give the library's build, the voice, and how it is to speak."""
        return (library.find().identity, voice, RATE, VOLUME)

    async def render(self, order: Order) -> Mapping[str, Any]:
        """Let the child speak; raises DeviceError where it fails or lacks the voice."""
        request = order.request(do="speak", rate=RATE, volume=VOLUME)
        deadline = LEAST_DEADLINE + order.expected
        answer = await worker.run(CHILD, request, deadline=deadline, device=NAME)
        if "voices" in answer:
            raise _no_voice(order.voice, answer["voices"])
        return answer


def _vietnamese_first(voices: Sequence[str]) -> list[str]:
    return sorted(voices, key=lambda name: (name != VOICE, not name.startswith(VOICE), name))


def _no_voice(voice: str, voices: Sequence[str]) -> ContentError:
    vietnamese = [name for name in voices if name.startswith(VOICE)]
    return ContentError(
        NAME,
        msg(
            "there is no voice {voice}: there are {names}, and {count} of other languages",
            voice=voice,
            names=", ".join(vietnamese),
            count=len(voices) - len(vietnamese),
        ),
    )
