"""Loudness and peaks, measured and held by FFmpeg's filters. For child processes: it loads PyAV."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

import av
import numpy as np
from av.audio.frame import AudioFrame
from av.filter import Graph

from broadcaster.audio.decode import BLOCK, RATE, Block

GATE = RATE // 2
"""EBU R 128 weighs blocks of 0.4 s: what is shorter is measured with silence after it."""
TENTH = RATE // 10
"""FFmpeg reports after whole tenths of a second."""
SILENT_DBTP = -120.0
SILENT_LUFS = -70.0
"""EBU R 128's absolute gate: what stays under it has no loudness."""
OVERSAMPLED = 192_000
"""Four times, as BS.1770 asks for true peaks."""


@dataclass(frozen=True, slots=True)
class Level:
    """A stream as measured."""

    lufs: float | None
    dbtp: float
    samples: int


class Chain:
    """FFmpeg filters in a row: blocks in, frames out."""

    def __init__(self, *filters: tuple[str, str]) -> None:
        # The graph owns its ends: it has to live as long as they do.
        self._graph = Graph()
        self._source = self._graph.add_abuffer(
            sample_rate=RATE, format="flt", layout="mono", time_base=Fraction(1, RATE)
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

    def feed(self, block: Block) -> Iterator[AudioFrame]:
        """Push one block in, and give what comes out."""
        frame = AudioFrame.from_ndarray(
            np.ascontiguousarray(block[None, :]), format="flt", layout="mono"
        )
        frame.sample_rate = RATE
        frame.time_base = Fraction(1, RATE)
        frame.pts = self._position
        self._position += len(block)
        self._source.push(frame)
        yield from self._pulled()

    def finish(self) -> Iterator[AudioFrame]:
        """Give what is left."""
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


def measure(stream: Iterable[Block]) -> Level:
    """Measure a whole stream, in one pass."""
    chain = Chain(("ebur128", "metadata=1:peak=true"))
    found: dict[str, str] = {}
    samples = 0
    for block in stream:
        samples += len(block)
        for frame in chain.feed(block):
            found = frame.metadata
    rest = max(GATE - samples, -samples % TENTH)
    for frame in chain.feed(np.zeros(rest, np.float32)) if rest else ():
        found = frame.metadata
    for frame in chain.finish():
        found = frame.metadata
    lufs, peak = (float(found[f"lavfi.r128.{name}"]) for name in ("I", "true_peak"))
    return Level(
        lufs if lufs > SILENT_LUFS else None,
        20 * math.log10(peak) if peak > 0 else SILENT_DBTP,
        samples,
    )


def limited(stream: Iterable[Block], gain_db: float, ceiling_db: float) -> Iterator[Block]:
    """Amplify, and hold true peaks under a ceiling: as many samples out as in."""
    ceiling = np.float32(10 ** (ceiling_db / 20))
    gain = np.float32(10 ** (gain_db / 20)) / ceiling
    chain = Chain(
        ("aresample", str(OVERSAMPLED)),
        ("alimiter", "limit=1:level=0:attack=5:release=50:latency=1"),
        ("aresample", str(RATE)),
        ("aformat", "sample_fmts=flt:channel_layouts=mono"),
        ("asetnsamples", f"n={BLOCK}:p=0"),
    )
    for block in stream:
        for frame in chain.feed(block * gain):
            yield frame.to_ndarray()[0] * ceiling
    for frame in chain.finish():
        yield frame.to_ndarray()[0] * ceiling
