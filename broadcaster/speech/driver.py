"""A synchronous espeak-ng driver for pyttsx3: a file is whole when its turn ends.

pyttsx3 looks for drivers only among its own modules, so `register` puts this one there.
"""

from __future__ import annotations

import functools
import sys
import wave
from pathlib import Path
from typing import Any

from broadcaster.speech import library
from broadcaster.speech.binding import RATE, VOLUME, EspeakNg, SpeechError, Voice

NAME = "broadcaster_espeak"


class UnknownVoiceError(Exception):
    """No voice has this name; `voices` are those there are."""

    def __init__(self, voice: str, voices: list[str]) -> None:
        self.voice = voice
        self.voices = voices
        super().__init__(f"there is no voice {voice}; there are {', '.join(voices)}")


def register() -> str:
    """Make `pyttsx3.init` find this driver, and give its name there."""
    sys.modules[f"pyttsx3.drivers.{NAME}"] = sys.modules[__name__]
    return NAME


@functools.cache
def _espeak() -> EspeakNg:
    return EspeakNg(library.find())


def voices() -> tuple[Voice, ...]:
    """Give the voices there are, without pyttsx3's queue."""
    return _espeak().voices()


def buildDriver(proxy: Any) -> Driver:  # noqa: N802 - pyttsx3 calls it so
    """Make the driver that pyttsx3's queue speaks through."""
    return Driver(proxy, _espeak())


class Driver:
    """What pyttsx3 asks of a driver; each call has done its work when it returns."""

    def __init__(self, proxy: Any, espeak: EspeakNg) -> None:
        self._proxy = proxy
        self._espeak = espeak
        self._voice = ""

    def setProperty(self, name: str, value: Any) -> None:  # noqa: N802 - pyttsx3's name
        """Set voice (a name that exists), rate (words a minute) or volume (0 to 1)."""
        match name:
            case "voice":
                self._voice = ""
                self._espeak.choose(self._known(str(value)))
                self._voice = str(value)
            case "rate":
                self._espeak.set(RATE, int(value))
            case "volume":
                self._espeak.set(VOLUME, round(float(value) * 100))
            case _:
                raise KeyError(f"unknown property {name}")

    def getProperty(self, name: str) -> Any:  # noqa: N802 - pyttsx3's name
        """Give voices, voice, rate or volume."""
        match name:
            case "voices":
                return self._espeak.voices()
            case "voice":
                return self._voice
            case "rate":
                return self._espeak.get(RATE)
            case "volume":
                return self._espeak.get(VOLUME) / 100
            case _:
                raise KeyError(f"unknown property {name}")

    def save_to_file(self, text: str, filename: str) -> None:
        """Speak a text into a WAV file, wholly, before anything else is done."""
        self._proxy.notify("started-utterance")
        completed = False
        try:
            if not self._voice:
                # espeak-ng would read on in English.
                raise SpeechError("no voice is chosen")
            with Path(filename).open("wb") as raw, wave.open(raw) as file:
                file.setnchannels(1)
                file.setsampwidth(2)
                file.setframerate(self._espeak.rate)
                self._espeak.speak(text, file.writeframesraw)
            completed = True
        finally:
            self._proxy.notify("finished-utterance", completed=completed)

    def say(self, _text: str) -> None:
        """Refuse: sound goes out through the station's speakers alone."""
        raise SpeechError("this driver speaks into files only")

    def startLoop(self) -> None:  # noqa: N802 - pyttsx3's name
        """Work the queue off; its last command ends the loop."""
        self._proxy.setBusy(False)

    def endLoop(self) -> None:  # noqa: N802 - pyttsx3's name
        """Do nothing: the queue is empty when this is called."""

    def stop(self) -> None:
        """Do nothing: no utterance outlives the call that began it."""

    def destroy(self) -> None:
        """Do nothing: the library stays loaded, as a process may do so only once."""

    def _known(self, wanted: str) -> Voice:
        voices = self._espeak.voices()
        for voice in voices:
            if wanted in (voice.language, voice.name, voice.identifier):
                return voice
        raise UnknownVoiceError(wanted, sorted(voice.language for voice in voices))
