"""A finished programme as a WAV, for whoever wants to hear it elsewhere."""

from __future__ import annotations

import wave
from pathlib import Path

from broadcaster.audio.frames import RATE

BYTES = 2
"""A sample: 16-bit, as in the FLAC, so that nothing is lost."""


def to_wav(source: Path, to: Path) -> None:
    """Write a finished programme as a WAV, 48 kHz, mono, 16-bit; raises OSError."""
    import av
    from av.audio.resampler import AudioResampler

    part = to.with_name(f".{to.name}.part")
    resampler = AudioResampler("s16", "mono", RATE)
    try:
        with av.open(str(source)) as container, wave.open(str(part), "wb") as written:
            written.setparams((1, BYTES, RATE, 0, "NONE", ""))
            for frame in container.decode(audio=0):
                for block in resampler.resample(frame):
                    written.writeframes(bytes(block.planes[0])[: block.samples * BYTES])
        part.replace(to)
    finally:
        part.unlink(missing_ok=True)
