"""`run`: what a dry run prints, and what becomes of a daemon whose terminal is closed."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from broadcaster.cli import main
from broadcaster.cli.app import App
from broadcaster.clock import SimulatedTime
from broadcaster.ledger.sqlite import SqliteLedger
from broadcaster.wiring.place import ledger_path
from tests.cli.desk import FILE, OUTSIDE, changed, make, told, write
from tests.cli.terminal import terminal

UNRECORDED = """\
scripts/chao.md: only espeak would read this; a recording beside it would be heard instead: chao.wav
scripts/tin.md: only espeak would read this; a recording beside it would be heard instead: tin.wav
"""
NOON = datetime(2025, 9, 22, 5, tzinfo=UTC)


@pytest.fixture
def station(tmp_path: Path) -> Path:
    return make(tmp_path / "station", changed(("items = [{ chime", "items = [{ pause = '5s' }] #")))


def dry_run(station: Path, now: datetime = NOON) -> tuple[int, str, str]:
    app = App(station, SimulatedTime(now))
    return told(CliRunner().invoke(main, ["run", "--dry-run"], obj=app, catch_exceptions=False))


def test_what_lies_ahead_is_printed_until_tomorrow_ends_and_nothing_is_opened(
    station: Path,
) -> None:
    before = sorted(station.rglob("*"))
    assert dry_run(station) == (
        0,
        """\
22/09/2025 17:00  phuong  ngay-hoi/chieu     0:05
23/09/2025 05:30  phuong  ngay-hoi/sang      1:00
23/09/2025 17:00  phuong  ngay-hoi/chieu     0:05
23/09/2025 17:30  phuong  ngay-hoi/khai-mac  0:05

22/09/2025 06:00-22:00  cong  Chào mừng
23/09/2025 06:00-22:00  cong  Chào mừng
""",
        UNRECORDED,
    )
    assert sorted(station.rglob("*")) == before


def test_it_exits_1_where_a_file_is_wrong_and_prints_the_rest(station: Path) -> None:
    write(station / "playlists" / "hong.toml", "format = 1\n")
    code, data, said = dry_run(station, NOON.replace(day=30))
    assert (code, data) == (1, "")
    assert said == (
        "playlists/hong.toml: campaign: is missing\n"
        "playlists/hong.toml: is empty: it has no radio, led or event table\n"
        f"{UNRECORDED}nothing is planned on these days\n"
    )


def test_it_says_what_is_refused_and_why(station: Path) -> None:
    refused = changed(("17:00", "20:00"), text=(station / FILE).read_text(encoding="utf-8"))
    write(station / FILE, refused)
    _, data, _ = dry_run(station)
    assert (
        data.splitlines()[0]
        == f"22/09/2025 20:00  phuong  ngay-hoi/chieu     0:05  refused: {OUTSIDE}"
    )


def command(station: Path, *words: str) -> Sequence[str]:
    return [sys.executable, "-m", "broadcaster", "--station", str(station), *words]


def act(station: Path, what: str) -> int:
    return subprocess.run(command(station, what), check=False, capture_output=True).returncode


def did(station: Path) -> list[str]:
    ledger = SqliteLedger(ledger_path(station), read_only=True)
    try:
        return [record.data["did"] for record in ledger.records("station")]
    finally:
        ledger.close()


def test_a_daemon_whose_terminal_is_closed_ends_in_order(station: Path) -> None:
    with terminal(command(station, "run"), station, 80, 24) as shown:
        shown.wait(lambda lines: any("is running" in line for line in lines))
        shown.wait(lambda _: (station / "var" / "control.sock").exists())
        shown.hang_up()
        assert shown.child.wait(30) == 0
    assert did(station) == ["start", "stop"]


def test_one_that_is_to_outlive_its_terminal_does(station: Path) -> None:
    with terminal(["nohup", *command(station, "run")], station, 80, 24) as shown:
        assert 0 in (act(station, "pause") for _ in range(60))  # once it is there
        shown.child.send_signal(signal.SIGHUP)
        assert act(station, "resume") == 0
    assert did(station) == ["start", "pause", "resume"]
