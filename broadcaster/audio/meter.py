"""Watches samples on their way out: dead air and clipping. For child processes: it loads numpy."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import numpy as np
from av.audio.frame import AudioFrame
from numpy.typing import NDArray

from broadcaster.audio.frames import RATE, Stream
from broadcaster.domain.alarm import LONGEST_SILENCE, Alarm, Wrong

WINDOW = RATE // 10
"""Samples that are judged together."""
SILENT_DB = -60.0
"""Of full scale, over a window: what stays below it is nothing to hear."""
SILENT = 10 ** (SILENT_DB / 10)
"""The same as a power."""
CLIPPED = 3
"""Full-scale samples in a row that no sound has by itself."""
FULL_SCALE = 32_767 / 32_768
CALM = 30.0
"""Seconds without clipping after which it is over: a bad recording is one alarm, not a thousand."""

Span = tuple[float, float]
"""From second to second of a programme."""
Samples = NDArray[np.float32]


class Meter:
    """Fed with a programme's samples (48 kHz, mono, full scale 1), tells what is wrong with them.

    An alarm comes twice: as soon as it is one, and once it is `over`. How the samples are parted
    into blocks makes no difference. `planned` pauses, in seconds of the programme, are no dead air;
    `at` is the second that begins with the first sample.
    """

    def __init__(self, planned: Sequence[Span] = (), at: float = 0.0) -> None:
        self._planned = planned
        self._at = at
        self._judged = 0
        self._rest: Samples = np.empty(0, np.float32)
        self._edge: NDArray[np.bool_] = np.zeros(CLIPPED - 1, np.bool_)
        self._silence = _Stretch(Wrong.SILENCE, LONGEST_SILENCE)
        self._clipping = _Stretch(Wrong.CLIPPING)
        self._calm = 0.0

    @property
    def silent(self) -> float:
        """Give for how many seconds nothing has been heard that should have been."""
        return self._silence.seconds

    def feed(self, samples: Samples) -> list[Alarm]:
        """Judge the next samples."""
        known = np.concatenate((self._rest, samples))
        whole = len(known) - len(known) % WINDOW
        self._rest = known[whole:]
        return self._judged_all(known[:whole].reshape(-1, WINDOW))

    def end(self) -> list[Alarm]:
        """Judge what is left, and give what isn't over yet."""
        last = self._judged_all(self._rest[np.newaxis]) if len(self._rest) else []
        return [*last, *self._silence.end(), *self._clipping.end()]

    def _judged_all(self, windows: Samples) -> list[Alarm]:
        power = np.einsum("ij,ij->i", windows, windows) / windows.shape[1]
        judged = zip(power >= SILENT, self._clip(windows), strict=True)
        return [alarm for each in judged for alarm in self._judge(*each, windows.shape[1])]

    def _judge(self, heard: np.bool_, clips: np.bool_, count: int) -> Iterator[Alarm]:
        at, seconds = self._at + self._judged / RATE, count / RATE
        self._judged += count
        if heard:
            yield from self._silence.end()
        elif not any(first <= at + seconds / 2 < last for first, last in self._planned):
            yield from self._silence.more(at, seconds)
        if clips:
            yield from self._clipping.more(at, self._calm + seconds)
            self._calm = 0.0
        elif self._clipping.seconds:
            self._calm += seconds
            if self._calm >= CALM:
                yield from self._clipping.end()
                self._calm = 0.0

    def _clip(self, windows: Samples) -> NDArray[np.bool_]:
        """Say which windows hold the last of some full-scale samples in a row."""
        full = np.concatenate((self._edge, np.abs(windows.reshape(-1)) >= FULL_SCALE))
        self._edge = full[1 - CLIPPED :]
        if not len(windows) or not full.any():
            return np.zeros(len(windows), np.bool_)
        rows = np.lib.stride_tricks.sliding_window_view(full, CLIPPED)
        ends: NDArray[np.bool_] = np.logical_and.reduce(rows, axis=1).reshape(windows.shape)
        found: NDArray[np.bool_] = np.logical_or.reduce(ends, axis=1)
        return found


class _Stretch:
    """One thing that lasts: an alarm once it is longer than it may be, and once it is over."""

    def __init__(self, what: Wrong, most: float = 0.0) -> None:
        self._what = what
        self._most = most
        self._at = 0.0
        self.seconds = 0.0
        self._told = False

    def more(self, at: float, seconds: float) -> Iterator[Alarm]:
        """Go on for so many seconds, or begin at `at`."""
        if not self.seconds:
            self._at = at
        self.seconds += seconds
        # Seconds are summed up in tenths, which floats hold with a small error.
        if not self._told and self.seconds > self._most + 1e-6:
            self._told = True
            yield Alarm(self._what, self._at, self.seconds, over=False)

    def end(self) -> Iterator[Alarm]:
        """Be over, if it was there."""
        if self._told:
            yield Alarm(self._what, self._at, self.seconds)
        self.seconds, self._told = 0.0, False


def metered(stream: Stream, meter: Meter, tell: Callable[[Alarm], object]) -> Iterator[AudioFrame]:
    """Give frames on as they are, and tell what is wrong with them; `end` is left to the caller."""
    for frame in stream:
        for alarm in meter.feed(samples(frame)):
            tell(alarm)
        yield frame


def samples(frame: AudioFrame) -> Samples:
    """Give a frame's samples, as a meter takes them."""
    return frame.to_ndarray().reshape(-1).astype(np.float32, copy=False)
