"""The files of a running station are edited: taken whole, or not at all, within two seconds."""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from broadcaster.clock import SimulatedTime
from broadcaster.daemon.edits import Edits, Files
from broadcaster.domain.station import Station
from broadcaster.errors import Problem, UserError
from broadcaster.health.faults import Faults
from broadcaster.station.load import load
from broadcaster.station.state import state
from tests.stations import GREETING, changed, devices

DEVICES = devices(name="Đài thử", heard="phuong", seen="bang", speaker="loa", sign="cong")
PLAYLIST = """\
format = 1
[campaign]
title = "Thử"
[[radio]]
id = "sang"
at = ["06:00"]
zones = ["phuong"]
items = [{ script = "loi-chao" }]
"""
START = datetime(2025, 9, 22, 5, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))


class Desk:
    """A station folder and what was taken of it, each with when."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.time = SimulatedTime(START)
        self.faults = Faults(self.time)
        self.taken: list[tuple[float, Station, Sequence[str]]] = []
        self.reads = 0
        for name, text in (
            ("devices.toml", DEVICES),
            ("playlists/thu.toml", PLAYLIST),
            ("scripts/loi-chao.md", GREETING),
        ):
            self.write(name, text)
        self.edits = self.watcher()

    def watcher(self) -> Edits:
        files = Files(lambda: state(self.folder), self.load)
        problems = load(self.folder).problems
        return Edits(files, self.take, self.time, self.faults, state(self.folder), problems)

    def write(self, name: str, text: str) -> None:
        path = self.folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
        # Simulated time stands still for the disk: two edits may fall on one instant of its clock.
        self.reads += 1
        os.utime(path, ns=(self.reads * 10**9, self.reads * 10**9))

    def load(self) -> tuple[Station, Sequence[Problem]]:
        loaded = load(self.folder)
        if loaded.station is None:
            raise UserError(loaded.problems)
        return loaded.station, loaded.problems

    async def take(self, station: Station, files: Sequence[str]) -> None:
        self.taken.append((self.time.monotonic(), station, files))

    def run(self, act: Callable[[], Awaitable[Any]]) -> None:
        """Watch while something is done."""

        async def main() -> None:
            watching = asyncio.create_task(self.edits.watch())
            await act()
            watching.cancel()

        self.time.run(main())

    def after(self, seconds: float, name: str, text: str) -> None:
        """Change a file once it is watched, and wait."""

        async def act() -> None:
            await self.time.sleep(seconds)
            self.write(name, text)
            await self.time.sleep(10)

        self.run(act)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def test_a_changed_playlist_is_taken_within_two_seconds_of_being_saved(desk: Desk) -> None:
    desk.after(3.5, "playlists/thu.toml", PLAYLIST.replace("06:00", "07:00"))
    ((when, station, files),) = desk.taken
    assert when - 3.5 < 2
    assert list(files) == ["playlists/thu.toml"]
    assert [f"{at:%H:%M}" for at in station.campaigns[0].radio[0].at] == ["07:00"]


@pytest.mark.parametrize(
    "name",
    ["scripts/loi-chao.md", "devices.toml", "lexicon.toml", "scripts/nhac/a.flac", "voices/a.onnx"],
)
def test_whatever_a_station_is_read_from_is_watched(desk: Desk, name: str) -> None:
    texts = {"scripts/loi-chao.md": GREETING + "\nXin chào.\n", "devices.toml": DEVICES + "\n"}
    (desk.folder / name).parent.mkdir(exist_ok=True, parents=True)
    desk.after(1, name, texts.get(name, "format = 1\n"))
    assert [list(files) for _, _, files in desk.taken] == [[name]]


def test_what_is_hidden_or_of_the_daemon_itself_is_no_edit(desk: Desk) -> None:
    async def act() -> None:
        for name in ("playlists/.thu.toml.swp", "var/ledger.sqlite", "README.md"):
            desk.write(name, "x")
        await desk.time.sleep(10)

    desk.run(act)
    assert desk.taken == []


def test_a_broken_edit_is_not_taken_and_told_with_file_and_line(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    desk.after(1, "playlists/thu.toml", PLAYLIST.replace("06:00", "26:00"))
    assert desk.taken == []
    told = [(each.__dict__["action"], each.getMessage()) for each in caplog.records]
    assert told == [
        (
            "edit-problem",
            'playlists/thu.toml:6: radio.sang.at: must be a time of day like "05:30", not "26:00"',
        ),
        (
            "edit-refused",
            "edit: was not taken, and the station runs on as it was: playlists/thu.toml",
        ),
    ]
    assert [fault.action for fault in desk.faults.present()] == ["edit-refused"]
    first, *_ = desk.edits.last.problems
    assert (first.file, first.line, desk.edits.last.taken) == ("playlists/thu.toml", 6, False)


def test_a_good_edit_beside_a_broken_one_waits_for_it_and_both_are_taken_when_it_is_mended(
    desk: Desk,
) -> None:
    async def act() -> None:
        desk.write("playlists/thu.toml", PLAYLIST.replace("sang", "SANG"))
        desk.write("devices.toml", changed(DEVICES, ("Đài thử", "Đài phường")))
        await desk.time.sleep(5)
        assert desk.taken == []
        desk.write("playlists/thu.toml", PLAYLIST.replace("sang", "chieu"))
        await desk.time.sleep(5)

    desk.run(act)
    ((_, station, _),) = desk.taken
    assert (station.name, station.campaigns[0].radio[0].id) == ("Đài phường", "chieu")
    assert desk.faults.present() == []


def test_a_station_of_which_nothing_is_right_leaves_the_last_one_running(desk: Desk) -> None:
    desk.after(1, "devices.toml", "format = ")
    assert desk.taken == []
    assert not desk.edits.last.taken


def test_a_problem_that_was_there_before_hinders_no_edit_wherever_it_moves(desk: Desk) -> None:
    desk.write("scripts/hong.md", "no front matter\n")
    desk.edits = desk.watcher()

    async def act() -> None:
        desk.write("scripts/hong.md", "\n\nno front matter\n")
        desk.write("playlists/thu.toml", PLAYLIST.replace("06:00", "07:00"))
        await desk.time.sleep(5)

    desk.run(act)
    assert len(desk.taken) == 1


def test_a_file_that_is_written_for_a_while_is_taken_once_when_it_is_whole(desk: Desk) -> None:
    async def act() -> None:
        for number in range(20):
            desk.write("scripts/ban-tin.mp3", "x" * number)
            await desk.time.sleep(0.25)
        assert desk.taken == []
        await desk.time.sleep(2)

    desk.run(act)
    assert len(desk.taken) == 1


def test_a_removed_playlist_is_an_edit(desk: Desk) -> None:
    async def act() -> None:
        (desk.folder / "playlists/thu.toml").unlink()
        await desk.time.sleep(5)

    desk.run(act)
    ((_, station, files),) = desk.taken
    assert (station.campaigns, list(files)) == ((), ["playlists/thu.toml"])


def test_a_reload_takes_at_once_what_nobody_has_seen_yet(desk: Desk) -> None:
    async def act() -> None:
        desk.write("playlists/thu.toml", PLAYLIST.replace("06:00", "07:00"))
        edit = await desk.edits.reload()
        assert (edit.taken, edit.files) == (True, ("playlists/thu.toml",))
        await desk.time.sleep(5)

    desk.run(act)
    assert len(desk.taken) == 1


def test_a_reload_of_what_was_not_changed_says_so(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    desk.run(desk.edits.reload)
    assert (desk.edits.last.taken, desk.edits.last.files) == (True, ())
    assert [record.getMessage() for record in caplog.records] == [
        "read again: nothing was changed in the station's files"
    ]


def test_a_reload_of_what_was_refused_before_names_it_again(desk: Desk) -> None:
    async def act() -> None:
        desk.write("playlists/thu.toml", PLAYLIST.replace("06:00", "26:00"))
        await desk.time.sleep(5)
        edit = await desk.edits.reload()
        assert (edit.taken, edit.files) == (False, ("playlists/thu.toml",))
        desk.write("scripts/moi.md", GREETING)
        desk.write("playlists/thu.toml", PLAYLIST)
        await desk.time.sleep(5)

    desk.run(act)
    assert [list(files) for _, _, files in desk.taken] == [["playlists/thu.toml", "scripts/moi.md"]]


def test_a_fault_nobody_foresaw_leaves_the_watch_going(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    async def fails(*_: object) -> None:
        raise ZeroDivisionError

    files = Files(lambda: state(desk.folder), desk.load)
    desk.edits = Edits(files, fails, desk.time, desk.faults, state(desk.folder))

    async def act() -> None:
        desk.write("playlists/thu.toml", PLAYLIST.replace("06:00", "07:00"))
        await desk.time.sleep(5)
        desk.write("playlists/thu.toml", PLAYLIST.replace("06:00", "08:00"))
        await desk.time.sleep(5)

    desk.run(act)
    told = [each.__dict__.get("action") for each in caplog.records]
    assert told == ["edit-failed", "edit-failed"]
