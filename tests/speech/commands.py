"""The command engine with a program to test with, right or wrong."""

from __future__ import annotations

import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

from broadcaster.audio.cache import Cache
from broadcaster.domain.station import CommandVoice
from broadcaster.speech.command import Command

PROGRAM = str(Path(__file__).parent / "program.py")
PYTHON = (sys.executable, PROGRAM)


def command(
    folder: Path, *more: str, run: tuple[str, ...] = PYTHON, seconds: float = 60, **spec: Any
) -> Command:
    """Make it: `more` is what stands after {out} on the command line."""
    folder.mkdir(exist_ok=True)
    timeout = timedelta(seconds=seconds)
    made = CommandVoice(run=(*run, "{out}", *more), timeout=timeout, **spec)
    return Command(made, folder, Cache(folder / "cache"))
