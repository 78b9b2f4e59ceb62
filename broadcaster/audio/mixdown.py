"""Mixes a programme's segments into one levelled FLAC. For child processes: it loads PyAV."""

from __future__ import annotations

import hashlib
import itertools
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import av
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream

from broadcaster.audio.decode import decoded
from broadcaster.audio.frames import RATE, Stream, amplified, silence
from broadcaster.audio.loudness import GATE, Level, limited, measure
from broadcaster.audio.meter import SILENT_DB, Meter, Span, samples
from broadcaster.audio.programme import Programme, Silence, Window
from broadcaster.audio.source import source
from broadcaster.domain.alarm import Alarm

MOST_GAIN_DB = 40.0
"""What a quiet recording is raised by at most: beyond it there is only hiss."""
MOST_PUSH_DB = 12.0
"""How hard the limiter is driven at most to make up for what it takes."""
CLOSE_ENOUGH = 0.2
WRITINGS = 5
TRIALS = 3
NEAR = 1.2
"""dB that the usual slope makes up for well enough without another trial."""
MARGIN_DB = 0.2
"""What a true peak may lie over its samples, usually; more shows when the file is measured."""
USUAL_SLOPE = 0.6
"""dB of loudness won for a dB into the limiter, as measured on espeak's speech."""
RUN, MOST_RUNS = 3, 7
"""Seconds in a run of the sample that the limiter is tried on, and how many runs there are."""


@dataclass(frozen=True, slots=True)
class Finished:
    """A programme as written."""

    level: Level
    pauses: Sequence[Span]
    windows: Sequence[Span]
    alarms: Sequence[Alarm]


def mixdown(programme: Programme, to: Path) -> Finished:
    """Write the finished programme, and measure what was written; raises Fault."""
    mix = Mix(programme)
    level = _levelled(mix, programme.peak_dbtp, to)
    alarms = _heard(to, [*mix.pauses, *mix.rooms])
    return Finished(level, mix.pauses, mix.windows, alarms)


class Mix:
    """A programme's segments in a row, each brought to the target by itself."""

    def __init__(self, programme: Programme) -> None:
        target = programme.target_lufs + programme.gain_db
        chain = programme.speech_chain
        known = {one: source(one, speech_chain=chain) for one in dict.fromkeys(programme.segments)}
        self._sources = [known[one] for one in programme.segments]
        self._gains = {one: _gain(each.level, target) for one, each in known.items()}
        self._aim = max(
            (
                each.level.lufs + self._gains[one]
                for one, each in known.items()
                if each.level.lufs is not None
            ),
            default=target,
        )
        self.peak = max(
            (each.level.peak_db + self._gains[one] for one, each in known.items()),
            default=-math.inf,
        )
        self._inaudible = target <= SILENT_DB
        self._starts = list(itertools.accumulate((x.length for x in self._sources), initial=0))
        self.samples = self._starts[-1]

    def short(self, level: Level) -> float:
        """Give the dB that a rendering of it lacks."""
        return 0.0 if level.lufs is None else self._aim - level.lufs

    def stream(self) -> Iterator[AudioFrame]:
        """Give all of it; nothing is shorter than what has a measurable loudness."""
        for each in self._sources:
            yield from amplified(each.frames(), self._gains[each.segment])
        yield from silence(max(0, GATE - self.samples))

    @property
    def pauses(self) -> list[Span]:
        """Give where silence is meant, from second to second: everywhere, where it is muted."""
        if self._inaudible:
            return [(0.0, self.samples / RATE)]
        return [
            (start / RATE, (start + each.length) / RATE)
            for start, each in zip(self._starts, self._sources, strict=False)
            if isinstance(each.segment, Silence)
        ]

    @property
    def windows(self) -> list[Span]:
        """Give where each window for a stream begins, and how long its fallback is; seconds."""
        return [
            (start / RATE, each.level.samples / RATE)
            for start, each in zip(self._starts, self._sources, strict=False)
            if isinstance(each.segment, Window)
        ]

    @property
    def rooms(self) -> list[Span]:
        """Give where windows are silent, for whatever will be heard there instead."""
        return [
            ((start + each.level.samples) / RATE, (start + each.length) / RATE)
            for start, each in zip(self._starts, self._sources, strict=False)
            if isinstance(each.segment, Window)
        ]

    def sample(self) -> list[AudioFrame]:
        """Give runs of it, evenly spread: what a limiter does to it, at a fraction of the cost."""
        stride = max(1, round(self.samples / RATE / RUN / MOST_RUNS))
        return [
            frame for at, frame in enumerate(self.stream()) if (at // RUN) % stride == stride // 2
        ]


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


def _gain(level: Level, target: float) -> float:
    if math.isinf(target):
        return target
    return 0.0 if level.lufs is None else min(target - level.lufs, MOST_GAIN_DB)


def _levelled(mix: Mix, peak: float, to: Path) -> Level:
    if mix.peak <= peak - MARGIN_DB:
        level = _written(mix.stream(), to)
        if level.peak_db <= peak and abs(mix.short(level)) <= CLOSE_ENOUGH:
            return level
    return _driven(mix, peak, to)


def _driven(mix: Mix, peak: float, to: Path) -> Level:
    """Drive the limiter until what it takes is made up for: tried on a sample, then on all."""
    ceiling = peak - MARGIN_DB
    drive = _tried(mix.sample(), ceiling)
    for _ in range(WRITINGS):
        level = _written(limited(mix.stream(), drive.push, ceiling), to)
        over = max(0.0, level.peak_db - peak)
        short = mix.short(level)
        if not over and (abs(short) <= CLOSE_ENOUGH or drive.spent(short)):
            break
        ceiling -= over + (MARGIN_DB / 4 if over else 0)
        drive.more(short)
    return level


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
    found = [alarm for frame in decoded(written) for alarm in meter.feed(samples(frame))]
    return [alarm for alarm in (*found, *meter.end()) if alarm.over]


def _written(stream: Stream, to: Path) -> Level:
    write(stream, to)
    return measure(decoded(to), "true")
