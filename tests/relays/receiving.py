"""The receiver, asked as its process is asked; and an ear for what it wrote."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from datetime import timedelta
from itertools import groupby
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from broadcaster.clock import SystemTime
from broadcaster.relays import child

RATE = 48_000
AHEAD, WINDOW = 3.0, 4.0
"""Seconds until the window, and of it."""
LIMITS = {"patience": 0.6, "settled": 0.4, "cushion": 0.3, "timeout": 1.0}
FALLBACK_HERTZ = 1_000.0


@dataclass(frozen=True)
class Reception:
    """What a receiver told and wrote."""

    events: list[dict[str, Any]]
    samples: NDArray[np.float64]

    @property
    def heard(self) -> list[tuple[int, float]]:
        """Give pitches, 0 for silence, and how long each lasted."""
        tenths = self.samples.reshape(-1, RATE // 10)
        runs = [(pitch, len(list(run))) for pitch, run in groupby(map(_pitch, tenths))]
        # Where one goes over into another, a tenth has a bit of both.
        return [(pitch, count / 10) for pitch, count in runs if count > 1]

    @property
    def told(self) -> list[str]:
        return [each["what"] for each in self.events if each["event"] == "sounds"]

    @property
    def why(self) -> str:
        """Give the last reason told."""
        said = [each["why"] for each in self.events if "why" in each]
        return str(said[-1]["args"].get("error", said[-1]["id"]))


def _pitch(tenth: NDArray[np.float64]) -> int:
    if np.sqrt(np.mean(tenth**2)) < 0.001:
        return 0
    return 10 * int(np.argmax(np.abs(np.fft.rfft(tenth))))


def receive(
    url: str, spool: Path, programme: Path, stand_in: float, begins: float, **more: Any
) -> Reception:
    """Receive a window that begins at an instant of the steady clock."""
    time, events = SystemTime(), list[dict[str, Any]]()
    at = time.now() + timedelta(seconds=begins - time.monotonic())
    request = {
        "url": url, "at": at.isoformat(), "seconds": WINDOW, "spool": str(spool), "start": 0.0,
        "path": str(programme), "stand_in": stand_in, "lufs": -16.0, "peak_dbtp": -1.0,
        "limits": LIMITS,
    }  # fmt: skip

    def tell(event: str, **data: Any) -> None:
        events.append({"event": event, **data})

    child.receive(request | more, threading.Event(), tell)
    return Reception(events, np.frombuffer(spool.read_bytes(), "<i2") / 32_768)
