"""A segment as it goes into a mix: shaped, its ends trimmed. For child processes: it loads PyAV."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from av.audio.frame import AudioFrame

from broadcaster.audio.decode import recording
from broadcaster.audio.fault import Fault
from broadcaster.audio.frames import RATE, Stream, between, factor, filled, silence
from broadcaster.audio.loudness import Level, measure
from broadcaster.audio.programme import Segment, Silence, Sound, Tone, Window
from broadcaster.audio.samples import samples
from broadcaster.audio.speech_chain import shaped

GRAIN = RATE // 100
"""Samples of which it is known together whether there is sound in them."""
KEPT = RATE // 20
"""Of the silence at an end: a consonant may begin below what counts as sound."""
FLOOR_DB = -44.0
"""Under a recording's loudness: what a programme's meter calls silence, at the usual target."""


@dataclass(frozen=True, slots=True)
class Source:
    """One segment, measured."""

    segment: Segment
    level: Level
    """Of what `frames` gives, up to where a window falls silent."""
    first: int = 0
    shaped_from: float | None = None
    """The loudness of its file, where the speech chain is to shape it."""
    room: int | None = None
    """The samples of a window, silent after what stands in for a stream."""

    @property
    def length(self) -> int:
        """Give how many samples `frames` gives."""
        return self.level.samples if self.room is None else self.room

    def frames(self) -> Iterator[AudioFrame]:
        """Give its samples, not levelled yet."""
        whole = _whole(self.segment, self.shaped_from)
        heard = between(whole, self.first, self.first + self.level.samples)
        return heard if self.room is None else filled(heard, self.room)


def source(segment: Segment, *, speech_chain: bool) -> Source:
    """Look into a segment; raises Fault."""
    if isinstance(segment, Window):
        return _window(segment, speech_chain=speech_chain)
    if not isinstance(segment, Sound):
        return Source(segment, measure(_whole(segment)))
    chained = segment.spoken and speech_chain
    shaped_from = measure(recording(segment.path)).lufs if chained else None
    edges = Edges()
    level = measure(edges.watched(_whole(segment, shaped_from)))
    if level.lufs is None:
        raise Fault("silent", segment.path)
    first, last = edges.found(level.lufs + FLOOR_DB, level.samples)
    return Source(segment, replace(level, samples=last - first), first, shaped_from)


def _window(window: Window, *, speech_chain: bool) -> Source:
    room = round(window.seconds * RATE)
    if window.stand_in is None:
        return Source(window, measure(()), room=room)
    inner = source(window.stand_in, speech_chain=speech_chain)
    level = inner.level
    if level.samples > room:
        # What is cut off is heard by nobody, and so has no part in how loud it is.
        level = measure(between(inner.frames(), 0, room))
    return replace(inner, segment=window, level=level, room=room)


def _whole(segment: Segment, shaped_from: float | None = None) -> Iterator[AudioFrame]:
    match segment:
        case Tone(name):
            from broadcaster.audio.chime import chime

            return chime(name)
        case Silence(seconds):
            return silence(round(seconds * RATE))
        case Sound(path):
            found = recording(path)
            return found if shaped_from is None else shaped(found, shaped_from)
        case Window(_, _, stand_in):
            return iter(()) if stand_in is None else _whole(stand_in, shaped_from)


class Edges:
    """Watches a stream go by, to tell afterwards where its sound begins and ends."""

    def __init__(self) -> None:
        self._peaks: list[np.ndarray] = []
        self._left = np.empty(0, np.float32)

    def watched(self, stream: Stream) -> Iterator[AudioFrame]:
        """Give the stream on as it is."""
        for frame in stream:
            known = np.concatenate((self._left, samples(frame)))
            whole = len(known) - len(known) % GRAIN
            self._left = known[whole:]
            self._peaks.append(np.abs(known[:whole]).reshape(-1, GRAIN).max(axis=1))
            yield frame

    def found(self, floor_db: float, count: int) -> tuple[int, int]:
        """Give the first sample and the one after the last, of `count`, with a little silence."""
        rest = [np.abs(self._left).max(keepdims=True)] if len(self._left) else []
        loud = np.flatnonzero(np.concatenate((*self._peaks, *rest)) >= factor(floor_db))
        first, last = int(loud[0]) * GRAIN, (int(loud[-1]) + 1) * GRAIN
        return max(0, first - KEPT), min(count, last + KEPT)
