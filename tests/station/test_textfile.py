"""Files as people's editors leave them are read, or refused with what is wrong and where."""

from __future__ import annotations

import os
import unicodedata
from pathlib import Path

import pytest

from tests.station.folders import DEVICES, PLAYLIST, station, told
from tests.stations import GREETING

FILE = "scripts/loi-chao.md"


def tcvn3(text: str) -> bytes:
    table = {"đ": 0xAE, "à": 0xB5, "ồ": 0xE5, "ư": 0xAD, "ờ": 0xEA, "ă": 0xA8, "ả": 0xB6}
    return bytes(table.get(letter, ord(letter) if ord(letter) < 128 else 0xBF) for letter in text)


def windows_1258(text: str) -> bytes:
    """Marks of tone stand after their letters there."""
    out = []
    for letter in unicodedata.normalize("NFC", text):
        base = unicodedata.normalize("NFD", letter)
        tones = [mark for mark in base if mark in "\u0300\u0301\u0303\u0309\u0323"]
        rest = "".join(mark for mark in base if mark not in tones)
        out.append(unicodedata.normalize("NFC", rest) + "".join(tones))
    return "".join(out).encode("cp1258")


@pytest.mark.parametrize(
    "content",
    [
        GREETING.encode("utf-8-sig"),
        GREETING.replace("\n", "\r\n").encode(),
        GREETING.replace("\n", "\r\n").encode("utf-8-sig"),
    ],
)
def test_a_bom_and_windows_line_ends_are_nothing_to_speak_of(
    tmp_path: Path, content: bytes
) -> None:
    loaded = station(tmp_path, {FILE: content})
    assert told(loaded) == ""
    assert loaded.station
    script = loaded.station.scripts["loi-chao"]
    assert (script.title, script.paragraphs) == ("Lời chào", ("Kính thưa bà con.",))


def test_windows_line_ends_in_toml_keep_their_numbers(tmp_path: Path) -> None:
    devices = DEVICES.replace("width = 128", 'width = "128px"').replace("\n", "\r\n")
    assert told(station(tmp_path, {"devices.toml": devices})) == (
        'devices.toml:21: signs.cong-ubnd.width: must be a whole number of pixels, not "128px"\n'
    )


def test_letters_in_pieces_are_made_whole_with_a_warning(tmp_path: Path) -> None:
    pieces = {
        FILE: unicodedata.normalize("NFD", GREETING),
        "playlists/ngay-hoi.toml": unicodedata.normalize("NFD", PLAYLIST),
    }
    loaded = station(tmp_path, pieces)
    assert told(loaded) == (
        "warning: playlists/ngay-hoi.toml:4: "
        "has letters in pieces (NFD); they are read as whole ones (NFC)\n"
        "warning: scripts/loi-chao.md:2: "
        "has letters in pieces (NFD); they are read as whole ones (NFC)\n"
    )
    assert loaded.station
    assert loaded.station.scripts["loi-chao"].title == "Lời chào"
    assert loaded.station.campaigns[0].led[0].slogans == ("Nhiệt liệt chào mừng",)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (GREETING.encode("utf-16"), ":1: is not UTF-8; it looks like UTF-16; save it as UTF-8"),
        (GREETING.encode("utf-16-le"), ":1: is not UTF-8; it looks like UTF-16; save it as UTF-8"),
        (
            b"---\ntitle: x\n---\n" + windows_1258("Đồng bào phường ta được nghe"),
            ":4: is not UTF-8; it looks like Windows-1258; save it as UTF-8",
        ),
        (
            b"---\ntitle: x\n---\n" + tcvn3("đồng bào phường ta được nghe bản tin"),
            ":4: is not UTF-8; it looks like TCVN3; save it as UTF-8",
        ),
        (b"---\ntitle: x\n---\n\nOl\xe9", ":5: is not UTF-8; save it as UTF-8"),
        (
            b"---\ntitle: x\n---\nabc\0def\n",
            ":4: has a NUL byte; it is no text file, or a damaged one",
        ),
        (
            GREETING.encode() + b"a" * 1_000_000,
            ": is larger than 1000000 bytes, too large to be meant",
        ),
    ],
)
def test_what_is_no_utf_8_text_is_refused(tmp_path: Path, content: bytes, expected: str) -> None:
    loaded = station(tmp_path, {FILE: content})
    assert told(loaded) == f"{FILE}{expected}\n"
    assert loaded.station
    assert not loaded.station.scripts


@pytest.mark.parametrize("name", ["devices.toml", "playlists/ngay-hoi.toml", FILE])
def test_a_folder_or_a_pipe_in_the_place_of_a_file(tmp_path: Path, name: str) -> None:
    station(tmp_path)
    (tmp_path / name).unlink()
    (tmp_path / name).mkdir()
    assert f"{name}: is a folder; a text file is expected\n" in told(station(tmp_path, None, name))
    (tmp_path / name).rmdir()
    os.mkfifo(tmp_path / name)
    assert f"{name}: is no file; a text file is expected\n" in told(station(tmp_path, None, name))


def test_a_link_that_leads_nowhere(tmp_path: Path) -> None:
    station(tmp_path)
    (tmp_path / "scripts/khac.md").symlink_to("nowhere")
    (tmp_path / "scripts/vong.md").symlink_to("vong.md")
    text = told(station(tmp_path))
    assert "scripts/khac.md: is missing\n" in text
    assert "scripts/vong.md: can't be read: Too many levels of symbolic links\n" in text


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_a_file_that_may_not_be_read(tmp_path: Path) -> None:
    station(tmp_path)
    (tmp_path / FILE).chmod(0)
    assert told(station(tmp_path, None, FILE)) == f"{FILE}: can't be read: Permission denied\n"
