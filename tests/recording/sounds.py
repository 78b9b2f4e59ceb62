"""Recordings for tests: what stands for a voice, and a file that carries a text."""

from __future__ import annotations

import math
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray

from tests.audio.sounds import RATE, wav


def voice(seconds: float, dbfs: float = -20.0) -> NDArray[np.float64]:
    """Give a buzz of syllables, three a second, at a peak level; no two seconds are alike."""
    at = np.arange(round(seconds * RATE)) / RATE
    pitch = np.cumsum(120 + 40 * np.sin(math.tau * 0.31 * at)) * math.tau / RATE
    buzz = sum(np.sin(pitch * harmonic) / harmonic for harmonic in range(1, 8))
    syllables = 0.55 + 0.45 * np.sin(math.tau * 3 * at)
    sound = np.asarray(buzz * syllables)
    return sound / np.abs(sound).max() * 10 ** (dbfs / 20)


def carrying(to: Path, text: str) -> Path:
    """Write a second of sound that carries a text, in the format that the name asks for."""
    plain = wav(to.with_name("plain.wav"), voice(1.0))
    with av.open(str(plain)) as read, av.open(str(to), "w") as written:
        written.metadata["BROADCASTER_TEXT"] = text
        stream = written.add_stream({".mp3": "mp3", ".opus": "libopus"}.get(to.suffix, "flac"))
        stream.rate = RATE
        for frame in (*read.decode(audio=0), None):
            written.mux(stream.encode(frame))
    plain.unlink()
    return to
