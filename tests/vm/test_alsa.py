"""What ALSA is given is what was planned: captured from a loopback card, sample by sample."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.audio.sounds import RATE, heard
from tests.stations import loudspeaker
from tests.vm.machine import Machine
from tests.vm.ward import STATION, at, clock, installed, records
from tests.vm.wires import patience

pytestmark = pytest.mark.soak

TIMES = ", ".join(f'"05:{minute:02}"' for minute in range(60))
PLAYLIST = f"""\
format = 1
[campaign]
title = "Thử"
[[radio]]
id = "nhac"
at = [{TIMES}]
late = "20s"
zones = ["phuong"]
items = [{{ chime = "default" }}, {{ pause = "1s" }}, {{ chime = "closing" }}]
"""
STEADY = ("-icount", "shift=1", "-smp", "1", "-rtc", "clock=vm")
"""Its time goes by the instructions that it has done: sound is even on the busiest computer."""
CARD = '"Loopback: PCM (hw:0,0)"'
CAPTURED = "/srv/captured.raw"
CAPTURE = f"""\
nohup arecord -q -D hw:Loopback,1,0 -t raw -f S16_LE -c 2 -r {RATE} --period-time=100000 \
  --buffer-time=4000000 {CAPTURED} > /srv/arecord.txt 2>&1 & echo $! > /srv/arecord.pid
"""
FRAME = 4
"""Bytes: two channels."""
FAINT = 0.001
"""Of full scale: the card has 16 bits, and PortAudio dithers."""


def test_it_is_heard_whole_and_in_its_second(off: Machine, tmp_path: Path) -> None:
    off.boot(at("03-01T05:00:00"), *STEADY)
    off.run("modprobe snd-aloop")
    installed(off, loudspeaker(allowed="00:00-24:00", driver='"soundcard"', device=CARD), PLAYLIST)
    off.run(CAPTURE)
    patience(lambda: off.ask(f"test -s {CAPTURED}").code == 0, 600.0)
    begun = min(captured_since(off) for _ in range(5))
    patience(lambda: records(off)[-1]["kind"] == "finished", 1800.0, every=5.0)
    off.run("kill $(cat /srv/arecord.pid)")

    assert off.run("cat /srv/arecord.txt") == ""
    end = next(each["data"] for each in records(off) if each["kind"] == "finished")
    assert end["outcome"] == "aired"
    sound, planned = captured(off), programme(off, end["audio_sha256"], tmp_path)
    first = found(sound, planned)
    late = begun + timedelta(seconds=first / RATE) - datetime.fromisoformat(end["planned"])
    print(f"first sample {late.total_seconds():+.3f} s after its instant")
    assert timedelta(seconds=-0.2) < late < timedelta(seconds=1)
    sound[first : first + len(planned)] -= planned
    assert float(np.abs(sound).max()) < FAINT


def captured_since(machine: Machine) -> datetime:
    """Give from when on it can have been captured, at the earliest that is known now."""
    size = int(machine.run(f"stat -c %s {CAPTURED}"))
    return clock(machine) - timedelta(seconds=size / FRAME / RATE)


def captured(machine: Machine) -> NDArray[np.float64]:
    """Give what was captured, full scale at 1; both channels are alike."""
    both = np.frombuffer(machine.fetch(CAPTURED), dtype="<i2").reshape(-1, 2)
    assert np.abs(both[:, 0].astype(int) - both[:, 1]).max() <= 2  # each has its own dither
    return both[:, 0] / 32_768


def programme(machine: Machine, sha256: str, folder: Path) -> NDArray[np.float64]:
    """Give the samples of the programme that the ledger names."""
    sums = machine.run(f"find {STATION}/var/cache -name '*.flac' -exec sha256sum {{}} +")
    (path,) = (line.split()[1] for line in sums.splitlines() if line.startswith(sha256))
    (folder / "planned.flac").write_bytes(machine.fetch(path))
    return heard(folder / "planned.flac")


def found(sound: NDArray[np.float64], planned: NDArray[np.float64]) -> int:
    """Give the sample at which one is likest to the other."""
    room = len(sound) + len(planned)
    likeness = np.fft.irfft(np.fft.rfft(sound, room) * np.fft.rfft(planned, room).conj(), room)
    return int(likeness[: len(sound)].argmax())
