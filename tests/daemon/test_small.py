"""What an idle daemon has loaded: none of what draws, renders or sounds, nor drivers of others."""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path

from broadcaster.cli import main
from broadcaster.clock import SystemTime
from tests.heavy import HEAVY

PATIENCE = 60.0
ABSENT = {
    "broadcaster.signs.alpha",
    "broadcaster.signs.c_power",
    "broadcaster.signs.jetfile",
    "broadcaster.signs.onbon",
    "broadcaster.speakers.icecast",
    "broadcaster.speakers.sip_watch",
    "broadcaster.audio.mixdown",
}


def loaded(told: str) -> set[str]:
    """Give the modules in what `-X importtime` told, and the packages that they are in."""
    names = {line.rpartition("|")[2].strip() for line in told.splitlines() if "|" in line}
    return names | {name.split(".")[0] for name in names}


def test_a_station_as_init_makes_it_idles_without_what_is_heavy(tmp_path: Path) -> None:
    station, time = tmp_path / "station", SystemTime()
    main(["init", str(station)], standalone_mode=False)
    command = [sys.executable, "-X", "importtime", "-m", "broadcaster"]
    said = tmp_path / "stderr"
    with (
        said.open("wb") as stderr,
        subprocess.Popen([*command, "--station", str(station), "run"], stderr=stderr) as child,
    ):
        try:
            end = time.monotonic() + PATIENCE
            while not list((station / "var" / "signs").rglob("*.gif")):
                assert time.monotonic() < end, said.read_text()
                threading.Event().wait(0.02)
            child.terminate()
            assert child.wait(PATIENCE) == 0
        finally:
            child.kill()
    modules = loaded(said.read_text())
    assert "broadcaster.signs.virtual" in modules
    # APScheduler is what it waits by.
    assert modules & HEAVY == {"apscheduler"}
    assert modules & ABSENT == set()
