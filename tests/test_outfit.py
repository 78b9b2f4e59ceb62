"""What an edit of devices.toml leaves alone stays the same object: a port is not opened twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from broadcaster.clock import SystemTime
from broadcaster.daemon.equipment import Equipment
from broadcaster.domain.station import Station
from broadcaster.health.faults import Faults
from broadcaster.station.load import load
from broadcaster.wiring.outfit import Outfit
from tests.stations import changed

DEVICES = """\
format = 1
[station]
name = "Đài thử"
timezone = "Asia/Ho_Chi_Minh"
[airtime]
allowed = ["05:00-22:00"]
[zones.phuong]
speakers = ["loa-1", "loa-2", "loa-3"]
[zones.bang]
signs = ["cong", "cho", "ao"]
[speakers.loa-1]
driver = "soundcard"
amplifier = { link = "serial:///dev/ttyS1", line = "rts" }
[speakers.loa-2]
driver = "soundcard"
amplifier = { link = "serial:///dev/ttyS1", line = "dtr" }
[speakers.loa-3]
driver = "soundcard"
amplifier = { link = "serial:///dev/ttyS2", line = "rts" }
[signs.cong]
driver = "onbon-bx6"
link = "socket://127.0.0.1:5005"
width = 128
height = 16
[signs.cho]
driver = "onbon-bx6"
link = "serial:///dev/ttyS3"
address = 2
width = 128
height = 16
[signs.ao]
driver = "virtual"
width = 128
height = 16
"""


def read(folder: Path, text: str) -> Station:
    (folder / "devices.toml").write_text(text, encoding="utf-8")
    loaded = load(folder)
    assert loaded.station is not None
    assert [problem for problem in loaded.problems if problem.level == "error"] == []
    return loaded.station


def kept(before: Equipment, after: Equipment) -> set[str]:
    """Name the devices that are the same objects."""
    found = {name for name, each in after.speakers.items() if before.speakers.get(name) is each}
    found |= {name for name, each in after.signs.items() if before.signs.get(name) is each}
    old, new = before.powers, after.powers
    return found | {
        f"{name}.amplifier"
        for name in new
        if name in old and old[name].amplifier is new[name].amplifier
    }


ALL = {
    "loa-1", "loa-2", "loa-3", "cong", "cho", "ao",
    "loa-1.amplifier", "loa-2.amplifier", "loa-3.amplifier",
}  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new", "anew"),
    [
        ('allowed = ["05:00-22:00"]', 'allowed = ["06:00-22:00"]', set()),
        ("width = 128\nheight = 16\n[signs.cho]", "width = 96\nheight = 16\n[signs.cho]", {"cong"}),
        # Whoever shares a port with what is described anew shares its new opening.
        ('ttyS1", line = "dtr"', 'ttyS2", line = "dtr"',
         {"loa-2", "loa-1.amplifier", "loa-2.amplifier", "loa-3.amplifier"}),
        ("ttyS3", "ttyS4", {"cho"}),
        ('name = "Đài thử"', 'name = "Đài phường"', {"loa-1", "loa-2", "loa-3"}),
        ("Asia/Ho_Chi_Minh", "Asia/Bangkok", {"cong", "cho", "ao"}),
    ],
)  # fmt: skip
def test_only_what_is_described_otherwise_is_made_anew(
    tmp_path: Path, old: str, new: str, anew: set[str]
) -> None:
    outfit = Outfit(SystemTime(), Faults(SystemTime()))
    before = outfit.fit(read(tmp_path, DEVICES))
    after = outfit.fit(read(tmp_path, changed(DEVICES, (old, new))))
    assert kept(before, after) == ALL - anew
    assert after.studio is not before.studio


def test_a_warm_up_is_changed_on_the_same_amplifier(tmp_path: Path) -> None:
    outfit = Outfit(SystemTime(), Faults(SystemTime()))
    station = read(tmp_path, DEVICES)
    before = outfit.fit(station)
    spec = station.speakers["loa-1"]
    assert spec.amplifier is not None
    slower = replace(spec, amplifier=replace(spec.amplifier, warm_up=timedelta(seconds=9)))
    after = outfit.fit(replace(station, speakers={**station.speakers, "loa-1": slower}))
    assert kept(before, after) == ALL - {"loa-1"}
    assert after.powers["loa-1"].warm_up == 9
