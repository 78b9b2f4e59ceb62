"""Mixes a programme's segments into one levelled FLAC. For child processes: it loads PyAV."""

from __future__ import annotations

import functools
import hashlib
import math
from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream

from broadcaster.audio.chime import chime
from broadcaster.audio.decode import BLOCK, RATE, Block, blocks, chunked
from broadcaster.audio.loudness import GATE, Level, limited, measure
from broadcaster.audio.programme import Programme, Segment, Silence, Sound, Tone

MOST_GAIN_DB = 40.0
"""What a quiet recording is raised by at most: beyond it there is only hiss."""
MOST_PUSH_DB = 12.0
"""How hard the limiter is driven at most to make up for what it takes."""
CLOSE_ENOUGH = 0.1
ATTEMPTS = 6
MARGIN_DB = 0.2
"""Coming back from 192 kHz may raise a peak a little."""
USUAL_SLOPE = 0.6
"""dB of loudness won for a dB into the limiter, as measured on espeak's speech."""


def mixdown(programme: Programme, to: Path) -> Level:
    """Write the finished programme, and measure what was written; raises Fault."""
    levels = {segment: measure(sound(segment)) for segment in set(programme.segments)}
    target = programme.target_lufs + programme.gain_db
    gains = {segment: _gain(level, target) for segment, level in levels.items()}
    peak = max((levels[one].dbtp + gains[one] for one in gains), default=-math.inf)
    mixed = functools.partial(_mixed, programme.segments, gains)
    if peak <= programme.peak_dbtp - CLOSE_ENOUGH or math.isinf(target):
        return _written(mixed(), to)
    return _driven(mixed, target, programme.peak_dbtp, to)


def sound(segment: Segment) -> Iterator[Block]:
    """Give a segment's samples as they are."""
    match segment:
        case Tone(name):
            return chunked([chime(name)])
        case Silence(seconds):
            return _silence(round(seconds * RATE))
        case Sound(path):
            return blocks(path)


def write(stream: Iterable[Block], to: Path) -> None:
    """Write a stream as FLAC, 48 kHz, mono, 16 bit."""
    with av.open(str(to), "w", format="flac") as container:
        encoder = container.add_stream("flac", rate=RATE)
        assert isinstance(encoder, AudioStream)  # noqa: S101 - tells mypy which kind it is
        encoder.layout = "mono"
        encoder.format = "s16"
        position = 0
        for block in stream:
            frame = _frame(block, position)
            position += len(block)
            container.mux(encoder.encode(frame))
        container.mux(encoder.encode(None))


def sha256(path: Path) -> str:
    """Give the hash of a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _silence(count: int) -> Iterator[Block]:
    for start in range(0, count, BLOCK):
        yield np.zeros(min(BLOCK, count - start), np.float32)


def _gain(level: Level, target: float) -> float:
    return 0.0 if level.lufs is None else min(target - level.lufs, MOST_GAIN_DB)


def _mixed(segments: Iterable[Segment], gains: dict[Segment, float]) -> Iterator[Block]:
    count = 0
    for segment in segments:
        factor = np.float32(10 ** (gains[segment] / 20))
        for block in sound(segment):
            count += len(block)
            yield block * factor
    # Nothing shorter has a loudness that could be measured.
    yield from _silence(max(0, GATE - count))


def _driven(mixed: Callable[[], Iterator[Block]], target: float, peak: float, to: Path) -> Level:
    """Drive the limiter until what it takes is made up for: a trial, then the file itself."""
    ceiling, push, slope = peak - MARGIN_DB, 0.0, USUAL_SLOPE
    level = measure(limited(mixed(), push, ceiling))
    final = False
    for _ in range(ATTEMPTS):
        short = 0.0 if level.lufs is None else target - level.lufs
        over = max(0.0, level.dbtp - peak)
        settled = abs(short) <= CLOSE_ENOUGH or (short > 0 and push >= MOST_PUSH_DB)
        if final and settled and not over:
            break
        before, was = push, level.lufs
        push = min(push + short / slope, MOST_PUSH_DB)
        ceiling -= over + (MARGIN_DB / 4 if over else 0)
        level = _written(limited(mixed(), push, ceiling), to)
        final = True
        slope = _slope(push - before, was, level.lufs, slope)
    return level


def _slope(pushed: float, was: float | None, now: float | None, slope: float) -> float:
    if was is None or now is None or abs(pushed) < CLOSE_ENOUGH:
        return slope
    return min(1.0, max(0.15, (now - was) / pushed))


def _written(stream: Iterable[Block], to: Path) -> Level:
    write(stream, to)
    return measure(blocks(to))


def _frame(block: Block, position: int) -> AudioFrame:
    samples = np.clip(np.rint(block * 32_768), -32_768, 32_767).astype(np.int16)
    frame = AudioFrame.from_ndarray(samples[None, :], format="s16", layout="mono")
    frame.sample_rate = RATE
    frame.time_base = Fraction(1, RATE)
    frame.pts = position
    return frame
