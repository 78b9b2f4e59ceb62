"""Dead air, from a recording that has it to all that tells of it."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np

from tests.audio.sounds import RATE, sine, wav
from tests.cli.desk import make, run, told, write

PLAYLIST = """\
format = 1
[campaign]
title = "Ngày hội"
from = 2025-09-22
until = 2025-09-22
[[radio]]
id = "sang"
at = ["05:30"]
zones = ["phuong"]
items = [{ audio = "nhac.wav" }, { pause = "10s" }, { chime = "default" }]
"""
ALARM = "loa: 6.0 s of silence from second 1.0 on"


def gap(path: Path, seconds: float) -> None:
    """Write a second of sound, some silence, a second of sound."""
    tone = np.frombuffer(sine(path, 1.0).read_bytes()[44:], "<i2") / 32768
    wav(path, np.concatenate((tone, np.zeros(round(seconds * RATE)), tone)))


def test_dead_air_is_told_wherever_its_airing_is(tmp_path: Path) -> None:
    station = make(tmp_path / "station", PLAYLIST)
    gap(station / "scripts" / "nhac.wav", 6.0)
    out = tmp_path / "out"
    code, shown, _ = told(run(station, "rehearse", "--out", str(out)))
    assert (code, shown.splitlines()[0]) == (
        0,
        f"22/09/2025 05:30  phuong  ngay-hoi/sang  aired  {ALARM}",
    )
    assert ALARM in (out / "index.html").read_text()

    ledger = ("log", "--ledger", str(out / "ledger.sqlite"))
    lines = told(run(station, *ledger))[1].splitlines()
    assert [line.split("  ")[1] for line in lines if "ngay-hoi/sang" in line] == [
        "about to sound",
        "sounding",
        "alarm",
        "finished",
    ]
    (alarm,) = (line for line in lines if "  alarm  " in line)
    assert alarm.endswith(f"phuong  {ALARM}")
    assert told(run(station, *ledger, "--airings"))[1].endswith(f"ngay-hoi/sang  {ALARM}\n")
    (airing,) = map(json.loads, told(run(station, *ledger, "--airings", "--json"))[1].splitlines())
    assert airing["alarms"] == [
        {"alarm": "silence", "second": 1.0, "seconds": 6.0, "speakers": ["loa"]}
    ]


def test_a_planned_pause_and_a_speaker_that_is_muted_are_none(tmp_path: Path) -> None:
    station = make(tmp_path / "station", PLAYLIST)
    gap(station / "scripts" / "nhac.wav", 4.0)
    aired = "22/09/2025 05:30  phuong  ngay-hoi/sang  aired\n\nIn all: 1 aired\n"
    assert told(run(station, "rehearse"))[1] == aired

    gap(station / "scripts" / "nhac.wav", 6.0)
    devices = station / "devices.toml"
    write(devices, devices.read_text().replace('driver = "file"', 'driver = "file"\nvolume = 0'))
    assert told(run(station, "rehearse"))[1] == aired
