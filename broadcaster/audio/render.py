"""Renders programmes in a child process, and finds them again in the cache."""

from __future__ import annotations

import asyncio
import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from broadcaster import worker
from broadcaster.audio import fault
from broadcaster.audio.cache import CACHE, Cache, refused, vanished
from broadcaster.audio.fingerprint import fingerprint, known_fingerprint, stamp
from broadcaster.audio.programme import CHIMES, Programme, Segment, Silence, Sound, Tone, Window
from broadcaster.domain.alarm import alarm
from broadcaster.domain.sound import Prepared, RelayWindow
from broadcaster.errors import ContentError, DeviceError
from broadcaster.messages import Message, from_json, msg

CHILD = "broadcaster.audio.child"
DEVICE = "audio"
RECIPE = 4
"""Counts up with every change to how a programme sounds: what was cached before is stale."""
LEAST_DEADLINE = 60.0
MOST_DEADLINE = 1_800.0
BYTES_A_SECOND = 8_000
"""Of the leanest recording that is usual; a child has a second for each second of sound."""


async def render(programme: Programme, cache: Cache, voice: str = "") -> Prepared:
    """Make a programme's finished file, or find it; raises DeviceError.

    What came out off its loudness, over its ceiling or silent is refused, and kept nowhere.
    """
    _check(programme)
    prints = {path: await asyncio.to_thread(fingerprint, path, cache) for path in _files(programme)}
    key = _key(programme, cache, prints)
    found = _found(programme, key, cache, voice)
    if found is None:
        with cache.place(key, ".flac") as part:
            answer = await _ask(_request(programme, part), _deadline(programme), part)
        _note(cache, key, answer)
        found = _found(programme, key, cache, voice)
    if found is None:
        raise vanished(cache.root)
    return found


def rendered(programme: Programme, cache: Cache, voice: str = "") -> Prepared | None:
    """Give a programme's finished file where it is in the cache already."""
    prints = {path: known_fingerprint(path, cache) for path in _files(programme)}
    if None in prints.values():
        return None
    return _found(programme, _key(programme, cache, prints), cache, voice)


async def length(path: Path, cache: Cache) -> float:
    """Give a recorded file's length in seconds, decoding all of it once; raises DeviceError."""
    known = known_length(path, cache)
    if known is not None:
        return known
    key = cache.key("length", stamp(path))
    answer = await _ask({"do": "length", "path": str(path)}, MOST_DEADLINE, cache.root)
    _note(cache, key, answer)
    return float(answer["seconds"])


def known_length(path: Path, cache: Cache) -> float | None:
    """Give a recorded file's length in seconds where it has been measured."""
    try:
        noted = _noted(cache, cache.key("length", stamp(path)))
    except DeviceError:
        return None
    return None if noted is None else float(noted["seconds"])


async def unreadable(paths: Iterable[Path], cache: Cache) -> dict[Path, Message]:
    """Say what is wrong with recorded files, those alone; each is decoded once."""
    turn = asyncio.Semaphore(os.cpu_count() or 1)

    async def fault_of(path: Path) -> Message | None:
        try:
            async with turn:
                await length(path, cache)
        except DeviceError as error:
            # That the length can't be kept is no fault of the file's.
            return None if error.device == CACHE else error.message
        return None

    asked = list(paths)
    found = await asyncio.gather(*map(fault_of, asked))
    return {path: wrong for path, wrong in zip(asked, found, strict=True) if wrong is not None}


def spools(relays: Iterable[RelayWindow]) -> list[dict[str, Any]]:
    """Give what child processes are told of a programme's relays, where they are received."""
    return [
        {
            "start": window.start, "seconds": window.seconds, "spool": str(window.spool),
            "gain_db": window.gain_db,
        }
        for window in relays if window.spool is not None
    ]  # fmt: skip


async def cut(
    source: Path, start: float, seconds: float, to: Path, relays: Iterable[RelayWindow] = ()
) -> None:
    """Write a part of a finished programme as a FLAC, to the sample, what was received in it.

    Raises DeviceError.
    """
    part = to.with_name(f"{to.name}.part")
    request = {
        "do": "cut", "source": str(source), "start": start, "seconds": seconds,
        "relays": spools(relays), "to": str(part),
    }  # fmt: skip
    try:
        await _ask(request, MOST_DEADLINE, part)
        part.replace(to)
    except OSError as error:
        raise refused(to.parent, error) from error
    finally:
        part.unlink(missing_ok=True)


