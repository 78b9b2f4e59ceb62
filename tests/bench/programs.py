"""Whole processes: how fast a command is there, and how fast two weeks are rehearsed."""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

ROOT = Path(__file__).parents[2]
BROADCASTER = [sys.executable, "-m", "broadcaster"]
TIMES = 7
"""Starts of which the median counts."""
DAYS = (date(2025, 10, 11) - date(2025, 9, 22)).days + 1
"""The shipped campaigns' window."""


def rows() -> list[tuple[str, float, str, float | None]]:
    """Measure in copies of the shipped station."""
    bare = _median([sys.executable, "-c", "pass"])
    help_ = _median([*BROADCASTER, "--help"])
    with tempfile.TemporaryDirectory() as folder:
        station = _copy(Path(folder))
        rehearse = [*BROADCASTER, "--station", str(station), "rehearse"]
        (cold, peak), (warm, _) = _measured(rehearse), _measured(rehearse)
    return [
        ("broadcaster --help", help_, "s", 0.25),
        ("broadcaster --help, against a bare interpreter", help_ / bare, "x", None),
        ("rehearse the shipped campaigns, nothing rendered", cold, "s", 60),
        ("rehearse the shipped campaigns, all in the cache", warm, "s", 10),
        ("rehearse: simulated days a second, all in the cache", DAYS / warm, "/s", None),
        ("rehearse: largest process", peak, "MB", 150),
    ]


def _copy(folder: Path) -> Path:
    station = folder / "station"
    station.mkdir()
    shutil.copy(ROOT / "devices.toml", station)
    for name in ("scripts", "playlists"):
        shutil.copytree(ROOT / name, station / name)
    return station


def _median(command: list[str]) -> float:
    return statistics.median(_measured(command)[0] for _ in range(TIMES))


def _measured(command: list[str]) -> tuple[float, float]:
    """Give the seconds that a command takes, and the MB of the largest process in it."""
    begun = time.perf_counter()
    process = subprocess.Popen(
        command, cwd=ROOT, env=os.environ | {"LANGUAGE": "en"},
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    # Of this process and its own children alone: not of what was measured before it.
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0, command
    return time.perf_counter() - begun, usage.ru_maxrss / 1024
