"""`playlist new`, and what every edit is asked for: nothing written in a dry run, nothing mixed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest

from tests.cli.desk import FILE, PLAYLIST, make, read, run, told, usage

ARGUMENTS = "[OPTIONS] ID"


@pytest.fixture
def station(tmp_path: Path) -> Path:
    return make(tmp_path)


def new(station: Path, *words: str) -> tuple[int, str, str]:
    return told(run(station, "playlist", "new", *words))


def test_a_new_playlist_holds_what_is_given_in_the_order_people_write(station: Path) -> None:
    result = new(
        station, "techfest", "--title", "Techfest", "--until", "2025-10-11", "--from", "08/10/2025",
        "--class", "priority", "--implements", "3093/SKHCN-QLCL, 7/KH", "--implements", "7/KH",
        "--implements", "8/KH", "--theme", "  Sáng tạo   không giới hạn ",
    )  # fmt: skip
    assert result == (
        0,
        "",
        """\
the timetable stays as it is
written: playlists/techfest.toml
next: broadcaster playlist add techfest radio, slogan or event
""",
    )
    assert read(station, "playlists/techfest.toml") == (
        """\
format = 1

[campaign]
title = "Techfest"
theme = "Sáng tạo không giới hạn"
implements = ["3093/SKHCN-QLCL", "7/KH", "8/KH"]
from = 2025-10-08
until = 2025-10-11
class = "priority"
"""
    )


def test_letters_in_pieces_are_written_whole(station: Path) -> None:
    title = "Hưởng ứng Ngày hội Đổi mới"
    new(station, "dmst", "--title", unicodedata.normalize("NFD", title))
    assert read(station, "playlists/dmst.toml") == (
        f'format = 1\n\n[campaign]\ntitle = "{title}"\nclass = "normal"\n'
    )


def test_quotes_and_backslashes_of_a_title_stay_what_they_are(station: Path) -> None:
    title = 'Hội thi "công dân số" \\ 2025'
    new(station, "hoi-thi", "--title", title)
    shown = run(station, "playlist", "show", "hoi-thi", "--json")
    assert json.loads(shown.stdout)["title"] == title


def test_a_dry_run_writes_nothing_and_suggests_nothing(station: Path) -> None:
    assert new(station, "techfest", "--title", "Techfest", "--dry-run") == (
        0,
        "",
        "the timetable stays as it is\nnothing was written\n",
    )
    assert not (station / "playlists/techfest.toml").exists()


def test_json_tells_the_file_and_what_check_would_say(station: Path) -> None:
    code, out, _ = new(station, "techfest", "--title", "Techfest", "--json")
    assert code == 0
    assert json.loads(out) == {
        "file": "playlists/techfest.toml",
        "written": True,
        "airings": {"added": [], "removed": [], "changed": []},
        "signs": {"added": [], "removed": []},
        "problems": [
            {
                "file": "playlists/techfest.toml",
                "line": None,
                "key": "",
                "message": "is empty: it has no radio, led or event table",
                "hint": "",
                "level": "warning",
            }
        ],
    }


def test_a_playlist_that_is_there_is_never_replaced(station: Path) -> None:
    assert new(station, "ngay-hoi", "--title", "Khác") == (1, "", f"{FILE} is there already\n")
    assert read(station) == PLAYLIST


def test_what_check_refuses_is_refused(station: Path) -> None:
    days = ["--from", "2025-10-11", "--until", "2025-10-08"]
    assert new(station, "techfest", "--title", " ", *days) == (
        1,
        "",
        """\
playlists/techfest.toml:4: campaign.title: is empty
playlists/techfest.toml:6: campaign.until: 2025-10-08 lies before from = 2025-10-11
nothing was written
""",
    )
    assert not (station / "playlists/techfest.toml").exists()


def test_a_title_is_asked_for(station: Path) -> None:
    assert new(station, "techfest") == usage("playlist new", ARGUMENTS, "Missing option '--title'.")


@pytest.mark.parametrize("day", ["31/09/2025", "mai", "2025-9-1", ""])
def test_a_day_that_is_none_is_told_with_its_option(station: Path, day: str) -> None:
    assert new(station, "techfest", "--title", "T", "--from", day) == usage(
        "playlist new",
        ARGUMENTS,
        f"Invalid value for '--from': must be a day like 2025-10-09 or 09/10/2025, not \"{day}\"",
    )


def test_a_class_that_is_none_is_told_with_those_there_are(station: Path) -> None:
    assert new(station, "techfest", "--title", "T", "--class", "gấp") == usage(
        "playlist new",
        ARGUMENTS,
        "Invalid value for '--class': 'gấp' is not one of 'normal', 'priority', 'urgent'.",
    )


def test_a_list_of_nothing_is_told_with_its_option(station: Path) -> None:
    assert new(station, "techfest", "--title", "T", "--implements", " , ") == usage(
        "playlist new", ARGUMENTS, "Invalid value for '--implements': is empty"
    )


def test_an_edit_speaks_vietnamese_where_the_locale_does(station: Path) -> None:
    words = ["playlist", "add", "ngay-hoi", "radio", "--at", "03:15", "--zone", "phuong"]
    result = subprocess.run(
        [sys.executable, "-m", "broadcaster", *words, "--script", "tin"],
        env=os.environ | {"LANGUAGE": "vi", "BROADCASTER_STATION": str(station)},
        capture_output=True, check=False, text=True,
    )  # fmt: skip
    assert result.returncode == 1
    assert result.stdout == (
        "+ 03:15 22/09-24/09 (3)  phuong  ngay-hoi/tin: nhạc hiệu, tin, nhạc hiệu; "
        "không được phát: ngoài giờ được phát, là 05:00-07:30, 16:30-19:00\n"
    )
    assert result.stderr == (
        'mã của nó là "tin"\n'
        f"{FILE}:22: radio.tin: 3 lần phát không được phát, lần đầu vào ngày 22/09/2025 03:15 "
        "tại phuong: ngoài giờ được phát, là 05:00-07:30, 16:30-19:00\n"
        "không ghi gì\n"
    )
