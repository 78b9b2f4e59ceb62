"""Any program as a Synthesizer: text on its stdin, a sound file where it is told to write one."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from broadcaster import worker
from broadcaster.audio.cache import Cache
from broadcaster.domain.station import CommandVoice
from broadcaster.errors import DeviceError
from broadcaster.messages import msg
from broadcaster.speech.engine import Engine, Order, no_voice

CHILD = "broadcaster.speech.command_child"
NAME = "command"
OUT, VOICE = "{out}", "{voice}"
GRACE = 30.0
"""Seconds on top of the program's own, to start, to convert and to join."""


class Command(Engine):
    """A program that is called once a paragraph, so that the pauses are ours."""

    name = NAME

    def __init__(self, spec: CommandVoice, folder: Path, cache: Cache) -> None:
        super().__init__(cache)
        self._spec = spec
        self._folder = folder

    async def voices(self) -> Sequence[str]:
        """Name the voices that it may be asked for; raises DeviceError without the program."""
        self._program()
        return self._named()

    async def watch(self) -> None:
        """Raise DeviceError without the program."""
        self._program()

    def choose(self, voice: str | None) -> str:
        """Give one of its voices; raises DeviceError."""
        named = self._named()
        if voice is not None and voice not in named:
            raise no_voice(NAME, voice, named)
        return voice or named[0]

    def recipe(self, voice: str) -> Sequence[object]:
        """Give the command line, and the version that its user says it has."""
        return (self._spec.run, voice, self._spec.version)

    async def render(self, order: Order) -> Mapping[str, Any]:
        """Let the child call the program; raises DeviceError where that fails."""
        run = [self._program(), *(part.replace(VOICE, order.voice) for part in self._spec.run[1:])]
        timeout = self._spec.timeout.total_seconds()
        request = order.request(run=run, timeout=timeout, station=str(self._folder.absolute()))
        deadline = timeout * len(order.texts) + GRACE
        answer = await worker.run(CHILD, request, deadline=deadline, device=NAME)
        if "fault" in answer:
            raise _fault(answer, run[0])
        return answer

    def _named(self) -> Sequence[str]:
        return self._spec.voices or (Path(self._spec.run[0]).stem,)

    def _program(self) -> str:
        """Find the program, in the station's folder where its name has a slash."""
        name = self._spec.run[0]
        near = name if Path(name).name == name else str(self._folder.absolute() / name)
        found = shutil.which(near)
        if found is None:
            raise DeviceError(NAME, msg("there is no program {program} to be run", program=name))
        return found


def _fault(answer: Mapping[str, Any], program: str) -> DeviceError:
    name = Path(program).name
    message = {
        "hung": msg(
            "{program} gave no sound within {seconds:g} s and was stopped",
            program=name,
            seconds=answer.get("seconds"),
        ),
        "failed": msg(
            "{program} failed (exit {code}): {tail}",
            program=name,
            code=answer.get("code"),
            tail=answer.get("tail"),
        ),
        "missing": msg("{program} wrote no sound file", program=name),
        "short": msg("{program} wrote a sound file that is cut short", program=name),
        "silent": msg("{program} gave nothing but silence", program=name),
    }
    unreadable = msg("{program} wrote a file that holds no sound", program=name)
    return DeviceError(NAME, message.get(answer["fault"], unreadable))
