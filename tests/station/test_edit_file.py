"""A file is replaced whole or not at all, and keeps what is its own."""

from __future__ import annotations

import codecs
import os
import stat
from pathlib import Path

import pytest

from broadcaster.errors import Refusal, UserError
from broadcaster.station.edit_file import new_file, original, replace

FILE = "playlists/a.toml"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / FILE
    path.parent.mkdir()
    path.write_bytes(codecs.BOM_UTF8 + "một\r\nhai".encode())
    return path


def test_a_file_keeps_its_mark_its_permissions_and_its_name(tmp_path: Path, path: Path) -> None:
    path.chmod(0o664)
    elsewhere = tmp_path / "elsewhere.toml"
    path.rename(elsewhere)
    path.symlink_to(elsewhere)

    of = original(tmp_path, FILE)
    of.write(of.text + "\r\nba")

    assert of.text == "một\r\nhai"
    assert path.is_symlink()
    assert elsewhere.read_bytes() == codecs.BOM_UTF8 + "một\r\nhai\r\nba".encode()
    assert stat.S_IMODE(elsewhere.stat().st_mode) == 0o664
    assert [each.name for each in path.parent.iterdir()] == ["a.toml"]


def test_a_new_file_has_the_permissions_of_any_other(tmp_path: Path) -> None:
    (tmp_path / "any").write_text("")

    new_file(tmp_path, FILE).write("một\n")

    assert (tmp_path / FILE).read_text(encoding="utf-8") == "một\n"
    assert (tmp_path / FILE).stat().st_mode == (tmp_path / "any").stat().st_mode


def test_what_somebody_else_wrote_meanwhile_stays(tmp_path: Path, path: Path) -> None:
    of = original(tmp_path, FILE)
    path.write_text("của người khác", encoding="utf-8")

    with pytest.raises(Refusal) as refused:
        of.write("của tôi")

    assert str(refused.value) == f"{FILE} was changed by somebody else meanwhile; do it again"
    assert path.read_text(encoding="utf-8") == "của người khác"


def test_a_new_file_that_somebody_else_made_meanwhile_stays(tmp_path: Path, path: Path) -> None:
    path.rename(path.with_suffix(".old"))
    new = new_file(tmp_path, FILE)
    path.write_text("của người khác", encoding="utf-8")

    with pytest.raises(Refusal, match="was changed by somebody else meanwhile"):
        new.write("của tôi")
    with pytest.raises(Refusal, match=f"{FILE} is there already"):
        new_file(tmp_path, FILE)


def test_a_full_disk_leaves_the_file_and_nothing_beside_it(
    tmp_path: Path, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    of = original(tmp_path, FILE)
    monkeypatch.setattr(os, "fsync", full)

    with pytest.raises(Refusal) as refused:
        of.write("mới")

    assert str(refused.value) == f"can't write {FILE}: No space left on device"
    assert path.read_bytes() == of.data
    assert [each.name for each in path.parent.iterdir()] == ["a.toml"]


def test_what_is_no_text_is_told(tmp_path: Path, path: Path) -> None:
    path.write_bytes(b"\xff\xfe")

    with pytest.raises(UserError) as refused:
        original(tmp_path, FILE)

    assert str(refused.value) == f"{FILE}:1: is not UTF-8; it looks like UTF-16; save it as UTF-8"


def test_folders_are_made(tmp_path: Path) -> None:
    replace(tmp_path / "a" / "b", b"x")

    assert (tmp_path / "a" / "b").read_bytes() == b"x"
