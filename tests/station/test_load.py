"""A whole folder: every problem in one run, edits judged before they are written, no surprises."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broadcaster.station.load import load
from tests.station.folders import DEVICES, PLAYLIST, RIGHT, station, told, write
from tests.stations import GREETING, changed


def test_a_right_station(tmp_path: Path) -> None:
    loaded = station(tmp_path)
    assert told(loaded) == ""
    assert loaded.station
    assert loaded.station.folder == tmp_path
    assert [one.id for one in loaded.station.campaigns] == ["ngay-hoi"]


def test_every_problem_of_every_file_sorted_by_file_and_line(tmp_path: Path) -> None:
    wrong = {
        "devices.toml": changed(DEVICES, ("width = 128", 'width = "128px"'), ("format = 1\n", "")),
        "playlists/a.toml": changed(
            PLAYLIST,
            ("until = 2025-10-05", "until = 2025-09-31"),
            ('at = ["05:30"]', "at = 05:30"),
            ('"06:00-22:00"', '"06:00-22:60"'),
        ),
        "scripts/loi-chao.md": changed(GREETING, ("title", "titel")),
        "scripts/b.md": b"\xff\xfe",
    }
    assert told(station(tmp_path, wrong)) == (
        "devices.toml: format: is missing; begin the file with: format = 1\n"
        "devices.toml:20: signs.cong-ubnd.width: "
        'must be a whole number of pixels, not "128px"\n'
        "playlists/a.toml:6: campaign.until: 2025-09-31 is no date: that month has 30 days\n"
        "playlists/a.toml:10: radio.ban-tin.at: a time of day stands in quotes; "
        'write: "05:30"\n'
        "playlists/a.toml:16: led.khau-hieu.between: "
        'must be a range of the day like "06:00-22:00", not "06:00-22:60"\n'
        "scripts/b.md:1: is not UTF-8; it looks like UTF-16; save it as UTF-8\n"
        "scripts/loi-chao.md:1: title: is missing\n"
        'scripts/loi-chao.md:2: titel: unknown key; did you mean "title"?\n'
    )


def test_without_a_station_zones_are_not_guessed_at(tmp_path: Path) -> None:
    loaded = station(tmp_path, {"devices.toml": "[station\n"})
    assert loaded.station is None
    assert {problem.file for problem in loaded.problems} == {"devices.toml"}


@pytest.mark.parametrize("less", ["playlists", "scripts"])
def test_a_folder_that_is_not_there_is_an_empty_one(tmp_path: Path, less: str) -> None:
    loaded = station(tmp_path, None, *(name for name in RIGHT if not name.startswith("devices")))
    assert not (tmp_path / less).exists()
    assert loaded.station
    assert (told(loaded), loaded.station.campaigns, loaded.station.scripts) == ("", (), {})


def test_a_folder_that_is_no_folder(tmp_path: Path) -> None:
    assert told(load(tmp_path / "nowhere")) == "devices.toml: is missing\n"
    (tmp_path / "file").write_text("x")
    assert told(load(tmp_path / "file")) == "devices.toml: can't be read: Not a directory\n"


def test_an_edit_is_judged_before_it_is_written(tmp_path: Path) -> None:
    station(tmp_path)
    edit = {
        "playlists/ngay-hoi.toml": changed(
            PLAYLIST, ('script = "loi-chao" }]', 'script = "moi" }]')
        ),
        "scripts/moi.md": GREETING,
    }
    loaded = load(tmp_path, edit)
    assert told(loaded) == (
        "warning: scripts/moi.md: only espeak would read this; "
        "a recording beside it would be heard instead: moi.wav\n"
    )
    assert loaded.station
    assert set(loaded.station.scripts) == {"loi-chao", "moi"}
    assert (tmp_path / "playlists/ngay-hoi.toml").read_text() == PLAYLIST


def test_a_deletion_is_judged_before_it_is_done(tmp_path: Path) -> None:
    station(tmp_path)
    assert told(load(tmp_path, {"scripts/loi-chao.md": None})) == (
        "playlists/ngay-hoi.toml:12: radio.ban-tin.items[1].script: "
        "there is no scripts/loi-chao.md\n"
        "playlists/ngay-hoi.toml:24: event.khai-mac.remind.script: "
        "there is no scripts/loi-chao.md\n"
    )
    gone = load(tmp_path, {"playlists/ngay-hoi.toml": None})
    assert gone.station
    assert (told(gone), gone.station.campaigns) == ("", ())
    assert load(tmp_path, {"devices.toml": None}).station is None


NOT_LISTED = "make it a folder that the user who runs this may read"


def test_scripts_that_can_not_be_listed_are_one_problem(tmp_path: Path) -> None:
    files = {"scripts": b"a file where the folder should be"}
    music = changed(PLAYLIST, ('{ script = "loi-chao" }', '{ audio = "nhac.mp3" }'))
    loaded = station(
        tmp_path,
        {**files, "playlists/nhac.toml": music},
        "scripts/loi-chao.md",
        "scripts/loi-chao.wav",
    )
    assert told(loaded) == f"scripts: can't be listed: Not a directory; {NOT_LISTED}\n"
    assert loaded.station
    assert [[str(slot.fault) for slot in each.radio] for each in loaded.station.campaigns] == [
        ["scripts/loi-chao.md can't be used as it is"],
        ["scripts/nhac.mp3 can't be used as it is"],
    ]


def test_playlists_that_can_not_be_listed_are_a_problem(tmp_path: Path) -> None:
    (tmp_path / "playlists").symlink_to(tmp_path / "unplugged")
    loaded = station(tmp_path, None, "playlists/ngay-hoi.toml")
    assert told(loaded) == f"playlists: can't be listed: No such file or directory; {NOT_LISTED}\n"


def test_folders_that_are_missing_are_empty(tmp_path: Path) -> None:
    loaded = station(
        tmp_path,
        None,
        "playlists/ngay-hoi.toml",
        "scripts/loi-chao.md",
        "scripts/loi-chao.wav",
    )
    assert told(loaded) == ""


def test_folders_named_like_recordings_are_told(tmp_path: Path) -> None:
    for name in ("loi-chao.flac", "nhac.mp3"):
        (tmp_path / "scripts" / name).mkdir(parents=True)
    music = changed(PLAYLIST, ('{ script = "loi-chao" }', '{ audio = "nhac.mp3" }'))
    assert told(station(tmp_path, {"playlists/ngay-hoi.toml": music})) == (
        "playlists/ngay-hoi.toml:12: radio.ban-tin.items[1].audio: "
        "scripts/nhac.mp3 is a folder; a recording is expected\n"
        "scripts/loi-chao.flac: is a folder; a recording is expected\n"
    )


def test_an_edit_that_is_no_text_is_refused_as_the_file_would_be(tmp_path: Path) -> None:
    station(tmp_path)
    edit = {"scripts/loi-chao.md": "---\ntitle: a\n---\n\ud800"}
    assert told(load(tmp_path, edit)) == ("scripts/loi-chao.md:4: is not UTF-8; save it as UTF-8\n")


pieces = st.sampled_from(
    [
        *DEVICES.splitlines(keepends=True),
        *PLAYLIST.splitlines(keepends=True),
        *GREETING.splitlines(keepends=True),
        *"[]{}=,.\"'#\n\\",
        '"""',
        "[[",
        "999999999999999999999999",
        "0x" + "f" * 4000,
        "inf",
        "2025-09-31",
        "\u0301",
        "\0",
    ]
)
texts = st.lists(pieces, max_size=30).map(lambda parts: "".join(parts).encode())


