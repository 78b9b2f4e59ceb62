"""FFmpeg's filters and frames, as streams. For child processes: it loads PyAV."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

import av
from av.audio.frame import AudioFrame
from av.filter import Graph

RATE = 48_000
BLOCK = RATE
"""Samples in a frame: a call costs the same for one as for many."""
FORMAT = "flt"
SAMPLE_BYTES = 4

Stream = Iterable[AudioFrame]
"""48 kHz, mono, float: full scale is 1."""


class Chain:
    """FFmpeg filters in a row: frames in, frames out."""

    def __init__(self, *filters: tuple[str, str], format: str = FORMAT) -> None:  # noqa: A002 - FFmpeg's word
        # The graph owns its ends: it has to live as long as they do.
        self._graph = Graph()
        self._source = self._graph.add_abuffer(
            sample_rate=RATE, format=format, layout="mono", time_base=Fraction(1, RATE)
        )
        last = self._source
        for name, options in filters:
            following = self._graph.add(name, options)
            last.link_to(following)
            last = following
        self._sink = self._graph.add("abuffersink")
        last.link_to(self._sink)
        self._graph.configure()
        self._position = 0

    def run(self, stream: Stream) -> Iterator[AudioFrame]:
        """Give what comes out for what goes in, once."""
        for frame in stream:
            frame.pts = self._position
            frame.time_base = Fraction(1, RATE)
            self._position += frame.samples
            self._source.push(frame)
            yield from self._pulled()
        self._source.push(None)
        yield from self._pulled()

    def _pulled(self) -> Iterator[AudioFrame]:
        while True:
            try:
                frame = self._sink.pull()
            except (av.error.EOFError, av.error.BlockingIOError):
                return
            if isinstance(frame, AudioFrame):
                yield frame


def silence(samples: int) -> Iterator[AudioFrame]:
    """Give so much of nothing."""
    for start in range(0, samples, BLOCK):
        count = min(BLOCK, samples - start)
        yield from_bytes(bytes(count * SAMPLE_BYTES), FORMAT, SAMPLE_BYTES)


def from_bytes(data: bytes, format: str, size: int) -> AudioFrame:  # noqa: A002 - FFmpeg's word
    """Make a frame of mono samples of `size` bytes each."""
    frame = AudioFrame(format=format, layout="mono", samples=len(data) // size)
    frame.sample_rate = RATE
    # A plane is padded to its alignment.
    plane = frame.planes[0]
    plane.update(data + bytes(plane.buffer_size - len(data)))
    return frame


def amplified(stream: Stream, gain_db: float) -> Iterator[AudioFrame]:
    """Make it louder or softer; -inf mutes."""
    return Chain(("volume", f"{factor(gain_db):.9g}")).run(stream)


def between(stream: Stream, first: int, last: int) -> Iterator[AudioFrame]:
    """Give the samples from `first` up to `last`, and read no further."""
    chain = Chain(("atrim", f"start_sample={first}:end_sample={last}"))
    return chain.run(_until(stream, last))


def filled(stream: Stream, samples: int) -> Iterator[AudioFrame]:
    """Give exactly so many samples: the stream's, cut, or followed by silence."""
    left = samples
    for frame in between(stream, 0, samples):
        left -= frame.samples
        yield frame
    yield from silence(left)


def factor(gain_db: float) -> float:
    """Give the factor of an amplitude."""
    return float(10 ** (gain_db / 20))


def _until(stream: Stream, last: int) -> Iterator[AudioFrame]:
    at = 0
    for frame in stream:
        yield frame
        at += frame.samples
        if at >= last:
            return
