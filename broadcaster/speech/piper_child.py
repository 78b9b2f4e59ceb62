"""Speaks with Piper: the only process that loads it, and the neural network's runtime."""

from __future__ import annotations

import wave
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from piper import PiperVoice

from broadcaster.audio.fault import disk_answer
from broadcaster.speech.joining import join
from broadcaster.worker import serve


def work(request: dict[str, Any]) -> Mapping[str, Any]:
    """Speak each paragraph into a file of its own, then join them; load the voice at least."""
    try:
        voice = PiperVoice.load(request["model"])
    except Exception as error:  # noqa: BLE001 - a wrong file makes Piper raise whatever it likes
        return {"wrong": str(error).strip().splitlines()[0] if str(error) else repr(error)}
    if not request["paragraphs"]:
        return {}
    folder = Path(request["folder"])
    files = [folder / f"{number}.wav" for number in range(len(request["paragraphs"]))]
    try:
        for text, path in zip(request["paragraphs"], files, strict=True):
            _speak(voice, text, request["sentence"], path)
        return {"rms": join(files, request["pause"], Path(request["to"]))}
    except OSError as error:
        return disk_answer(error)


def _speak(voice: PiperVoice, text: str, pause: float, to: Path) -> None:
    """Write a text's speech, a pause between two sentences."""
    rate = voice.config.sample_rate
    with wave.open(str(to), "wb") as file:
        file.setparams((1, 2, rate, 0, "NONE", ""))
        for number, sentence in enumerate(voice.synthesize(text)):
            if number:
                file.writeframesraw(bytes(2 * round(pause * rate)))
            file.writeframesraw(sentence.audio_int16_bytes)


if __name__ == "__main__":
    serve(work)
