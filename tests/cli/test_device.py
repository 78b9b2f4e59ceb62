"""`device`, whole."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.plan_desk import make, run


@pytest.fixture
def station(tmp_path: Path) -> Path:
    return make(tmp_path)


def test_devices_are_listed_with_what_they_are_told(station: Path) -> None:
    result = run(station, "device", "list")
    assert result.stdout == (
        "speaker  loa   file     volume 80 % phuong\nsign     cong  virtual  128x16  bang\n"
    )
    lines = run(station, "device", "list", "--json").stdout.splitlines()
    rows = [json.loads(line) for line in lines]
    assert [row["id"] for row in rows] == ["loa", "cong"]


def test_every_device_is_asked_and_one_that_fails_exits_3(station: Path) -> None:
    fine = run(station, "device", "check")
    assert (fine.stdout, fine.exit_code) == ("loa   works\ncong  works\n", 0)
    audio = station / "var" / "audio"
    (audio / "loa").rmdir()
    (audio / "loa").write_text("a file where the folder should be")
    broken = run(station, "device", "check")
    assert broken.exit_code == 3
    first, second = broken.stdout.splitlines()
    assert first.startswith("loa   can't write in ")
    assert second == "cong  works"
