"""A station that has aired some, and `log` of it."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

from click.testing import CliRunner, Result

from broadcaster.cli import main
from broadcaster.cli.app import App
from broadcaster.clock import SimulatedTime
from broadcaster.ledger.sqlite import SqliteLedger
from broadcaster.messages import msg, to_json

AT = datetime(2025, 9, 21, 22, 30, tzinfo=UTC)

MORNING = "ngay-hoi/ban-tin/2025-09-22T05:30+07:00/toan-phuong"

EVENING = "ngay-hoi/ban-tin/2025-09-22T17:00+07:00/toan-phuong"

OTHER = "techfest/khai-mac/2025-10-09T05:30+07:00/toan-phuong"

LATE = msg("planned for {planned}; it may begin at most {late} late", planned="17:00", late="10m")

DEVICES = """format = 1
[station]
name = "Đài"
timezone = "Asia/Ho_Chi_Minh"
"""


def make(parent: Path) -> Path:
    """Write the station."""
    folder = parent / "đài"
    folder.mkdir()
    (folder / "devices.toml").write_text(DEVICES, encoding="utf-8")
    return folder


def aired(station: Path) -> Path:
    """Write its ledger."""
    path = station / "var" / "ledger.sqlite"
    kept = SqliteLedger(path)
    sound = {"voice": "espeak:vi", "audio_sha256": "ab12"}
    late = {"outcome": "missed", "reason": str(LATE), "reason_message": to_json(LATE)}
    shown = {"state": "acknowledged", "slogans": ["Chào mừng", "Tự hào"], "reason": ""}
    kept.append(AT - timedelta(hours=1), "station", "station", {"did": "start"})
    kept.append(AT, "intent", MORNING, sound)
    kept.append(AT + timedelta(microseconds=40), "audible", MORNING, {})
    ended = {"outcome": "aired", "reason": "", "seconds": 94.5}
    kept.append(AT + timedelta(seconds=95), "finished", MORNING, ended)
    kept.append(AT + timedelta(hours=1), "sign", "sign/cong", shown)
    kept.append(AT + timedelta(hours=2), "sign", "sign/cong", shown | {"slogans": []})
    kept.append(AT + timedelta(hours=12), "missed", EVENING, late)
    kept.append(AT + timedelta(days=17), "intent", OTHER, sound)
    kept.close()
    return path


def log(folder: Path, *args: str) -> Result:
    """Call `log`."""
    app = App(folder, SimulatedTime(AT))
    return CliRunner().invoke(main, ["log", *args], obj=app)


def lines(result: Result) -> list[dict[str, object]]:
    """Give the lines of JSON of a call that went well."""
    assert (result.exit_code, result.stderr) == (0, "")
    return [json.loads(line) for line in result.stdout.splitlines()]
