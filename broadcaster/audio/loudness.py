"""Loudness and peaks, measured and held by FFmpeg's filters. For child processes: it loads PyAV."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from av.audio.frame import AudioFrame

from broadcaster.audio.frames import BLOCK, FORMAT, RATE, Chain, Stream, factor, silence

GATE = RATE // 2
"""EBU R 128 weighs blocks of 0.4 s: what is shorter is measured with silence after it."""
TENTH = RATE // 10
"""FFmpeg reports after whole tenths of a second."""
SILENT_DB = -120.0
SILENT_LUFS = -70.0
"""EBU R 128's absolute gate: what stays under it has no loudness."""


@dataclass(frozen=True, slots=True)
class Level:
    """A stream as measured."""

    lufs: float | None
    peak_db: float
    samples: int


def measure(stream: Stream, peak: Literal["true", "sample"] = "sample") -> Level:
    """Measure a whole stream, in one pass; true peaks take twice as long as those of samples."""
    samples = 0

    def counted() -> Iterator[AudioFrame]:
        nonlocal samples
        for frame in stream:
            samples += frame.samples
            yield frame

    def rest() -> Iterator[AudioFrame]:
        yield from silence(max(GATE - samples, -samples % TENTH))

    found: dict[str, str] = {}
    for frame in Chain(("ebur128", f"metadata=1:peak={peak}")).run(
        itertools.chain(counted(), rest())
    ):
        found = frame.metadata
    lufs, highest = (float(found[f"lavfi.r128.{name}"]) for name in ("I", f"{peak}_peak"))
    return Level(
        lufs if lufs > SILENT_LUFS else None,
        20 * math.log10(highest) if highest > 0 else SILENT_DB,
        samples,
    )


def limited(stream: Stream, gain_db: float, ceiling_db: float) -> Iterator[AudioFrame]:
    """Amplify, and hold samples under a ceiling: as many out as in.

    Limiting at four times the rate costs four times as much and brings true peaks a tenth of a dB
    nearer: a margin under the ceiling and a measurement afterwards do as well.
    """
    return Chain(
        ("volume", f"{factor(gain_db - ceiling_db):.9g}"),
        # Its own ceiling is full scale, as it knows none under -24 dB.
        ("alimiter", "limit=1:level=0:attack=5:release=50:latency=1"),
        ("volume", f"{factor(ceiling_db):.9g}"),
        ("aformat", f"sample_fmts={FORMAT}:channel_layouts=mono"),
        ("asetnsamples", f"n={BLOCK}:p=0"),
    ).run(stream)
