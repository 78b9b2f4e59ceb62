"""What a daemon tells of itself, as its status has it, and commands that ask it."""

from __future__ import annotations

import getpass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from broadcaster.cli import main
from broadcaster.cli.app import App
from broadcaster.clock import SimulatedTime
from broadcaster.errors import Problem, problem_json
from broadcaster.messages import Message, msg, to_json
from tests.cli.desk import told

ME = getpass.getuser()
NOW = datetime(2025, 9, 21, 22, 30, 10, tzinfo=UTC)
NONE = "no daemon runs this station; broadcaster run starts it\n"

DEAD = msg("no answer within {seconds} s", seconds=2)


def reason(why: Message | None) -> dict[str, Any]:
    return {"reason": str(why or ""), "reason_message": to_json(why) if why else None}


def airing(begins: str, ends: str, **more: Any) -> dict[str, Any]:
    return {
        "key": "k", "group": "g", "campaign": "ngay-hoi", "slot": "sang", "title": "Ngày hội",
        "zone": "phuong", "class": "normal", "speakers": ["loa"], "begins": begins,
        "started": begins, "ends": ends, "position": 10.0,
    } | more  # fmt: skip


QUIET: dict[str, Any] = {
    "station": "Đài thử", "version": "0.1.0",
    "now": "2025-09-22T05:30:10+07:00", "started": "2025-09-21T19:00:00+07:00",
    "clock": {"trusted": True, **reason(None)}, "paused": None, "season": None,
    "on_air": [], "next": [], "devices": [], "problems": [],
}  # fmt: skip
BUSY = QUIET | {
    "on_air": [airing("2025-09-22T05:30:00+07:00", "2025-09-22T05:31:15+07:00")],
    "next": [
        airing("2025-09-22T17:00:00+07:00", "", slot="chieu"),
        airing("2025-09-22T17:01:15+07:00", "", slot="tin", zone="to-5", **{"class": "priority"}),
    ],
    "devices": [
        {"id": "loa", "kind": "speaker", "state": "ok", "since": None, **reason(None)},
        {"id": "cong", "kind": "sign", "state": "failed", "since": "2025-09-22T05:12:07+07:00",
         **reason(DEAD)},
        {"id": "espeak", "kind": "engine", "state": "unknown", "since": None, **reason(None)},
    ],
    "problems": [problem_json(Problem("playlists/a.toml", 3, "radio.x", msg("is missing")))],
}  # fmt: skip


def run(station: Path, *words: str, now: datetime = NOW) -> tuple[int, str, str]:
    """Call a command at an instant, and give what came of it."""
    app = App(station, SimulatedTime(now))
    return told(CliRunner().invoke(main, words, obj=app, catch_exceptions=False))
