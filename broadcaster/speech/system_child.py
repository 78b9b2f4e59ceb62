"""Speaks with the operating system's voices, through pyttsx3's queue."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

from broadcaster.audio.fault import Fault, disk_answer
from broadcaster.speech.convert import to_pcm
from broadcaster.speech.joining import join
from broadcaster.worker import serve

VIETNAMESE = ("vi-", "vi_", "vietnam")


class Voice(Protocol):
    """What pyttsx3 tells of a voice."""

    id: str
    name: str
    languages: Sequence[object]


def work(request: dict[str, Any]) -> Mapping[str, Any]:
    """Name the voices; or speak each paragraph into a file of its own, then join them."""
    import pyttsx3

    engine = pyttsx3.init(request["driver"])
    voices = engine.getProperty("voices")
    names = [voice.name for voice in voices]
    if request["do"] == "voices":
        return {"voices": names}
    if request["voice"] not in (request["any"], *names):
        return {"voices": names}
    chosen = pick(voices, request["voice"])
    if chosen is not None:
        engine.setProperty("voice", chosen.id)
    try:
        return {"rms": _speak(engine, request)}
    except Fault as fault:
        return fault.answer()
    except OSError as error:
        return disk_answer(error)


def pick(voices: Sequence[Voice], wanted: str) -> Voice | None:
    """Give the voice of a name, else the first Vietnamese one; None: the system's own choice."""
    named = [voice for voice in voices if voice.name == wanted]
    return next(iter(named or filter(_vietnamese, voices)), None)


def _vietnamese(voice: Voice) -> bool:
    told = " ".join(map(str, (voice.id, voice.name, *voice.languages))).lower()
    return any(mark in told for mark in VIETNAMESE)


def _speak(engine: Any, request: Mapping[str, Any]) -> float:
    folder = Path(request["folder"])
    files = []
    for number, text in enumerate(request["paragraphs"]):
        # macOS writes AIFF whatever the name says; both are read by their content.
        spoken, whole = folder / f"{number}.aiff", folder / f"{number}.wav"
        engine.save_to_file(text, str(spoken))
        engine.runAndWait()
        to_pcm(spoken, whole)
        files.append(whole)
    return join(files, request["pause"], Path(request["to"]))


if __name__ == "__main__":
    serve(work)
