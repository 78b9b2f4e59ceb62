"""What is taken out of a station is kept, under a name of its own, or stays where it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from broadcaster.errors import Refusal
from broadcaster.station.trash import discard
from tests.station.folders import write


def test_names_never_collide(tmp_path: Path) -> None:
    kept = []
    for text in ("first", "second", "third"):
        write(tmp_path, {"scripts/a.md": text, "playlists/a.toml": text})
        kept += discard(tmp_path, ["scripts/a.md", "playlists/a.toml"])
    assert kept == [
        "var/trash/a.md",
        "var/trash/a.toml",
        "var/trash/a-2.md",
        "var/trash/a-2.toml",
        "var/trash/a-3.md",
        "var/trash/a-3.toml",
    ]
    texts = [(tmp_path / name).read_text() for name in kept]
    assert texts == ["first", "first", "second", "second", "third", "third"]
    assert [path for path in tmp_path.rglob("*/a.*") if "var" not in path.parts] == []


def test_a_link_goes_and_what_it_names_is_kept(tmp_path: Path) -> None:
    write(tmp_path, {"elsewhere.md": "text", "scripts/b.md": ""})
    (tmp_path / "scripts/a.md").symlink_to(tmp_path / "elsewhere.md")
    assert discard(tmp_path, ["scripts/a.md"]) == ("var/trash/a.md",)
    assert (tmp_path / "var/trash/a.md").read_text() == "text"
    assert (tmp_path / "elsewhere.md").read_text() == "text"
    assert not (tmp_path / "scripts/a.md").is_symlink()


def test_a_file_that_can_not_be_kept_stays(tmp_path: Path) -> None:
    write(tmp_path, {"scripts/a.md": "text", "var": "a file where the folder should be"})
    with pytest.raises(Refusal) as refused:
        discard(tmp_path, ["scripts/a.md"])
    assert str(refused.value) == "can't write var/trash: Not a directory"
    assert (tmp_path / "scripts/a.md").read_text() == "text"
