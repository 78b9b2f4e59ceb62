"""Makes any program's sound what engines give: 16-bit mono. For child processes: it loads PyAV."""

from __future__ import annotations

import wave
from pathlib import Path

from av.audio.resampler import AudioResampler

from broadcaster.audio.decode import decoded
from broadcaster.audio.frames import RATE

BYTES = 2


def to_pcm(source: Path, to: Path) -> None:
    """Write a sound file as a 16-bit mono WAV; raises Fault where it isn't whole."""
    resampler = AudioResampler("s16", "mono", RATE)
    with wave.open(str(to), "wb") as written:
        written.setparams((1, BYTES, RATE, 0, "NONE", ""))
        for frame in decoded(source):
            for block in resampler.resample(frame):
                written.writeframesraw(bytes(block.planes[0])[: block.samples * BYTES])
