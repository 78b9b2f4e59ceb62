"""The real daemon in its own process: started, killed and stopped as machines and people do."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from broadcaster.clock import SystemTime
from broadcaster.domain.record import Record
from broadcaster.errors import DeviceError
from broadcaster.ledger.chain import verify
from broadcaster.ledger.sqlite import SqliteLedger
from tests.stations import loudspeaker

DEVICES = loudspeaker(allowed="00:00-24:00", driver='"file"')
PLAYLIST = """\
format = 1
[campaign]
title = "Thử"
[[radio]]
id = "nhac-hieu"
at = ["{at}"]
late = "30m"
zones = ["phuong"]
items = [{{ chime = "default" }}, {{ pause = "4s" }}, {{ chime = "closing" }}]
"""
PATIENCE = 60.0
LOOK_EVERY = 0.02


@pytest.fixture
def station(tmp_path: Path) -> Path:
    """Make a station whose one broadcast is due this very minute."""
    now = SystemTime().now().astimezone(ZoneInfo("Asia/Ho_Chi_Minh"))
    for name in ("playlists", "scripts"):
        (tmp_path / name).mkdir()
    (tmp_path / "devices.toml").write_text(DEVICES)
    (tmp_path / "playlists" / "thu.toml").write_text(PLAYLIST.format(at=f"{now:%H:%M}"))
    return tmp_path


@contextmanager
def daemon(station: Path) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-m", "broadcaster", "--station", str(station), "run"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as child:
        try:
            yield child
        finally:
            child.kill()


def records(station: Path) -> list[Record]:
    return [record for record in records_with_signs(station) if record.kind != "sign"]


def records_with_signs(station: Path) -> list[Record]:
    try:
        ledger = SqliteLedger(station / "var" / "ledger.sqlite", read_only=True)
    except DeviceError:
        return []
    try:
        return list(ledger.records())
    finally:
        ledger.close()


def wait(until: Callable[[], bool]) -> None:
    time, never = SystemTime(), threading.Event()
    end = time.monotonic() + PATIENCE
    while not until():
        assert time.monotonic() < end, "it never came"
        never.wait(LOOK_EVERY)


def kinds(station: Path) -> list[str]:
    return [record.kind for record in records(station)]


def test_killed_while_it_sounds_it_is_not_heard_again(station: Path) -> None:
    with daemon(station) as first:
        wait(lambda: "audible" in kinds(station))
        first.send_signal(signal.SIGKILL)
        first.wait()
    assert kinds(station) == ["station", "intent", "audible"]
    audio = station / "var" / "audio" / "loa"
    (audio / "mot-lan-truoc.flac.part").touch()
    assert len(list(audio.glob("*.part"))) == 2
    with daemon(station) as second:
        wait(lambda: "finished" in kinds(station))
        second.send_signal(signal.SIGTERM)
        assert second.wait() == 0
    assert kinds(station) == ["station", "intent", "audible", "station", "finished", "station"]
    (end,) = (record for record in records(station) if record.kind == "finished")
    assert end.data["outcome"] == "partial"
    assert list(audio.iterdir()) == []
    assert verify(records_with_signs(station)) is None


def test_stopped_while_it_sounds_it_keeps_what_was_heard(station: Path) -> None:
    with daemon(station) as child:
        wait(lambda: "audible" in kinds(station))
        child.send_signal(signal.SIGTERM)
        assert child.wait() == 0
    (end,) = (record for record in records(station) if record.kind == "finished")
    assert (end.data["outcome"], end.data["reason"]) == (
        "partial",
        "the station was stopped while it sounded",
    )
    (kept,) = (station / "var" / "audio" / "loa").iterdir()
    assert kept.suffix == ".flac"


def test_it_sounds_to_its_end_and_then_idles(station: Path) -> None:
    with daemon(station) as child:
        wait(lambda: "finished" in kinds(station))
        child.send_signal(signal.SIGINT)
        assert child.wait() == 0
    (end,) = (record for record in records(station) if record.kind == "finished")
    assert end.data["outcome"] in {"aired", "late"}
    heard = end.at - datetime.fromisoformat(str(records(station)[2].at))
    assert abs(heard.total_seconds() - end.data["seconds"]) < 1


def test_two_daemons_of_one_station_do_not_both_start(station: Path) -> None:
    with daemon(station) as first:
        wait(lambda: "station" in kinds(station))
        with daemon(station) as second:
            _, said = second.communicate(timeout=PATIENCE)
        assert second.returncode == 1
        assert said == f"another daemon runs this station already: {station}\n"
        assert first.poll() is None


def test_a_state_folder_that_cannot_be_written_is_said(station: Path) -> None:
    (station / "var").write_text("a file where the folder should be")
    with daemon(station) as child:
        _, said = child.communicate(timeout=PATIENCE)
    assert child.returncode == 3
    assert "var" in said
    assert "running" not in said
    assert "Traceback" not in said


def test_a_playlist_that_is_saved_while_it_runs_is_aired_without_a_restart(station: Path) -> None:
    playlist = station / "playlists" / "thu.toml"
    text = playlist.read_text()
    playlist.write_text(text.replace("[[radio]]", "[[radio]]\nenabled = false"))
    with daemon(station) as child:
        wait(lambda: "station" in kinds(station))
        playlist.write_text(text.replace("zones", "zone"))  # broken: nothing of it is taken
        wait(lambda: "thu.toml" in (child.stderr.readline() if child.stderr else ""))
        playlist.write_text(text)
        wait(lambda: "audible" in kinds(station))
        child.send_signal(signal.SIGTERM)
        assert child.wait() == 0
    did = [record.data["did"] for record in records(station) if record.kind == "station"]
    assert did == ["start", "edit", "stop"]
