"""The process that makes a recording of any sound file: its ends trimmed, its text in it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
from av.audio.frame import AudioFrame

from broadcaster.audio.decode import decoded
from broadcaster.audio.fault import Fault, disk_answer
from broadcaster.audio.frames import RATE, amplified, between
from broadcaster.audio.loudness import measure
from broadcaster.audio.mixdown import write
from broadcaster.worker import serve

WINDOW = RATE // 50
"""Samples of one level: 20 ms."""
SILENT_DB = -50.0
"""A voice is about 30 dB louder."""
DEPTH_DB = 35.0
"""How far under the voice its room lies; what is fainter than that is no voice."""
RUN, MOST = 10, 5
"""Windows in a row, and how many of them a voice fills: the click of a key fills fewer."""
BEFORE, AFTER = 0.2, 0.4
"""Seconds that are left around the voice: a breath, and the room's echo."""
FULL_SCALE = 0.99
"""Where a wave is cut off, if it stays there for three samples."""


def work(request: dict[str, Any]) -> Mapping[str, Any]:
    """Write it; a file's fault and a full disk are answers too."""
    try:
        return _made(Path(request["source"]), Path(request["to"]), request["tags"])
    except Fault as fault:
        return fault.answer()
    except OSError as error:
        return disk_answer(error)


def _made(source: Path, to: Path, tags: Mapping[str, str]) -> Mapping[str, Any]:
    found = _Ears(decoded(source))
    part = found.voice()
    if part is None:
        raise Fault("silent", source)
    write(amplified(between(decoded(source), *part), found.gain_db), to, tags)
    level = measure(decoded(to))
    return {"seconds": level.samples / RATE, "lufs": level.lufs, "cut_off": found.cut_off}


class _Ears:
    """A sound as it was heard: how loud, window by window, and how often it was too loud."""

    def __init__(self, stream: Iterable[AudioFrame]) -> None:
        self.cut_off = 0
        self._peak = 0.0
        self._samples = 0
        levels = []
        for frame in stream:
            samples = frame.to_ndarray().reshape(-1)
            self._samples += len(samples)
            self.cut_off += _cut_off(samples)
            self._peak = max(self._peak, float(np.abs(samples).max()))
            windows = np.pad(samples, (0, -len(samples) % WINDOW)).reshape(-1, WINDOW)
            levels.append(np.sqrt(np.mean(np.square(windows), axis=1)))
        self._levels = 20 * np.log10(np.maximum(np.concatenate(levels), 1e-6))

    @property
    def gain_db(self) -> float:
        """Give what keeps it under full scale: two channels in one may be louder than either."""
        return min(0.0, -20 * math.log10(max(self._peak, FULL_SCALE)))

    def voice(self) -> tuple[int, int] | None:
        """Give the samples between which there is a voice; None where there is none."""
        # A second at the most: it may have waited long for the first word.
        level = np.sort(self._levels)[-min(RATE // WINDOW, 1 + len(self._levels) // 20)]
        if level < SILENT_DB:
            return None
        loud = self._levels > level - DEPTH_DB
        voiced = np.flatnonzero(loud & (np.convolve(loud, np.ones(RUN), "same") >= MOST))
        if not len(voiced):
            return None
        first = int(voiced[0]) * WINDOW - round(BEFORE * RATE)
        last = (int(voiced[-1]) + 1) * WINDOW + round(AFTER * RATE)
        return max(0, first), min(self._samples, last)


def _cut_off(samples: np.ndarray) -> int:
    """Count the samples in the middle of a wave's flat top."""
    flat = (np.diff(samples) == 0) & (np.abs(samples[1:]) >= FULL_SCALE)
    return int(np.sum(flat[1:] & flat[:-1]))


if __name__ == "__main__":
    serve(work)
