"""Music under speech: as loud as it likes where nobody speaks, and far down where somebody does.

For child processes: it loads PyAV and numpy.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from av.audio.frame import AudioFrame

from broadcaster.audio.frames import FORMAT, RATE, SAMPLE_BYTES, Stream, factor, from_bytes
from broadcaster.audio.samples import Samples, samples
from broadcaster.audio.source import Source

UP_DB, UNDER_DB = -3.0, -18.0
"""Against speech: where nobody speaks, and where somebody does."""
FADE_IN, FADE_OUT = 1.0, 1.8
FALL, RISE = 0.5, 0.7
"""Seconds that the way down takes, before a word, and the way up after it."""
SEAM = 0.5
"""Seconds that it fades at its own ends, where it begins again."""


class Bed:
    """A piece of music and where it plays; its loudness is brought to that of speech first."""

    def __init__(self, source: Source, gain_db: float, stretches: Sequence[Stretch]) -> None:
        self._source = source
        self._gain = factor(gain_db)
        self._stretches = stretches

    def under(self, stream: Stream) -> Iterator[AudioFrame]:
        """Give a programme with the music in it."""
        at = 0
        music = Music(self._source)
        for frame in stream:
            mixed = samples(frame).copy()
            for stretch in self._stretches:
                first, last = stretch.inside(at, at + len(mixed))
                if first >= last:
                    continue
                if first == stretch.first:
                    music = Music(self._source)
                level = stretch.levels(first, last) * self._gain
                mixed[first - at : last - at] += level * music.take(last - first)
            at += len(mixed)
            yield from_bytes(mixed.tobytes(), FORMAT, SAMPLE_BYTES)


class Stretch:
    """Where the bed plays without a break, and where in it somebody speaks; in samples."""

    def __init__(self, first: int, last: int, spoken: Sequence[tuple[int, int]]) -> None:
        self.first = first
        self.last = last
        up, under = factor(UP_DB), factor(UNDER_DB)
        self._points = [(first, 0.0), (first + round(FADE_IN * RATE), up)]
        for begin, end in _joined(spoken):
            self._points += [
                (begin - round(FALL * RATE), up), (begin, under),
                (end, under), (end + round(RISE * RATE), up),
            ]  # fmt: skip
        self._points += [(last - round(FADE_OUT * RATE), up), (last, 0.0)]

    def inside(self, first: int, last: int) -> tuple[int, int]:
        """Give the part of it that lies between two samples."""
        return max(first, self.first), min(last, self.last)

    def levels(self, first: int, last: int) -> Samples:
        """Give its level at each sample from one to another."""
        places, levels = zip(*self._points, strict=True)
        found: Samples = np.interp(np.arange(first, last), places, levels).astype(np.float32)
        return found


class Music:
    """A source again and again, softly begun and ended each time."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._blocks = self._endless()
        self._left: Samples = np.empty(0, np.float32)

    def take(self, count: int) -> Samples:
        """Give its next samples."""
        blocks = [self._left]
        while sum(map(len, blocks)) < count:
            blocks.append(next(self._blocks))
        known = np.concatenate(blocks)
        self._left = known[count:]
        return known[:count]

    def _endless(self) -> Iterator[Samples]:
        count = self._source.level.samples
        seam = min(round(SEAM * RATE), count // 2)
        while True:
            at = 0
            for frame in self._source.frames():
                block = samples(frame)
                place = np.arange(at, at + len(block))
                yield block * np.clip(np.minimum(place, count - place) / seam, 0, 1)
                at += len(block)


def _joined(spoken: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Give speech as stretches: a breath is too short for the music to come up and go again."""
    found = list(spoken[:1])
    for begin, end in spoken[1:]:
        if begin - found[-1][1] < (RISE + FALL) * RATE:
            found[-1] = (found[-1][0], end)
        else:
            found.append((begin, end))
    return found
