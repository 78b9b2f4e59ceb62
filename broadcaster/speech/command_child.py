"""Calls a program once a paragraph, and judges what it wrote."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import IO, Any

from broadcaster.audio.fault import Fault, disk_answer
from broadcaster.speech.convert import to_pcm
from broadcaster.speech.joining import join
from broadcaster.worker import serve

LONGEST_TAIL = 200
"""Characters of a program's last line that are told."""


class Failed(Exception):  # noqa: N818 - it names what a program did
    """What a program did wrong, as an answer."""

    def __init__(self, fault: str, **more: Any) -> None:
        self.answer = {"fault": fault, **more}
        super().__init__(fault)


def work(request: dict[str, Any]) -> Mapping[str, Any]:
    """Let the program speak each paragraph, then join them."""
    folder = Path(request["folder"])
    try:
        files = [
            _spoken(text, folder / str(number), request)
            for number, text in enumerate(request["paragraphs"])
        ]
        return {"rms": join(files, request["pause"], Path(request["to"]))}
    except Failed as failed:
        return failed.answer
    except Fault as fault:
        return {"fault": fault.kind}
    except OSError as error:
        return disk_answer(error)


def _spoken(text: str, to: Path, request: Mapping[str, Any]) -> Path:
    """Give one paragraph's speech; raises Failed and Fault."""
    out, whole, alone = (to.with_suffix(end) for end in (".out.wav", ".pcm.wav", ".wav"))
    command = [part.replace("{out}", str(out)) for part in request["run"]]
    _call(command, text, to.with_suffix(".err"), request)
    to_pcm(out, whole)
    if join([whole], 0, alone) == 0:
        # One silent paragraph among others would go unnoticed.
        raise Failed("silent")
    return alone


def _call(command: list[str], text: str, said: Path, request: Mapping[str, Any]) -> None:
    # What it prints goes into files: a pipe that nobody reads would stop it.
    with said.open("wb") as printed:
        process = _started(command, printed, request["station"])
        try:
            process.communicate(text.encode(), timeout=request["timeout"])
        except subprocess.TimeoutExpired:
            _stop(process)
            raise Failed("hung", seconds=request["timeout"]) from None
    if process.returncode:
        raise Failed("failed", code=process.returncode, tail=_tail(said))


def _started(command: list[str], printed: IO[bytes], folder: str) -> subprocess.Popen[bytes]:
    try:
        return subprocess.Popen(  # noqa: S603 - the station's own command, and no shell
            command, stdin=subprocess.PIPE, stdout=printed, stderr=subprocess.STDOUT, cwd=folder
        )
    except OSError as error:
        raise Failed("failed", code="-", tail=error.strerror or str(error)) from None


def _stop(process: subprocess.Popen[bytes]) -> None:
    """Stop it and what it started, which is all that is in this process's group."""
    if hasattr(os, "killpg"):
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        os.killpg(0, signal.SIGTERM)
    process.kill()
    process.wait()


def _tail(said: Path) -> str:
    lines = said.read_text(encoding="utf-8", errors="replace").strip().splitlines()
    return lines[-1][:LONGEST_TAIL] if lines else ""


if __name__ == "__main__":
    serve(work)
