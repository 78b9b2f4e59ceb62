"""Recordings that say another text than the one beside them, or may."""

from __future__ import annotations

import os
import unicodedata
from pathlib import Path

import pytest

from broadcaster.station.load import Loaded
from broadcaster.station.outdated import outdated
from tests.recording.sounds import carrying
from tests.station.folders import station

FILE = "scripts/loi-chao.md"
TEXT = "Kính thưa bà con!\n\nNgày 01/10, phường họp lúc 7h30.\nXin cảm ơn."
BESIDE = "scripts/loi-chao.wav"
HEARD = (
    "loi-chao.flac says another text: it is not heard, this text is spoken instead; "
    "record it again: broadcaster script record loi-chao"
)


def script(text: str, title: str = "Lời chào") -> dict[str, str | bytes]:
    return {FILE: f"---\ntitle: {title}\n---\n{text}\n"}


def told(loaded: Loaded) -> list[str]:
    assert loaded.station
    found = outdated(loaded.station)
    return [f"{'warning: ' * (each.level == 'warning')}{each}" for each in found]


def recorded(folder: Path, text: str, name: str = "loi-chao.flac") -> Loaded:
    """Load a station whose script has a recording of TEXT, and this text by now."""
    (folder / "scripts").mkdir()
    carrying(folder / "scripts" / name, TEXT)
    return station(folder, script(text), BESIDE)


@pytest.mark.parametrize(
    "text",
    [
        TEXT,
        "\n\n" + TEXT.replace("\n", "\r\n"),
        unicodedata.normalize("NFD", TEXT),
        "kính thưa Bà con: ngày 01/10 phường họp\nlúc 7h30!\n\n(Xin cảm ơn)",
    ],
    ids=["the same", "line ends", "letters in pieces", "punctuation, capitals, paragraphs"],
)
def test_a_recording_of_the_same_words_is_heard(tmp_path: Path, text: str) -> None:
    loaded = recorded(tmp_path, text)
    assert loaded.station
    assert loaded.station.scripts["loi-chao"].recording == tmp_path / "scripts/loi-chao.flac"
    assert told(loaded) == []


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (TEXT.replace("01/10", "02/10"), 6),
        (TEXT.replace("Xin", "Chân thành"), 7),
        (TEXT + "\n\nHết.", 9),
        (TEXT.replace("\nXin cảm ơn.", ""), 6),
        (TEXT.replace("7h30", "-7h30"), 6),
    ],
    ids=["a day", "another line", "a line more", "a line less", "a minus"],
)
def test_a_recording_of_other_words_is_not_heard_and_told_with_the_line(
    tmp_path: Path, text: str, line: int
) -> None:
    loaded = recorded(tmp_path, text)
    assert loaded.station
    found = loaded.station.scripts["loi-chao"]
    assert (found.recording, found.doubtful) == (None, (tmp_path / "scripts/loi-chao.flac",))
    assert told(loaded) == [f"{FILE}:{line}: {HEARD}"]


@pytest.mark.parametrize("name", ["loi-chao.mp3", "loi-chao.opus"])
def test_the_text_is_known_in_other_formats(tmp_path: Path, name: str) -> None:
    loaded = recorded(tmp_path, "Khác hẳn.", name)
    assert told(loaded) == [f"{FILE}:4: {HEARD.replace('loi-chao.flac', name)}"]


def test_a_text_that_was_put_right_again_is_heard_again(tmp_path: Path) -> None:
    assert told(recorded(tmp_path, "Khác."))
    loaded = station(tmp_path, script(TEXT, "Tên khác"), BESIDE)
    assert loaded.station
    assert loaded.station.scripts["loi-chao"].recording


OLDER = (
    f"warning: {FILE}: seems changed after loi-chao.wav was made, which is heard as it is; "
    f"listen to it, and if it says this text: broadcaster script record loi-chao --from {BESIDE}"
)


@pytest.mark.parametrize(("later", "expected"), [(540, []), (660, [OLDER])])
def test_a_recording_that_carries_no_text_is_judged_by_the_files_times(
    tmp_path: Path, later: int, expected: list[str]
) -> None:
    loaded = station(tmp_path)
    made = (tmp_path / BESIDE).stat().st_mtime
    os.utime(tmp_path / FILE, (made + later, made + later))
    assert told(loaded) == expected
    assert loaded.station
    assert loaded.station.scripts["loi-chao"].recording


@pytest.mark.parametrize("name", ["loi-chao.m4a", "loi-chao.WAV"])
def test_a_sound_that_is_no_recording_by_its_name_is_told(tmp_path: Path, name: str) -> None:
    loaded = station(tmp_path, {f"scripts/{name}": b"x"}, BESIDE)
    (problem,) = told(loaded)
    assert problem == (
        f"warning: scripts/{name}: is not heard: a recording ends in .wav, .flac, .mp3, .opus; "
        f"to have it heard: broadcaster script record loi-chao --from scripts/{name}"
    )