@st.composite
def damaged(draw: st.DrawFn, right: str) -> bytes:
    """Give a right file with a stretch of it lost, doubled or written over."""
    start = draw(st.integers(0, len(right)))
    end = draw(st.integers(start, min(len(right), start + 40)))
    return (right[:start] + draw(pieces | st.text(max_size=5)) + right[end:]).encode(
        "utf-8", "surrogatepass"
    )


@settings(max_examples=150, deadline=None)
@given(
    st.binary(max_size=80) | texts | damaged(DEVICES),
    st.binary(max_size=80) | texts | damaged(PLAYLIST),
    st.binary(max_size=80) | texts | damaged(GREETING),
)
def test_whatever_the_files_hold_is_read_or_told(
    devices: bytes, playlist: bytes, script: bytes
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        files = {
            "devices.toml": devices,
            "playlists/a.toml": playlist,
            "scripts/a.md": script,
            "playlists/ngay-hoi.toml": PLAYLIST,
        }
        write(Path(folder), files)
        loaded = load(Path(folder))
        assert all(str(problem) for problem in loaded.problems)
        assert loaded.station or any(
            problem.file == "devices.toml" and problem.level == "error"
            for problem in loaded.problems
        )
        # Whatever one file holds, another is read.
        if loaded.station:
            assert "ngay-hoi" in [one.id for one in loaded.station.campaigns]


@settings(max_examples=150, deadline=None)
@given(damaged(PLAYLIST))
def test_a_slot_that_may_air_is_one_that_nothing_is_wrong_with(playlist: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        write(Path(folder), {**RIGHT, "playlists/ngay-hoi.toml": playlist})
        loaded = load(Path(folder))
        assert loaded.station
        wrong = {problem.key for problem in loaded.problems if problem.level == "error"}
        for campaign in loaded.station.campaigns:
            for slot in campaign.radio:
                if slot.fault is None:
                    assert not any(key.startswith(f"radio.{slot.id}.") for key in wrong)
            for led in campaign.led:
                if led.fault is None:
                    assert not any(key.startswith(f"led.{led.id}.") for key in wrong)
