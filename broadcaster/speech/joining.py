"""Joins spoken paragraphs into one WAV file, each freed of the silence at its ends."""

from __future__ import annotations

import array
import wave
from collections.abc import Sequence
from pathlib import Path

QUIET = 100
"""16-bit samples under this are silence: -50 dB."""
KEPT = 0.05
"""Seconds of silence left at both ends, so that no soft consonant is bitten off."""


def join(files: Sequence[Path], pause: float, to: Path) -> float:
    """Write the files one after another, a pause between two; gives the seconds of the whole."""
    with wave.open(str(to), "wb") as whole:
        for number, path in enumerate(files):
            rate, samples = _trimmed(path)
            if number == 0:
                whole.setparams((1, 2, rate, 0, "NONE", ""))
            else:
                whole.writeframes(bytes(2 * round(pause * rate)))
            whole.writeframes(samples.tobytes())
        return whole.getnframes() / whole.getframerate()


def _trimmed(path: Path) -> tuple[int, array.array[int]]:
    with wave.open(str(path), "rb") as part:
        rate = part.getframerate()
        samples = array.array("h", part.readframes(part.getnframes()))
    kept = round(KEPT * rate)
    loud = range(len(samples))
    first = next((at for at in loud if abs(samples[at]) > QUIET), 0)
    last = next((at for at in reversed(loud) if abs(samples[at]) > QUIET), len(samples))
    return rate, samples[max(0, first - kept) : last + kept]
