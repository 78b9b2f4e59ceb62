"""A station with two slots and a sign, and the command line of who looks at its plan."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from click.testing import CliRunner, Result

from broadcaster.cli import main
from broadcaster.cli.app import App
from broadcaster.clock import SimulatedTime
from tests.stations import changed, devices

DEVICES = changed(
    devices(name="Đài thử", heard="phuong", seen="bang", speaker="loa", sign="cong"),
    (', "16:30-19:00"', ""),
    ('driver = "file"\n', 'driver = "file"\nvolume = 80\n'),
)

PLAYLIST = """\
format = 1
[campaign]
title = "Ngày hội"
from = 2025-09-22
until = 2025-09-23

[[radio]]
id = "sang"
at = ["05:30", "17:00"]
zones = ["phuong"]
items = [{ pause = "62s" }]

[[radio]]
id = "tin"
at = ["05:30"]
class = "priority"
zones = ["phuong"]
items = [{ pause = "30s" }]

[[led]]
id = "khau-hieu"
between = ["06:00-22:00"]
zones = ["bang"]
slogans = ["Chào mừng", "Ngày hội"]
"""

BEFORE = datetime(2025, 9, 21, tzinfo=UTC)


def make(folder: Path) -> Path:
    """Write the station."""
    for name in ("playlists", "scripts"):
        (folder / name).mkdir()
    (folder / "devices.toml").write_text(DEVICES)
    (folder / "playlists" / "ngay-hoi.toml").write_text(PLAYLIST)
    return folder


def run(station: Path, *words: str, now: datetime = BEFORE) -> Result:
    """Call `broadcaster` before the campaign has begun, or when it is said."""
    return CliRunner().invoke(main, words, obj=App(station, SimulatedTime(now)))
