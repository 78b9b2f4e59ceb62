"""Joins spoken paragraphs into one WAV file, each freed of the silence at its ends."""

from __future__ import annotations

import array
import wave
from collections.abc import Iterable, Sequence
from pathlib import Path

QUIET = 100
"""16-bit samples under this are silence: -50 dB."""
KEPT = 5
"""Hundredths of a second of silence left at both ends, so that no soft consonant is bitten off."""


def join(files: Sequence[Path], pause: float, to: Path) -> float:
    """Write the files one after another, a pause between two; gives the seconds of the whole."""
    with wave.open(str(to), "wb") as whole:
        for number, path in enumerate(files):
            with wave.open(str(path), "rb") as part:
                if number == 0:
                    whole.setparams(part.getparams())
                else:
                    whole.writeframes(bytes(2 * round(pause * part.getframerate())))
                _copy(part, whole)
        return whole.getnframes() / whole.getframerate()


def _copy(part: wave.Wave_read, whole: wave.Wave_write) -> None:
    step = part.getframerate() // 100
    steps = -(-part.getnframes() // step)
    first = _loud(part, step, range(steps))
    if first is None:
        return
    last = _loud(part, step, range(steps - 1, -1, -1)) or first
    part.setpos(max(0, first - KEPT) * step)
    for _ in range(max(0, first - KEPT), last + KEPT + 1):
        whole.writeframes(part.readframes(step))


def _loud(part: wave.Wave_read, step: int, order: Iterable[int]) -> int | None:
    """Give the first hundredth of a second, in this order, that is more than silence."""
    for at in order:
        part.setpos(at * step)
        samples = array.array("h", part.readframes(step))
        if max(samples) > QUIET or min(samples) < -QUIET:
            return at
    return None
