"""Watches samples on their way out: dead air and clipping.

For child processes: it loads PyAV. Not numpy: a player has no time for that before it sounds.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator, Sequence
from operator import mul

from av.audio.frame import AudioFrame

from broadcaster.audio.frames import FORMAT, RATE, SAMPLE_BYTES, Stream
from broadcaster.domain.alarm import LONGEST_SILENCE, Alarm, Wrong

WINDOW = RATE // 10
"""Samples that are judged together."""
SILENT_DB = -60.0
"""Of full scale, over a window: what stays below it is nothing to hear."""
SILENT = 10 ** (SILENT_DB / 10)
"""The same as a power."""
CLIPPED = 3
"""Full-scale samples in a row that no sound has by itself; windows are multiples of it."""
FULL_SCALE = 32_767 / 32_768
CALM = 30.0
"""Seconds without clipping after which it is over: a bad recording is one alarm, not a thousand."""

Span = tuple[float, float]
"""From second to second of a programme."""


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
        self._rest = array("f")
        self._row = 0
        """Full-scale samples in a row, up to the last that was judged."""
        self._silence = _Stretch(Wrong.SILENCE, LONGEST_SILENCE)
        self._clipping = _Stretch(Wrong.CLIPPING)
        self._calm = 0.0

    @property
    def silent(self) -> float:
        """Give for how many seconds nothing has been heard that should have been."""
        return self._silence.seconds

    def feed(self, samples: memoryview) -> list[Alarm]:
        """Judge the next samples, floats of 32 bits."""
        known = self._rest
        known.frombytes(memoryview(samples).cast("B"))
        whole = len(known) - len(known) % WINDOW
        self._rest = known[whole:]
        windows = (known[first : first + WINDOW] for first in range(0, whole, WINDOW))
        return [alarm for window in windows for alarm in self._judge(window)]

    def end(self) -> list[Alarm]:
        """Judge what is left, and give what isn't over yet."""
        last = self._judge(self._rest) if self._rest else ()
        return [*last, *self._silence.end(), *self._clipping.end()]

    def _judge(self, window: array[float]) -> Iterator[Alarm]:
        at, seconds = self._at + self._judged / RATE, len(window) / RATE
        self._judged += len(window)
        # As many in a row as count have one of these among them, wherever they begin.
        some = window[::CLIPPED]
        loudest = max(*some, -min(some))
        if _audible(window, loudest):
            yield from self._silence.end()
        elif not any(first <= at + seconds / 2 < last for first, last in self._planned):
            yield from self._silence.more(at, seconds)
        if self._clips(window, loudest):
            yield from self._clipping.more(at, self._calm + seconds)
            self._calm = 0.0
        elif self._clipping.seconds:
            self._calm += seconds
            if self._calm >= CALM:
                yield from self._clipping.end()
                self._calm = 0.0

    def _clips(self, window: array[float], loudest: float) -> bool:
        """Say whether it holds the last of some full-scale samples in a row."""
        most = 0
        if loudest < FULL_SCALE:
            # None of them: the last few alone may be the first of a row that goes on.
            self._row, window = 0, window[1 - CLIPPED :]
        for sample in window:
            self._row = self._row + 1 if abs(sample) >= FULL_SCALE else 0
            most = max(most, self._row)
        return most >= CLIPPED


def _audible(window: array[float], loudest: float) -> bool:
    """Say whether there is anything to hear; most often one sample is enough for that."""
    enough = SILENT * len(window)
    return loudest * loudest >= enough or sum(map(mul, window, window)) >= enough


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
        for alarm in meter.feed(floats(frame)):
            tell(alarm)
        yield frame


def floats(frame: AudioFrame) -> memoryview:
    """Give a frame's samples, as a meter takes them; it is mono, and of floats."""
    assert frame.format.name == FORMAT  # noqa: S101 - all that comes of `decoded` is
    return memoryview(frame.planes[0])[: frame.samples * SAMPLE_BYTES]
