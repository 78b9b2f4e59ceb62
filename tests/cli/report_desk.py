"""A station whose ledger is the one computed by hand, and `report` of it."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from click.testing import CliRunner

from broadcaster.cli import main
from broadcaster.cli.app import App
from broadcaster.clock import SimulatedTime
from broadcaster.ledger.sqlite import SqliteLedger
from tests.report.hand import at, fill

LEDGER = Path("var", "ledger.sqlite")
STATION = """format = 1
[station]
name = "Đài truyền thanh phường An Biên"
timezone = "Asia/Ho_Chi_Minh"
[airtime]
allowed = ["05:00-07:30"]
[zones.loa]
name = "Toàn phường"
speakers = ["loa-chinh"]
[zones.loa-2]
speakers = ["loa-chinh"]
[zones.bang]
signs = ["cong"]
[speakers.loa-chinh]
driver = "file"
[signs.cong]
name = "Cổng phường"
driver = "virtual"
width = 128
height = 16
"""
PLAYLIST = """format = 1
[campaign]
title = "Ngày hội"
implements = ["3093/SKHCN-QLCL"]
from = 2025-09-22
until = 2025-09-24
[[led]]
id = "khau-hieu"
between = ["06:00-22:00"]
zones = ["bang"]
slogans = ["Chào mừng"]
"""


def make(folder: Path) -> Path:
    """Write the station and its ledger."""
    (folder / "playlists").mkdir()
    (folder / "devices.toml").write_text(STATION, encoding="utf-8")
    (folder / "playlists" / "ngay-hoi.toml").write_text(PLAYLIST, encoding="utf-8")
    ledger = SqliteLedger(folder / LEDGER)
    fill(ledger)
    ledger.close()
    return folder


def run(station: Path, *args: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(main, ["report", *args], obj=App(station, SimulatedTime(at(25, 9))))
    return result.exit_code, result.stdout, result.stderr


def tamper(path: Path) -> None:
    """Make of an airing that was cut short a whole one."""
    db = sqlite3.connect(path)
    db.execute("DROP TRIGGER record_edit")
    db.execute("UPDATE record SET data = replace(data, '120.0', '240.0') WHERE seq = 4")
    db.commit()
    db.close()
