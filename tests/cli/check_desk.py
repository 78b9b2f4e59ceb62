"""A station that is right, to be spoilt, and `check` of it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from click.testing import CliRunner, Result

from broadcaster.cli import main
from broadcaster.cli.app import App
from broadcaster.clock import SimulatedTime
from tests.audio.sounds import sine
from tests.stations import loudspeaker

DEVICES = loudspeaker(allowed="05:00-07:30", driver='"file"')

PLAYLIST = """\
format = 1
[campaign]
title = "Ngày hội"
from = 2025-09-22
until = 2025-10-05

[[radio]]
id = "sang"
at = ["05:30"]
zones = ["phuong"]
items = [{ chime = "default" }, { script = "chao" }]
"""

BAD_SIGN = """\
[signs.cong]
driver = "virtual"
width = "128px"
height = 16
idel = "clock"
"""

AT_NIGHT = """
[[radio]]
id = "dem"
at = ["03:15"]
zones = ["phuong"]
items = [{ pause = "2s" }]
"""

SCRIPT = "---\ntitle: Lời chào\n---\nKính thưa bà con.\n"


def make(folder: Path) -> Path:
    """Write the station."""
    for name in ("playlists", "scripts"):
        (folder / name).mkdir()
    (folder / "devices.toml").write_text(DEVICES)
    (folder / "playlists" / "ngay-hoi.toml").write_text(PLAYLIST)
    (folder / "scripts" / "chao.md").write_text(SCRIPT)
    # So that nobody is warned of the machine's voice.
    sine(folder / "scripts" / "chao.wav", 1)
    return folder


def check(station: Path, *more: str, today: datetime = datetime(2025, 9, 1, tzinfo=UTC)) -> Result:
    """Call `check` on a day."""
    app = App(station, SimulatedTime(today))
    return CliRunner().invoke(main, ["check", *more], obj=app)
