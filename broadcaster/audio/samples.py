"""Frames as arrays to calculate with. For child processes: it loads numpy."""

from __future__ import annotations

import numpy as np
from av.audio.frame import AudioFrame
from numpy.typing import NDArray

Samples = NDArray[np.float32]


def samples(frame: AudioFrame) -> Samples:
    """Give a mono frame's samples."""
    return frame.to_ndarray().reshape(-1).astype(np.float32, copy=False)
