"""A recording of a script: judged, then put in its place, the one before it kept."""

from __future__ import annotations

import contextlib
import itertools
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from broadcaster import worker
from broadcaster.audio import fault
from broadcaster.domain.station import Script
from broadcaster.errors import Refusal, why
from broadcaster.messages import Message, msg
from broadcaster.station.edit_file import replace
from broadcaster.station.folder import is_file
from broadcaster.station.recordings import MARK, RECORDINGS, SCRIPTS
from broadcaster.station.trash import discard, keep

TAKES = "var/takes"
"""Where a take lies until it is in its place, and where it stays if it doesn't get there."""
CHILD = "broadcaster.recording.take_child"
DEADLINE = 1_800.0
SHORTEST, LONGEST = 0.5, 3.0
"""What a reader may take of the time that a text is expected to."""
LEEWAY = 5.0
"""Seconds that a short text may take less or more."""
MOST_CUT_OFF = 10
"""Places where a wave is cut off that nobody hears."""


@dataclass(frozen=True, slots=True)
class Take:
    """A recording that may air, in a file of its own."""

    path: Path
    """FLAC, 48 kHz, mono, its ends trimmed; it carries the text that it says."""
    seconds: float
    lufs: float | None
    too_loud: bool


def new_take(folder: Path, id_: str) -> Path:
    """Make an empty file for what a microphone hears, under a name that is free; raises Refusal."""
    takes = _takes(folder)
    for number in itertools.count(1):
        path = takes / (f"{id_}-{number}.wav" if number > 1 else f"{id_}.wav")
        with _refusing(TAKES), contextlib.suppress(FileExistsError):
            path.touch(exist_ok=False)
            return path
    raise AssertionError  # numbers have no end


@contextlib.contextmanager
def part_of(folder: Path) -> Iterator[Path]:
    """Give a name to write a take to; it is gone afterwards. Raises Refusal."""
    part = _takes(folder) / f".{os.getpid()}.flac"
    try:
        yield part
    finally:
        part.unlink(missing_ok=True)


async def take(source: Path, script: Script, expected: float, to: Path) -> Take:
    """Make a recording of a script out of a sound file, for a text of so many seconds.

    Raises Refusal where it is no recording of it: unreadable, silent, of an impossible length.
    """
    request = {
        "source": str(source), "to": str(to), "tags": {MARK: "\n\n".join(script.paragraphs)},
    }  # fmt: skip
    answer = await worker.run(CHILD, request, deadline=DEADLINE, device=str(source))
    refusal = _refusal(answer, expected)
    if refusal is not None:
        raise Refusal(msg("{device}: {what}", device=source, what=refusal))
    return Take(to, answer["seconds"], answer["lufs"], answer["cut_off"] > MOST_CUT_OFF)


def _refusal(answer: dict[str, Any], expected: float) -> Message | None:
    if "fault" in answer:
        return fault.error(answer).message
    if "disk" in answer:
        return why(fault.disk_error(answer))
    seconds = answer["seconds"]
    if not expected * SHORTEST - LEEWAY <= seconds <= expected * LONGEST + LEEWAY:
        return msg(
            "lasts {seconds:.0f} s, and this text takes about {expected:.0f} s:"
            " is it all of it, and nothing else?",
            seconds=seconds,
            expected=expected,
        )
    return None


def place(folder: Path, script: Script, found: Take) -> tuple[str, tuple[str, ...]]:
    """Put a take in place of every recording there is; give its name, and theirs in the trash.

    There is a recording at every moment, the old one or the new one. Raises Refusal.
    """
    file = f"{SCRIPTS}/{script.id}.flac"
    with _refusing(file):
        kept = (keep(folder, file),) if is_file(folder / file) else ()
        replace(folder / file, found.path.read_bytes())
    others = [f"{SCRIPTS}/{script.id}{suffix}" for suffix in RECORDINGS]
    old = [other for other in others if other != file and is_file(folder / other)]
    return file, (*kept, *discard(folder, old))


def _takes(folder: Path) -> Path:
    with _refusing(TAKES):
        (folder / TAKES).mkdir(parents=True, exist_ok=True)
    return folder / TAKES


@contextlib.contextmanager
def _refusing(what: str) -> Iterator[None]:
    """Make a refusal of what the disk says."""
    try:
        yield
    except OSError as error:
        raise Refusal(msg("can't write {folder}: {error}", folder=what, error=why(error))) from None