def _check(programme: Programme) -> None:
    for segment in programme.segments:
        if isinstance(segment, Tone) and segment.name not in CHIMES:
            raise ContentError(
                DEVICE,
                msg(
                    "there is no chime {name}: there are {names}",
                    name=segment.name,
                    names=", ".join(CHIMES),
                ),
            )


def _files(programme: Programme) -> list[Path]:
    inner = (one.stand_in if isinstance(one, Window) else one for one in programme.segments)
    sounds = [one.path for one in inner if isinstance(one, Sound)]
    return [*sounds, programme.bed] if programme.bed else sounds


def _key(programme: Programme, cache: Cache, prints: Mapping[Path, str | None]) -> str:
    segments = [
        asdict(one) if isinstance(one, Tone | Silence) else _printed(one, prints)
        for one in programme.segments
    ]
    bed = prints[programme.bed] if programme.bed else None
    levels = (programme.target_lufs, programme.peak_dbtp, programme.gain_db)
    return cache.key("programme", RECIPE, segments, programme.speech_chain, bed, *levels)


def _printed(one: Sound | Window, prints: Mapping[Path, str | None]) -> dict[str, Any]:
    """Give what makes a sound another one; where a stream comes from is none of that."""
    if isinstance(one, Sound):
        return {"sound": prints[one.path], "spoken": one.spoken}
    return {"window": one.seconds, "stand_in": one.stand_in and _printed(one.stand_in, prints)}


def _request(programme: Programme, to: Path) -> dict[str, Any]:
    return {
        "do": "render",
        "segments": [_said(segment) for segment in programme.segments],
        "target_lufs": programme.target_lufs,
        "peak_dbtp": programme.peak_dbtp,
        "speech_chain": programme.speech_chain,
        "bed": str(programme.bed) if programme.bed else None,
        "gain_db": programme.gain_db,
        "to": str(to),
    }


def _said(segment: Segment) -> dict[str, Any]:
    match segment:
        case Tone(name):
            return {"tone": name}
        case Silence(seconds):
            return {"silence": seconds}
        case Sound(path, spoken):
            return {"sound": str(path), "spoken": spoken}
        case Window(_, seconds, stand_in):
            return {"window": seconds, "stand_in": _said(stand_in) if stand_in else None}


def _deadline(programme: Programme) -> float:
    silent = sum(one.seconds for one in programme.segments if isinstance(one, Silence | Window))
    recorded = sum(path.stat().st_size for path in _files(programme)) / BYTES_A_SECOND
    return min(LEAST_DEADLINE + silent + recorded, MOST_DEADLINE)


async def _ask(request: Mapping[str, Any], deadline: float, to: Path) -> dict[str, Any]:
    answer = await worker.run(CHILD, request, deadline=deadline, device=DEVICE)
    if "fault" in answer:
        raise fault.error(answer)
    if "unfit" in answer:
        raise ContentError(DEVICE, from_json(answer["unfit"]))
    if "disk" in answer:
        raise refused(to.parent, fault.disk_error(answer))
    return answer


def _found(programme: Programme, key: str, cache: Cache, voice: str) -> Prepared | None:
    path, noted = cache.find(key, ".flac"), _noted(cache, key)
    if path is None or noted is None or path.stat().st_size != noted["bytes"]:
        return None
    return Prepared(
        path,
        noted["seconds"],
        noted["sha256"],
        noted["lufs"],
        noted["dbtp"],
        voice,
        tuple((first, last) for first, last in noted["pauses"]),
        tuple(map(alarm, noted["alarms"])),
        _relays(programme, noted["windows"]),
    )


def _relays(programme: Programme, found: Iterable[tuple[float, float]]) -> tuple[RelayWindow, ...]:
    windows = (one for one in programme.segments if isinstance(one, Window))
    lufs = programme.target_lufs + programme.gain_db
    return tuple(
        RelayWindow(one.url, start, one.seconds, stand_in, lufs, programme.peak_dbtp)
        for one, (start, stand_in) in zip(windows, found, strict=True)
    )


def _note(cache: Cache, key: str, facts: Mapping[str, Any]) -> None:
    with cache.place(key, ".json") as part:
        part.write_text(json.dumps(facts))


def _noted(cache: Cache, key: str) -> dict[str, Any] | None:
    path = cache.find(key, ".json")
    try:
        return None if path is None else dict(json.loads(path.read_bytes()))
    except (OSError, ValueError):
        return None
