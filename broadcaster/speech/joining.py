"""Joins spoken paragraphs into one WAV file, each freed of the silence at its ends."""

from __future__ import annotations

import array
import math
import operator
import wave
from collections.abc import Iterable, Sequence
from pathlib import Path

QUIET = 100
"""16-bit samples under this are silence: -50 dB."""
KEPT = 5
"""Hundredths of a second of silence left at both ends, so that no soft consonant is bitten off."""


def join(files: Sequence[Path], pause: float, to: Path) -> float:
    """Write the files one after another, a pause between two; those without sound are left out.

    Gives the root mean square of what was written: full scale is 32768.
    """
    squares = 0
    with wave.open(str(to), "wb") as whole:
        for number, path in enumerate(files):
            with wave.open(str(path), "rb") as part:
                if number == 0:
                    whole.setparams(part.getparams())
                squares += _add(part, pause, whole)
        count = whole.getnframes()
    return math.sqrt(squares / count) if count else 0.0


def _add(part: wave.Wave_read, pause: float, whole: wave.Wave_write) -> int:
    """Write one file's sound; gives the sum of its samples' squares."""
    step = part.getframerate() // 100
    steps = -(-part.getnframes() // step)
    first, last = (_loud(part, step, order) for order in (range(steps), range(steps - 1, -1, -1)))
    if first is None or last is None:
        return 0
    if whole.getnframes():
        whole.writeframesraw(bytes(2 * round(pause * part.getframerate())))
    begin = max(0, first - KEPT)
    part.setpos(begin * step)
    squares = 0
    for _ in range(begin, last + KEPT + 1):
        block = part.readframes(step)
        whole.writeframesraw(block)
        samples = array.array("h", block)
        squares += sum(map(operator.mul, samples, samples))
    return squares


def _loud(part: wave.Wave_read, step: int, order: Iterable[int]) -> int | None:
    """Give the first hundredth of a second, in this order, that is more than silence."""
    for at in order:
        part.setpos(at * step)
        samples = array.array("h", part.readframes(step))
        if max(samples) > QUIET or min(samples) < -QUIET:
            return at
    return None
