"""The speech process: texts on stdin, one WAV file out, spoken by pyttsx3's queue."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pyttsx3

from broadcaster.audio.fault import disk_answer
from broadcaster.speech import driver
from broadcaster.speech.joining import join
from broadcaster.worker import serve


def work(request: dict[str, Any]) -> Mapping[str, Any]:
    """Speak each paragraph into a file of its own, then join them; or name the voices."""
    if request["do"] == "voices":
        return {"voices": [voice.language for voice in driver.voices()]}
    folder = Path(request["folder"])
    files = [folder / f"{number}.wav" for number in range(len(request["paragraphs"]))]
    match speak(request, files):
        case [driver.UnknownVoiceError() as unknown, *_]:
            return {"voices": unknown.voices}
        case [OSError() as refused, *_]:
            return disk_answer(refused)
        case [error, *_]:
            return {"error": str(error)}
    try:
        return {"rms": join(files, request["pause"], Path(request["to"]))}
    except OSError as refused:
        return disk_answer(refused)


def speak(request: Mapping[str, Any], files: Sequence[Path]) -> list[Exception]:
    """Let pyttsx3 work its queue off, and give what went wrong in it."""
    engine = pyttsx3.init(driver.register())
    errors: list[Exception] = []
    # pyttsx3 swallows what a command raises; this is the only way to hear of it.
    engine.connect("error", lambda name, exception: errors.append(exception))  # noqa: ARG005
    for name in ("voice", "rate", "volume"):
        engine.setProperty(name, request[name])
    for text, path in zip(request["paragraphs"], files, strict=True):
        engine.save_to_file(text, str(path))
    engine.runAndWait()
    return errors


if __name__ == "__main__":
    serve(work)
