"""The voices that come with Windows and macOS, as a Synthesizer, through pyttsx3's own drivers."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from typing import Any

from broadcaster import worker
from broadcaster.audio.cache import Cache
from broadcaster.audio.fault import error as file_error
from broadcaster.errors import DeviceError
from broadcaster.messages import msg
from broadcaster.speech.engine import Engine, Order, no_voice

CHILD = "broadcaster.speech.system_child"
NAME = "system"
DRIVERS: Mapping[str, str] = {"win32": "sapi5", "darwin": "nsss"}
"""pyttsx3's name of each system's speech: SAPI 5, NSSpeechSynthesizer."""
ANY = "default"
"""The system's first Vietnamese voice, else its own choice."""
DEADLINE = 60.0


class System(Engine):
    """Speech of the operating system; there is none on Linux but what other engines have."""

    name = NAME

    def __init__(self, cache: Cache, platform: str = sys.platform) -> None:
        super().__init__(cache)
        self._platform = platform

    async def voices(self) -> Sequence[str]:
        """Name its voices; raises DeviceError elsewhere than on Windows and macOS."""
        request = {"driver": self._driver(), "do": "voices"}
        answer = await worker.run(CHILD, request, deadline=DEADLINE, device=NAME)
        return (ANY, *answer["voices"])

    def choose(self, voice: str | None) -> str:
        """Give a voice's name; whether it is there the child says."""
        self._driver()
        return voice or ANY

    def recipe(self, voice: str) -> Sequence[object]:
        """Give the system and the voice."""
        return (self._driver(), voice)

    async def render(self, order: Order) -> Mapping[str, Any]:
        """Let the child speak; raises DeviceError where it fails or lacks the voice."""
        request = order.request(driver=self._driver(), do="speak", any=ANY)
        deadline = DEADLINE + order.expected
        answer = await worker.run(CHILD, request, deadline=deadline, device=NAME)
        if "voices" in answer:
            raise no_voice(NAME, order.voice, (ANY, *answer["voices"]))
        if "fault" in answer:
            raise DeviceError(NAME, file_error(answer).message)
        return answer

    def _driver(self) -> str:
        driver = DRIVERS.get(self._platform)
        if driver is None:
            raise DeviceError(
                NAME,
                msg(
                    "there are voices of the system on Windows and macOS only; use piper or espeak"
                ),
            )
        return driver
