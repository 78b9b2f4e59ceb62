"""What the player's process tells of the sound that it hands to an output."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from av.audio.frame import AudioFrame

from broadcaster.audio.frames import RATE
from broadcaster.speakers import player_child
from tests.audio.sounds import sine, wav


class Drain:
    """An output that takes all at once, or nothing after so many frames."""

    ahead = 0.0

    def __init__(self, most: int | None = None) -> None:
        self._most = most

    def check(self) -> None:
        pass

    def play(
        self,
        frames: Iterator[AudioFrame],
        start: float,
        audible: Callable[[float], None],
        stop: threading.Event,
    ) -> float:
        audible(start)
        taken = 0
        for taken, _ in enumerate(frames, 1):
            if taken == self._most:
                stop.set()
                break
        return float(taken)


def told(
    path: Path, capsys: pytest.CaptureFixture[str], sink: Drain | None = None, **more: Any
) -> list[tuple[Any, ...]]:
    """Play a file, and give the alarms: what, where, how long, and whether it is over."""
    request = {
        "path": str(path), "offset": 0.0, "pauses": [], "relays": [],
        "at": datetime.now(UTC).isoformat(),  # noqa: TID251
    }  # fmt: skip
    player_child._play(sink or Drain(), request | more, threading.Event())
    events = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert events[-1]["event"] == "ended"
    return [
        (each["what"], round(each["at"]), round(each["seconds"]), each["over"])
        for each in events
        if each["event"] == "alarm"
    ]


@pytest.fixture
def gap(tmp_path: Path) -> Path:
    """Give a second of sound, seven of nothing, a second of sound, eight of nothing."""
    tone = np.frombuffer(sine(tmp_path / "tone.wav", 1.0).read_bytes()[44:], "<i2") / 32768
    parts = (tone, np.zeros(7 * RATE), tone, np.zeros(8 * RATE))
    return wav(tmp_path / "gap.wav", np.concatenate(parts))


def test_dead_air_is_told_as_it_lasts_and_with_its_length(
    gap: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert told(gap, capsys) == [
        ("silence", 1, 5, False),
        ("silence", 1, 7, True),
        ("silence", 9, 5, False),
        ("silence", 9, 8, True),
    ]


def test_a_planned_pause_is_none(gap: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert told(gap, capsys, pauses=[[1, 8], [9, 17]]) == []


def test_a_programme_that_is_joined_has_its_own_seconds(
    gap: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    alarms = told(gap, capsys, offset=4.0, pauses=[[1, 8]])
    assert alarms == [("silence", 9, 5, False), ("silence", 9, 8, True)]


def test_a_stop_in_dead_air_still_tells_it(gap: Path, capsys: pytest.CaptureFixture[str]) -> None:
    alarms = told(gap, capsys, Drain(most=7))
    assert alarms == [("silence", 1, 5, False), ("silence", 1, 6, True)]


@pytest.mark.parametrize("driver", ["multicast", "soundcard"])
def test_nothing_heavy_keeps_it_from_sounding_soon(driver: str) -> None:
    code = (
        "import sys\n"
        "from broadcaster.speakers.player_child import _driver\n"
        f"_driver({driver!r})\n"
        "print(sorted({'numpy', 'asyncio'} & set(sys.modules)))"
    )
    command = [sys.executable, "-c", code]
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout == "[]\n"
