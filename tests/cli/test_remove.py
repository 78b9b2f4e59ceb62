"""`playlist remove ID` and `script remove ID`, whole: what goes is kept, what is needed stays."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.audio.sounds import encoded, sine
from tests.cli.desk import FILE, PLAYLIST, changed, make, read, run, told, write

GONE = """\
- 05:30 22/09-24/09 (3)        phuong  ngay-hoi/sang: 60s
- 17:00 22/09-24/09 (3)        phuong  ngay-hoi/chieu: chime, chao
- 17:30 23/09                  phuong  ngay-hoi/khai-mac: chime, chao
- 06:00-22:00 22/09-24/09 (3)  cong    Chào mừng
"""
REFUSED = """\
- 17:00 22/09-24/09 (3)  phuong  ngay-hoi/chieu: chime, chao
+ 17:00 22/09-24/09 (3)  phuong  ngay-hoi/chieu: chime, chao; \
refused: radio.chieu.items[2].script: there is no scripts/chao.md
- 17:30 23/09            phuong  ngay-hoi/khai-mac: chime, chao
+ 17:30 23/09            phuong  ngay-hoi/khai-mac: chime, chao; \
refused: event.khai-mac.remind.script: there is no scripts/chao.md
"""
MORNING = """\
format = 1
[campaign]
title = "Buổi sáng"
from = 2025-09-22
until = 2025-09-22
[[radio]]
id = "sang"
at = ["{at}"]
zones = ["phuong"]
items = [{{ pause = "{pause}" }}]
"""


@pytest.fixture
def station(tmp_path: Path) -> Path:
    return make(tmp_path)


def kept(station: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (station / "var" / "trash").iterdir()}


def test_a_playlist_is_taken_out_and_kept(station: Path) -> None:
    assert told(run(station, "playlist", "remove", "ngay-hoi")) == (
        0,
        GONE,
        "taken out and kept: var/trash/ngay-hoi.toml\n",
    )
    assert not (station / FILE).exists()
    assert kept(station) == {"ngay-hoi.toml": PLAYLIST.encode()}


def test_a_playlist_is_taken_out_twice_and_both_are_kept(station: Path) -> None:
    run(station, "playlist", "remove", "ngay-hoi")
    again = changed(("tên gọi", "lần hai"))
    write(station / FILE, again)
    assert told(run(station, "playlist", "remove", "ngay-hoi")) == (
        0,
        GONE,
        "taken out and kept: var/trash/ngay-hoi-2.toml\n",
    )
    assert kept(station) == {"ngay-hoi.toml": PLAYLIST.encode(), "ngay-hoi-2.toml": again.encode()}


def test_a_removal_that_is_only_tried(station: Path) -> None:
    code, out, err = told(run(station, "playlist", "remove", "ngay-hoi", "--dry-run", "--json"))
    found = json.loads(out)
    assert (code, err) == (0, "nothing was written\n")
    assert len(found["airings"]["removed"]) == 7
    assert (found["file"], found["written"], found["kept"]) == (FILE, False, [])
    assert read(station) == PLAYLIST
    assert not (station / "var").exists()


def test_a_removal_as_json(station: Path) -> None:
    code, out, err = told(run(station, "playlist", "remove", "ngay-hoi", "--json"))
    found = json.loads(out)
    assert (code, err) == (0, "taken out and kept: var/trash/ngay-hoi.toml\n")
    assert (found["slot"], found["written"]) == (None, True)
    assert found["kept"] == ["var/trash/ngay-hoi.toml"]


def test_a_playlist_that_nobody_can_read_can_be_taken_out(station: Path) -> None:
    rubbish = b"format = 1\n[campaign\ntitle = \xff"
    (station / FILE).write_bytes(rubbish)
    assert told(run(station, "playlist", "remove", "ngay-hoi")) == (
        0,
        "",
        "the timetable stays as it is\ntaken out and kept: var/trash/ngay-hoi.toml\n",
    )
    assert kept(station) == {"ngay-hoi.toml": rubbish}


def test_a_playlist_that_holds_back_what_would_silence_another_stays(station: Path) -> None:
    (station / FILE).unlink()
    for name, at, pause in (("a", "05:20", "20m"), ("b", "05:30", "30m"), ("c", "05:50", "1m")):
        write(station / f"playlists/{name}.toml", MORNING.format(at=at, pause=pause))
    clash = "clashes with {}/sang, on air until {}: it may begin at most 1m late"
    first, then = clash.format("a", "05:40"), clash.format("b", "06:00")
    assert told(run(station, "playlist", "remove", "a")) == (
        1,
        f"""\
- 05:20 22/09  phuong  a/sang: 1200s
- 05:30 22/09  phuong  b/sang: 1800s; refused: {first}
+ 05:30 22/09  phuong  b/sang: 1800s
- 05:50 22/09  phuong  c/sang: 60s
+ 05:50 22/09  phuong  c/sang: 60s; refused: {then}
""",
        f"""\
playlists/c.toml:6: radio.sang: 1 airing can't air, on 22/09/2025 05:50 in phuong: {then}
nothing was written
""",
    )


def test_a_playlist_that_is_not_there(station: Path) -> None:
    assert told(run(station, "playlist", "remove", "ngay-hio")) == (
        1,
        "",
        'playlists/ngay-hio.toml: is missing; did you mean "ngay-hoi"?\n',
    )


def test_a_script_that_no_playlist_names_goes_with_its_recordings(station: Path) -> None:
    sound = sine(station / "scripts/tin.wav", 1)
    encoded(sound, station / "scripts/tin.flac", "flac")
    text, heard = read(station, "scripts/tin.md"), sound.read_bytes()
    assert told(run(station, "script", "remove", "tin")) == (
        0,
        "",
        """\
the timetable stays as it is
taken out and kept: var/trash/tin.md
taken out and kept: var/trash/tin.wav
taken out and kept: var/trash/tin.flac
""",
    )
    assert sorted(path.name for path in (station / "scripts").iterdir()) == ["chao.md"]
    found = kept(station)
    assert (found["tin.md"], found["tin.wav"]) == (text.encode(), heard)


def test_a_script_that_a_playlist_names_stays(station: Path) -> None:
    assert told(run(station, "script", "remove", "chao")) == (
        1,
        REFUSED,
        f"""\
{FILE}:20: radio.chieu.items[2].script: there is no scripts/chao.md
{FILE}:34: event.khai-mac.remind.script: there is no scripts/chao.md
nothing was written
""",
    )
    assert (station / "scripts/chao.md").exists()
    assert not (station / "var").exists()


def test_a_script_whose_recording_a_playlist_airs_stays(station: Path) -> None:
    sine(station / "scripts/tin.wav", 1)
    write(station / FILE, changed(('{ pause = "60s" }', '{ audio = "tin.wav" }')))
    assert told(run(station, "script", "remove", "tin")) == (
        1,
        "",
        f"""\
{FILE}:10: radio.sang: airs scripts/tin.wav, which lies beside that script
nothing was written
""",
    )
    assert (station / "scripts/tin.wav").exists()


def test_a_script_that_is_not_there(station: Path) -> None:
    assert told(run(station, "script", "remove", "chaoo")) == (
        1,
        "",
        'scripts/chaoo.md: is missing; did you mean "chao"?\n',
    )


def test_nothing_goes_where_it_can_not_be_kept(station: Path) -> None:
    write(station / "var/trash", "a file where the folder should be")
    assert told(run(station, "playlist", "remove", "ngay-hoi")) == (
        1,
        "",
        "can't write var/trash: File exists\n",
    )
    assert read(station) == PLAYLIST
