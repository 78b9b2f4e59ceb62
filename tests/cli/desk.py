"""A small station, and the command line of who edits it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from click.testing import CliRunner, Result

from broadcaster.cli import main
from broadcaster.cli.app import App
from broadcaster.clock import SimulatedTime
from tests import stations
from tests.stations import GREETING, devices

FILE = "playlists/ngay-hoi.toml"
DEVICES = devices(name="Đài thử", heard="phuong", seen="bang", speaker="loa", sign="cong")
PLAYLIST = """\
# Đợt của phường.
format = 1

[campaign]
title = "Ngày hội"      # tên gọi
from = 2025-09-22
until = 2025-09-24      # tính cả ngày này

# Loa phát hai buổi.
[[radio]]
id = "sang"
at = ["05:30"]          # ai cũng đã dậy
zones = ["phuong"]
items = [{ pause = "60s" }]

[[radio]]
id = "chieu"
at = ["17:00"]
zones = ["phuong"]
items = [{ chime = "default" }, { script = "chao" }]

# Bảng ở cổng.
[[led]]
id = "khau-hieu"
between = ["06:00-22:00"]
zones = ["bang"]
slogans = ["Chào mừng"]

[[event]]
id = "khai-mac"
title = "Lễ khai mạc"
date = 2025-09-24
part = "sáng"
remind = { before = "1d", at = "17:30", script = "chao", zones = ["phuong"] }
"""
NEWS = """\
---
title: Bản tin
letter: 12/UBND
---
Kính thưa bà con.

Phường ta có tin vui.
"""
OUTSIDE = "outside the hours allowed for broadcasts, 05:00-07:30, 16:30-19:00"


def make(folder: Path, playlist: str = PLAYLIST) -> Path:
    """Write the station."""
    files = {
        "devices.toml": DEVICES,
        FILE: playlist,
        "scripts/chao.md": GREETING,
        "scripts/tin.md": NEWS,
    }
    for name, text in files.items():
        write(folder / name, text)
    return folder


def write(path: Path, text: str) -> None:
    """Write a file, its lines ending as the text has them."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode())


def read(station: Path, file: str = FILE) -> str:
    """Read a file, its lines ending as it has them."""
    return (station / file).read_bytes().decode()


def changed(*changes: tuple[str, str], text: str = PLAYLIST) -> str:
    """Replace pieces of the playlist, or of another text, of which it has one each."""
    return stations.changed(text, *changes)


def run(station: Path, *words: str, stdin: str | bytes | None = None) -> Result:
    """Call `broadcaster` on the first of September 2025; what it does not catch is raised."""
    app = App(station, SimulatedTime(datetime(2025, 9, 1, tzinfo=UTC)))
    return CliRunner().invoke(main, words, obj=app, input=stdin, catch_exceptions=False)


def told(result: Result) -> tuple[int, str, str]:
    """Give all that is seen of a call: how it ended, its data, its talk."""
    return result.exit_code, result.stdout, result.stderr


def usage(command: str, arguments: str, error: str) -> tuple[int, str, str]:
    """Give all that is seen of a call that was not understood."""
    hint = f"Try 'main {command} --help' for help."
    return 2, "", f"Usage: main {command} {arguments}\n{hint}\n\nError: {error}\n"
