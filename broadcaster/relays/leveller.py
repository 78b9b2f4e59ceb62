"""Brings a stream to the station's loudness while it is heard. For the receiver's process."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np
from av.audio.frame import AudioFrame

from broadcaster.audio.frames import FORMAT, RATE, SAMPLE_BYTES, Chain, Stream, factor, from_bytes
from broadcaster.audio.samples import samples

RAISES, LOWERS = 0.2, 0.6
"""dB in a tenth of a second: 2 a second are not heard as such; what is too loud has to go sooner.
"""
MOST_DB = 20.0
"""What a stream is raised or lowered by at most."""
HUSH_LUFS = -50.0
"""Below it nobody speaks: raising it would bring up hiss."""
HEARD = 5
"""Tenths of a second that are heard before the first gain is chosen."""
MARGIN_DB = 0.2
FINER = 4
"""The limiter's rate in those of the sound: it sees the peaks between samples, as BS.1770 does."""


def levelled(stream: Stream, lufs: float, peak_dbtp: float) -> Iterator[AudioFrame]:
    """Give a stream, in frames of a tenth of a second, at a loudness and under a true peak.

    The gain follows its short-term loudness (EBU R 128, over 3 s; before those its momentary one),
    and rests while it is silent.
    """
    return _limited(_driven(stream, lufs), peak_dbtp - MARGIN_DB)


def _driven(stream: Stream, lufs: float) -> Iterator[AudioFrame]:
    muted = math.isinf(lufs)
    gain, heard = lufs if muted else 0.0, 0
    for frame in Chain(("ebur128", "metadata=1"), format=FORMAT).run(stream):
        now, lately = (float(frame.metadata[f"lavfi.r128.{name}"]) for name in "MS")
        following = gain
        if now > HUSH_LUFS and not muted:
            heard += 1
            found = lately if lately > HUSH_LUFS else now
            following = _following(gain, lufs - found, heard)
        yield _ramped(frame, gain, following)
        gain = following


def _following(gain: float, wanted: float, heard: int) -> float:
    wanted = max(-MOST_DB, min(MOST_DB, wanted))
    if heard <= HEARD:
        return wanted if heard == HEARD else gain
    return gain + max(-LOWERS, min(RAISES, wanted - gain))


def _ramped(frame: AudioFrame, before: float, after: float) -> AudioFrame:
    ramp = np.linspace(factor(before), factor(after), frame.samples, dtype=np.float32)
    return from_bytes((samples(frame) * ramp).tobytes(), FORMAT, SAMPLE_BYTES)


def _limited(stream: Stream, ceiling_db: float) -> Iterator[AudioFrame]:
    return Chain(
        ("volume", f"{factor(-ceiling_db):.9g}"),
        ("aresample", f"{FINER * RATE}"),
        ("alimiter", "limit=1:level=0:attack=5:release=50:latency=1"),
        ("aresample", f"{RATE}"),
        ("volume", f"{factor(ceiling_db):.9g}"),
        ("aformat", f"sample_fmts={FORMAT}:channel_layouts=mono"),
        ("asetnsamples", f"n={RATE // 10}:p=0"),
    ).run(stream)
