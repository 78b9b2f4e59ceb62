"""The render process: one request on stdin, one answer on stdout."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from broadcaster.audio.decode import decoded, recording
from broadcaster.audio.fault import Fault, disk_answer
from broadcaster.audio.frames import RATE, between, factor
from broadcaster.audio.loudness import SILENT_LUFS
from broadcaster.audio.mixdown import mixdown, sha256, write
from broadcaster.audio.programme import Programme, Segment, Silence, Sound, Tone, Window
from broadcaster.audio.relayed import at_hand, received, relayed
from broadcaster.audio.samples import samples
from broadcaster.messages import to_json
from broadcaster.worker import serve


def work(request: dict[str, Any]) -> Mapping[str, Any]:
    """Do what is asked; a file's fault and a full disk are answers too."""
    try:
        return {"render": _render, "length": _length, "cut": _cut}[request["do"]](request)
    except Fault as fault:
        return fault.answer()
    except OSError as error:
        return disk_answer(error)


def _render(request: dict[str, Any]) -> Mapping[str, Any]:
    to = Path(request["to"])
    made = mixdown(
        Programme(
            tuple(map(_segment, request["segments"])),
            request["target_lufs"],
            request["peak_dbtp"],
            request["speech_chain"],
            Path(request["bed"]) if request["bed"] else None,
            request["gain_db"],
        ),
        to,
    )
    if made.unfit:
        return {"unfit": to_json(made.unfit)}
    return {
        "seconds": made.level.samples / RATE,
        "lufs": made.level.lufs,
        "dbtp": made.level.peak_db,
        "pauses": made.pauses,
        "alarms": list(map(asdict, made.alarms)),
        "sha256": sha256(to),
        "bytes": to.stat().st_size,
        "windows": made.windows,
    }


def _segment(said: Mapping[str, Any]) -> Segment:
    match said:
        case {"tone": name}:
            return Tone(name)
        case {"silence": seconds}:
            return Silence(seconds)
        case {"window": seconds, "stand_in": stand_in}:
            return Window("", seconds, _sound(stand_in) if stand_in else None)
        case _:
            return _sound(said)


def _sound(said: Mapping[str, Any]) -> Sound:
    return Sound(Path(said["sound"]), said["spoken"])


def _length(request: dict[str, Any]) -> Mapping[str, Any]:
    path = Path(request["path"])
    count, loudest = 0, 0.0
    for frame in recording(path):
        count += frame.samples
        loudest = max(loudest, float(abs(samples(frame)).max()))
    if loudest < factor(SILENT_LUFS):
        raise Fault("silent", path)
    return {"seconds": count / RATE}


def _cut(request: dict[str, Any]) -> Mapping[str, Any]:
    source = Path(request["source"])
    first = round(request["start"] * RATE)
    last = first + round(request["seconds"] * RATE)
    whole = relayed(decoded(source), received(request["relays"]), at_hand)
    part = between(whole, first, last)
    begin = next(part, None)
    if begin is None:
        raise Fault("over", source)
    write(itertools.chain((begin,), part), Path(request["to"]))
    return {}


if __name__ == "__main__":
    serve(work)
