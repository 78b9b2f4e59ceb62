"""A programme's segments in a row, each levelled by itself. For child processes: it loads PyAV."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator

from av.audio.frame import AudioFrame

from broadcaster.audio.bed import Bed, Stretch
from broadcaster.audio.frames import RATE, amplified, silence
from broadcaster.audio.loudness import GATE, SILENT_LUFS, Level, measure
from broadcaster.audio.meter import SILENT_DB, Span
from broadcaster.audio.programme import Programme, Silence, Sound, Window, stretches
from broadcaster.audio.source import source

MOST_GAIN_DB = 40.0
"""What a quiet recording is raised by at most: beyond it there is only hiss."""
RUN, MOST_RUNS = 3, 7
"""Seconds in a run of the sample that the limiter is tried on, and how many runs there are."""


class Mix:
    """All that a programme is made of, measured and ready to be streamed as often as needed."""

    def __init__(self, programme: Programme) -> None:
        self._target = programme.target_lufs + programme.gain_db
        chain = programme.speech_chain
        segments = programme.laid()
        known = {one: source(one, speech_chain=chain) for one in dict.fromkeys(segments)}
        self._sources = [known[one] for one in segments]
        self._gains = {one: _gain(each.level, self._target) for one, each in known.items()}
        levels = [(each.level, self._gains[one]) for one, each in known.items()]
        loud = [level.lufs + gain for level, gain in levels if level.lufs is not None]
        self._aim = max(loud, default=-math.inf)
        self.peak = max((level.peak_db + gain for level, gain in levels), default=-math.inf)
        self._starts = list(itertools.accumulate((x.length for x in self._sources), initial=0))
        self.samples = self._starts[-1]
        self._bed: Bed | None = None
        if programme.bed:
            self._lay(Sound(programme.bed))

    @property
    def meant(self) -> float | None:
        """Give the loudness that it should have; None where nothing should be heard."""
        return self._aim if self._aim > SILENT_LUFS else None

    def short(self, level: Level) -> float:
        """Give the dB that a rendering of it lacks."""
        return 0.0 if level.lufs is None or self.meant is None else self.meant - level.lufs

    def stream(self) -> Iterator[AudioFrame]:
        """Give all of it; nothing is shorter than what has a measurable loudness."""
        return self._in_a_row() if self._bed is None else self._bed.under(self._in_a_row())

    def pauses(self) -> list[Span]:
        """Give where silence is meant, from second to second: everywhere, where it is muted."""
        if self._target <= SILENT_DB:
            return [(0.0, self.samples / RATE)]
        return [
            (start / RATE, (start + each.length) / RATE)
            for start, each in zip(self._starts, self._sources, strict=False)
            if isinstance(each.segment, Silence)
        ]

    def windows(self) -> list[Span]:
        """Give where each window for a stream begins, and how long its fallback is; seconds."""
        return [
            (start / RATE, each.level.samples / RATE)
            for start, each in zip(self._starts, self._sources, strict=False)
            if isinstance(each.segment, Window)
        ]

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

    def _in_a_row(self) -> Iterator[AudioFrame]:
        for each in self._sources:
            yield from amplified(each.frames(), self._gains[each.segment])
        yield from silence(max(0, GATE - self.samples))

    def _lay(self, music: Sound) -> None:
        """Lay music under what is spoken: what comes of it is as loud as it is meant to be."""
        found, ends = source(music, speech_chain=False), self._starts
        segments = [each.segment for each in self._sources]
        rows = [
            Stretch(
                # It begins before the first word, and ends after the last.
                ends[first - 1],
                ends[last + 2],
                [
                    (ends[place], ends[place + 1])
                    for place in range(first, last + 1)
                    if not isinstance(segments[place], Silence)
                ],
            )
            for first, last in stretches(segments)
        ]
        self._bed = Bed(found, _gain(found.level, self._target), rows)
        level = measure(self.stream())
        self._aim = self._aim if level.lufs is None else level.lufs
        self.peak = level.peak_db


def _gain(level: Level, target: float) -> float:
    if math.isinf(target):
        return target
    return 0.0 if level.lufs is None else min(target - level.lufs, MOST_GAIN_DB)
