"""Scripts: front matter and paragraphs, and what people get wrong in them."""

from __future__ import annotations

from pathlib import Path

import pytest

from broadcaster.domain.station import Script
from tests.station.folders import PLAYLIST, station, told
from tests.stations import GREETING, changed

FILE = "scripts/loi-chao.md"


def test_a_whole_script(tmp_path: Path) -> None:
    text = """\

---
title: Giới thiệu: Nghị quyết số 57-NQ/TW
# for the ear
voice: vi

letter: 3093/SKHCN-QLCL
---

Kính thưa bà con
và các bạn!
\t
  Nghị quyết   được ban hành
ngày 22/12/2024.


Xin cảm ơn.
"""
    loaded = station(tmp_path, {FILE: text})
    assert told(loaded) == ""
    assert loaded.station
    assert loaded.station.scripts["loi-chao"] == Script(
        id="loi-chao",
        title="Giới thiệu: Nghị quyết số 57-NQ/TW",
        paragraphs=(
            "Kính thưa bà con\nvà các bạn!",
            "Nghị quyết được ban hành\nngày 22/12/2024.",
            "Xin cảm ơn.",
        ),
        voice="vi",
        letter="3093/SKHCN-QLCL",
        recording=tmp_path / "scripts/loi-chao.wav",
    )


@pytest.mark.parametrize(
    ("text", "expected", "usable"),
    [
        ("---\nvoice: vi\n---\nXin chào.\n", f"{FILE}:1: title: is missing\n", True),
        (
            "---\ntitel: Lời chào\n---\nXin chào.\n",
            f'{FILE}:1: title: is missing\n{FILE}:2: titel: unknown key; did you mean "title"?\n',
            True,
        ),
        (
            "---\ntitle: Lời chào\ntitle: Lời chào\nvoice:\nLời chào\n---\nXin chào.\n",
            (
                f"{FILE}:3: title: stands here twice\n"
                f"{FILE}:4: voice: is empty\n"
                f"{FILE}:5: must be a line like title: ...\n"
            ),
            True,
        ),
        (
            "---\ntitle: Lời chào\n\nXin chào.\n",
            f"{FILE}:1: the line --- after title: ... is missing\n",
            False,
        ),
        (
            "title: Lời chào\n---\nXin chào.\n",
            f"{FILE}:1: must begin with a line ---, then title: ..., then a line ---\n",
            False,
        ),
        ("", f"{FILE}:1: must begin with a line ---, then title: ..., then a line ---\n", False),
        (
            "---\ntitle: Lời chào\n---\n \n\n",
            f"{FILE}:3: has no text to be spoken\n",
            False,
        ),
    ],
)
def test_what_people_get_wrong(tmp_path: Path, text: str, expected: str, usable: bool) -> None:  # noqa: FBT001 - a column of the table
    loaded = station(tmp_path, {FILE: text})
    assert told(loaded) == expected
    assert loaded.station
    assert ("loi-chao" in loaded.station.scripts) is usable
    reason = loaded.station.campaigns[0].radio[0].fault
    assert str(reason) == ("None" if usable else f"{FILE} can't be used as it is")


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("Lời chào.md", '; did you mean "loi-chao.md"?'),
        ("loi_chao.md", '; did you mean "loi-chao.md"?'),
        ("-.md", ""),
    ],
)
def test_a_name_that_is_no_id(tmp_path: Path, name: str, hint: str) -> None:
    loaded = station(tmp_path, {f"scripts/{name}": GREETING})
    id_ = name.removesuffix(".md")
    assert told(loaded) == (
        f'scripts/{name}: an id has lower-case letters a-z, digits and hyphens, not "{id_}"{hint}\n'
    )
    assert loaded.station
    assert set(loaded.station.scripts) == {"loi-chao"}


def test_other_files_beside_scripts_are_left_alone(tmp_path: Path) -> None:
    others = {"scripts/nhac-hieu.flac": b"", "scripts/.loi-chao.md.swp": "", "scripts/~.txt": ""}
    assert told(station(tmp_path, {**others, "scripts/.an.md": ""})) == ""


def test_a_script_without_a_recording_is_warned_of(tmp_path: Path) -> None:
    loaded = station(tmp_path, None, "scripts/loi-chao.wav")
    assert told(loaded) == (
        "warning: scripts/loi-chao.md: only espeak would read this; "
        "a recording beside it would be heard instead: loi-chao.wav\n"
    )


@pytest.mark.parametrize("suffix", ["flac", "mp3", "opus"])
def test_a_recording_beside_it_is_found(tmp_path: Path, suffix: str) -> None:
    recording = f"scripts/loi-chao.{suffix}"
    loaded = station(tmp_path, {recording: b"x"}, "scripts/loi-chao.wav")
    assert told(loaded) == ""
    assert loaded.station
    assert loaded.station.scripts["loi-chao"].recording == tmp_path / recording


def test_two_recordings_beside_it(tmp_path: Path) -> None:
    assert told(station(tmp_path, {"scripts/loi-chao.opus": b"x"})) == (
        "scripts/loi-chao.md: has more than one recording, and none of them is heard: "
        "loi-chao.wav, loi-chao.opus; leave one; the text is spoken until then\n"
    )


def test_a_slot_that_names_no_script_there_is(tmp_path: Path) -> None:
    playlist = changed(
        PLAYLIST, ('items = [{ script = "loi-chao"', 'items = [{ script = "loi-chào"')
    )
    assert told(station(tmp_path, {"playlists/ngay-hoi.toml": playlist})) == (
        "playlists/ngay-hoi.toml:12: radio.ban-tin.items[1].script: an id has lower-case "
        'letters a-z, digits and hyphens, not "loi-chào"; did you mean "loi-chao"?\n'
    )
