"""`status --watch`, in a real terminal and in a pipe: what is seen, and when it ends."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import unicodedata
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from broadcaster.clock import SystemTime
from broadcaster.messages import msg
from broadcaster.wiring.place import alone
from tests.cli.desk import make
from tests.cli.telling import BUSY, QUIET, airing, reason
from tests.cli.terminal import Terminal, terminal
from tests.control.house import house

LONG = "Tuyên truyền Ngày hội Đổi mới sáng tạo quốc gia và Techfest Hải Phòng 2025"
NAMED = QUIET | {"station": "Đài truyền thanh phường Ngô Quyền"}


@pytest.fixture
def station(tmp_path: Path) -> Path:
    return make(tmp_path / "dai")


@contextmanager
def watched(station: Path, columns: int = 80, rows: int = 24, **env: str) -> Iterator[Terminal]:
    command = [sys.executable, "-m", "broadcaster", "--station", str(station), "status", "--watch"]
    with terminal(command, station, columns, rows, **env) as shown:
        yield shown


def sounding(title: str, seconds: float = 0.0) -> dict[str, Any]:
    """Tell of something on air that ends in so many seconds."""
    begins = datetime(2025, 9, 22, tzinfo=UTC)
    ends = SystemTime().now() + timedelta(seconds=seconds) if seconds else begins
    return airing(begins.isoformat(), ends.isoformat(), title=title)


def test_it_is_drawn_anew_on_each_change_and_nothing_is_left_of_what_was_there(
    station: Path,
) -> None:
    with house(station) as served:
        served.desk.told = BUSY | {"on_air": [sounding(LONG)]}
        with watched(station) as shown:
            before = shown.wait(lambda lines: "Problems" in lines)
            assert before[3] == f"  phuong  ngay-hoi/sang  {LONG}"[:79] + "…"
            served.desk.told = NAMED
            served.call(served.desk.change, {"kind": "status"})
            quiet = [
                "Đài truyền thanh phường Ngô Quyền: running since 21/09/2025 19:00", "",
                "On air: nothing", "", "Next: nothing", "", "Devices: nothing", "",
                "Problems: nothing",
            ]  # fmt: skip
            shown.wait(lambda lines: lines == quiet)


def test_what_is_left_of_an_airing_counts_down_by_itself(station: Path) -> None:
    with house(station) as served:
        served.desk.told = QUIET | {"on_air": [sounding("Ngày hội", 3600)]}
        with watched(station) as shown:
            first = shown.wait(lambda lines: len(lines) > 3)[3]
            assert shown.wait(lambda lines: lines[3] != first)[3].endswith(" left")


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_columns_stand_below_one_another_however_letters_are_written(
    form: str, station: Path
) -> None:
    def text(said: str) -> str:
        return unicodedata.normalize(form, said)  # type: ignore[arg-type]

    names = ["loa-ủy-ban", "loa-chợ", "loa"]
    devices = [
        {"id": text(name), "kind": "speaker", "state": "ok", "since": None, **reason(None)}
        for name in names
    ]
    with house(station) as served:
        served.desk.told = QUIET | {"devices": devices}
        with watched(station) as shown:
            lines = shown.wait(lambda lines: "Problems: nothing" in lines)
    assert lines[7:10] == [f"  {name.ljust(10)}  loudspeaker  works" for name in names]


@pytest.mark.parametrize("columns", [20, 40, 132])
def test_every_line_has_its_row_at_any_width(columns: int, station: Path) -> None:
    with house(station) as served:
        served.desk.told = BUSY | {"on_air": [sounding(LONG)]}
        with watched(station, columns, 40, LANGUAGE="vi", LC_ALL="C.UTF-8") as shown:
            lines = shown.wait(lambda lines: "Lỗi trong tệp"[:columns] in lines)
    assert len(lines) == 16
    whole = f"  phuong  ngay-hoi/sang  {LONG}  còn 0:00"
    assert lines[3] == (whole if len(whole) <= columns else whole[: columns - 1] + "…")
    assert lines[0][:17] == "Đài thử: chạy từ "


def test_a_terminal_that_is_too_low_shows_what_failed_and_says_how_much_more_there_is(
    station: Path,
) -> None:
    fine = {"kind": "sign", "state": "ok", "since": None, **reason(None)}
    dead = fine | {"id": "cong-50", "state": "failed", **reason(msg("is unplugged"))}
    devices = [*(fine | {"id": f"cong-{number}"} for number in range(1, 50)), dead]
    with house(station) as served:
        served.desk.told = QUIET | {"devices": devices}
        with watched(station, 60, 15) as shown:
            more = "… and 46 lines more, for a taller window"
            lines = shown.wait(lambda lines: lines[-1:] == [more])
            assert lines[0] == "Đài thử: running since 21/09/2025 19:00"
            assert lines[7] == "  cong-50  sign  failed  is unplugged"
            shown.resize(60, 80)
            shown.wait(lambda lines: len(lines) == 59 and lines[-1] == "Problems: nothing")


def test_ctrl_c_ends_it_and_leaves_the_shell_a_line_of_its_own(station: Path) -> None:
    with house(station) as served:
        served.desk.told = QUIET
        with watched(station) as shown:
            before = shown.wait(lambda lines: "Problems: nothing" in lines)
            shown.type(b"\x03")
            assert shown.child.wait(30) == 0
            assert shown.wait(lambda lines: "^C" in lines) == [*before, "^C"]


def test_it_outlives_the_daemon_says_that_it_is_gone_and_shows_the_next_one(station: Path) -> None:
    gone = "no daemon runs this station, so nothing airs; broadcaster run starts it"
    held = ["daemon: runs and can't be asked; its log says why"]
    with ExitStack() as served:
        served.enter_context(house(station)).desk.told = QUIET
        with watched(station, 100) as shown:
            shown.wait(lambda lines: "Problems: nothing" in lines)
            with alone(station):  # it is ending, and can't be asked any more
                served.close()
                shown.wait(lambda lines: lines == held)
            assert shown.wait(lambda lines: lines[:1] == [gone])[1] == "it has never run"
            with house(station) as again:
                again.desk.told = NAMED
                shown.wait(lambda lines: "Problems: nothing" in lines)
                assert shown.lines[0].startswith(NAMED["station"])


def test_status_is_watched_through_changes_and_the_daemons_end(station: Path) -> None:
    command = [sys.executable, "-m", "broadcaster", "--station", str(station), "status", "--watch"]
    with house(station) as served:
        served.desk.told = QUIET
        with subprocess.Popen(
            [*command, "--json"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
            env=os.environ | {"PYTHONUNBUFFERED": "1"},
        ) as child:  # fmt: skip
            assert child.stdout
            assert json.loads(child.stdout.readline()) == {"running": True, **QUIET}
            served.desk.told = BUSY
            served.call(served.desk.change, {"kind": "status"})
            assert json.loads(child.stdout.readline()) == {"running": True, **BUSY}
            served.call(served.desk.change, None)
            served.wait(lambda: not served.desk.followers)
            assert json.loads(child.stdout.readline())["running"]
            served.wait(lambda: bool(served.desk.followers))
            assert json.loads(child.stdout.readline())["running"]
            child.send_signal(signal.SIGINT)
            assert child.stdout.read() == ""
            assert child.wait() == 0
