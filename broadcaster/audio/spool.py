"""A file that grows while it is read: 48 kHz, mono, 16 bit, little-endian. For child processes."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import numpy as np

from broadcaster.audio.frames import RATE
from broadcaster.audio.samples import Samples

SAMPLE = 2
"""Bytes."""
BYTES_A_SECOND = RATE * SAMPLE
LOOK_EVERY = 0.02
"""Seconds between two looks at a spool that is behind."""


def pcm(samples: Samples) -> bytes:
    """Give samples as a spool holds them."""
    return np.rint(np.clip(samples * 32_768, -32_768, 32_767)).astype("<i2").tobytes()


class SpoolReader:
    """What one loudspeaker reads of a spool."""

    def __init__(self, path: Path, factor: float) -> None:
        self._path = path
        self._factor = np.float32(factor / 32_768)
        self._file: int | None = None

    def piece(self, first: int, count: int) -> Samples | None:
        """Give so many samples from `first` on; None where they are not all there."""
        try:
            if self._file is None:
                self._file = os.open(self._path, os.O_RDONLY)
            found = os.pread(self._file, count * SAMPLE, first * SAMPLE)
        except OSError:
            return None
        if len(found) < count * SAMPLE:
            return None
        return np.frombuffer(found, "<i2").astype(np.float32) * self._factor

    def awaited(
        self, first: int, count: int, seconds: float, stop: threading.Event
    ) -> Samples | None:
        """Give them as soon as they are there, within `seconds`."""
        left = seconds
        while (found := self.piece(first, count)) is None and left > 0 and not stop.is_set():
            stop.wait(LOOK_EVERY)
            left -= LOOK_EVERY
        return found
