"""Mixes a programme's segments into one levelled FLAC. For child processes: it loads PyAV."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import av
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream

from broadcaster.audio.decode import decoded
from broadcaster.audio.frames import RATE, Stream
from broadcaster.audio.loudness import Level, limited, measure
from broadcaster.audio.meter import Meter, Span, floats
from broadcaster.audio.mix import Mix
from broadcaster.audio.programme import Programme
from broadcaster.audio.verdict import unfit
from broadcaster.domain.alarm import Alarm
from broadcaster.messages import Message

MOST_PUSH_DB = 12.0
"""How hard the limiter is driven at most to make up for what it takes."""
CLOSE_ENOUGH = 0.2
WRITINGS, RESCUES = 5, 4
"""How often it is written to come near; and then to bring down peaks that are still too high."""
TRIALS = 3
NEAR = 1.2
"""dB that the usual slope makes up for well enough without another trial."""
MARGIN_DB = 0.2
"""What a true peak may lie over its samples, usually; more shows when the file is measured."""
USUAL_SLOPE = 0.6
"""dB of loudness won for a dB into the limiter, as measured on espeak's speech."""


@dataclass(frozen=True, slots=True)
class Finished:
    """A programme as written."""

    level: Level
    unfit: Message | None
    """Why it may not air, where it may not."""
    pauses: Sequence[Span]
    windows: Sequence[Span]
    alarms: Sequence[Alarm]


def mixdown(programme: Programme, to: Path) -> Finished:
    """Write the finished programme, and measure what was written; raises Fault."""
    mix, ceiling = Mix(programme), programme.peak_dbtp
    level, spent = _levelled(mix, ceiling, to)
    wrong = unfit(level.lufs, level.peak_db, mix.meant, ceiling, spent=spent)
    alarms = _heard(to, [*mix.pauses(), *mix.rooms()])
    return Finished(level, wrong, mix.pauses(), mix.windows(), alarms)


def write(stream: Stream, to: Path, tags: Mapping[str, str] | None = None) -> None:
    """Write a stream as FLAC, 48 kHz, mono, 16 bit."""
    with av.open(str(to), "w", format="flac") as container:
        container.metadata.update(tags or {})
        encoder = container.add_stream("flac", rate=RATE)
        assert isinstance(encoder, AudioStream)  # noqa: S101 - tells mypy which kind it is
        encoder.layout = "mono"
        encoder.format = "s16"
        for frame in stream:
            container.mux(encoder.encode(frame))
        container.mux(encoder.encode(None))


def sha256(path: Path) -> str:
    """Give the hash of a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _levelled(mix: Mix, peak: float, to: Path) -> tuple[Level, bool]:
    """Write it, and say whether the limiter could give no more."""
    if mix.peak <= peak - MARGIN_DB:
        level = _written(mix.stream(), to)
        if level.peak_db <= peak and abs(mix.short(level)) <= CLOSE_ENOUGH:
            return level, False
    return _driven(mix, peak, to)


def _driven(mix: Mix, peak: float, to: Path) -> tuple[Level, bool]:
    """Drive the limiter until what it takes is made up for: tried on a sample, then on all."""
    ceiling = peak - MARGIN_DB
    drive = _tried(mix.sample(), ceiling)
    for writing in range(1, WRITINGS + RESCUES + 1):
        level = _written(limited(mix.stream(), drive.push, ceiling), to)
        over = max(0.0, level.peak_db - peak)
        short = mix.short(level)
        spent = drive.spent(short) or (short > 0 and writing > WRITINGS)
        if not over and (abs(short) <= CLOSE_ENOUGH or spent or writing >= WRITINGS):
            break
        ceiling -= over + (MARGIN_DB / 4 if over else 0)
        if writing < WRITINGS:
            drive.more(short)
    return level, spent


class Drive:
    """How hard the limiter is driven, and what a dB more brings."""

    def __init__(self) -> None:
        self.push = 0.0
        self._slope = USUAL_SLOPE
        self._last: tuple[float, float] | None = None

    def more(self, short: float) -> None:
        """Push harder for so many dB that are missing, or softer."""
        if self._last is not None:
            pushed, was = self.push - self._last[0], self._last[1]
            if abs(pushed) > CLOSE_ENOUGH:
                self._slope = min(1.0, max(0.15, (was - short) / pushed))
        self._last = (self.push, short)
        self.push = min(self.push + short / self._slope, MOST_PUSH_DB)

    def spent(self, short: float) -> bool:
        """Say whether it gives no more of what is missing."""
        return short > 0 and self.push >= MOST_PUSH_DB


def _tried(sample: list[AudioFrame], ceiling: float) -> Drive:
    drive = Drive()
    wanted = measure(sample).lufs
    for _ in range(TRIALS):
        found = measure(limited(sample, drive.push, ceiling)).lufs
        if wanted is None or found is None:
            break
        drive.more(wanted - found)
        if abs(wanted - found) <= NEAR:
            break
    return drive


def _heard(written: Path, pauses: Sequence[Span]) -> list[Alarm]:
    meter = Meter(pauses)
    found = [alarm for frame in decoded(written) for alarm in meter.feed(floats(frame))]
    return [alarm for alarm in (*found, *meter.end()) if alarm.over]


def _written(stream: Stream, to: Path) -> Level:
    write(stream, to)
    return measure(decoded(to), "true")
