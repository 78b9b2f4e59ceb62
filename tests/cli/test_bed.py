"""A slot's bed: read, checked, set and taken away like its other keys, and heard."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.audio.sounds import sine
from tests.cli.desk import PLAYLIST, changed, make, read, run, told

FILE = "playlists/ngay-hoi.toml"
LAID = ('{ script = "chao" }]\n', '{ script = "chao" }]\nbed = "nhac-nen.wav"\n')
WRITTEN = "written: playlists/ngay-hoi.toml\n"


@pytest.fixture
def station(tmp_path: Path) -> Path:
    folder = make(tmp_path / "station")
    sine(folder / "scripts" / "nhac-nen.wav", 3.0)
    return folder


def lay(station: Path, *changes: tuple[str, str]) -> str:
    """Write a playlist, and give what `check` says of it, less its remarks on the voice."""
    (station / FILE).write_text(changed(*changes))
    out = told(run(station, "check"))[1]
    return "".join(f"{line}\n" for line in out.splitlines() if "espeak" not in line)


def test_it_is_set_and_taken_away_by_a_command(station: Path) -> None:
    code, shown, _ = told(run(station, "playlist", "set", "ngay-hoi", "chieu", "bed=nhac-nen.wav"))
    assert code == 0
    before, after = shown.splitlines()
    assert before.startswith("- 17:00") and before.endswith('bed = ""')  # noqa: PT018 - one line
    assert after.endswith('bed = "nhac-nen.wav"')
    assert 'bed = "nhac-nen.wav"\nitems = [{ chime = "default" }, { script' in read(station)

    assert told(run(station, "playlist", "set", "ngay-hoi", "chieu", "bed="))[0] == 0
    assert read(station) == PLAYLIST


def test_one_that_is_not_there_is_told_with_what_may_be_meant(station: Path) -> None:
    misspelt = (LAID[0], LAID[1].replace("nhac-nen", "nhac-nem"))
    assert lay(station, misspelt) == (
        f"{FILE}:21: radio.chieu.bed: there is no scripts/nhac-nem.wav; "
        'did you mean "nhac-nen.wav"?\n'
    )
    code, _, err = told(run(station, "playlist", "set", "ngay-hoi", "sang", "bed=../khac.wav"))
    assert code == 1
    assert "there is no khac.wav" in err


def test_one_that_can_not_be_read_is_told(station: Path) -> None:
    (station / "scripts" / "nhac-nen.wav").write_bytes(b"no sound at all")
    assert lay(station, LAID) == "scripts/nhac-nen.wav: holds no sound that can be read\n"


def test_one_without_words_above_it_is_warned_of(station: Path) -> None:
    told = lay(station, ('"60s" }]\n', '"60s" }]\nbed = "nhac-nen.wav"\n'))
    assert told == (
        f"{FILE}:15: radio.sang.bed: lies under nothing: no script is among the items\n"
    )


def test_its_slot_is_planned_to_be_longer(station: Path) -> None:
    def planned() -> float:
        day = ("--from", "2025-09-22", "--until", "2025-09-22")
        rows = json.loads(told(run(station, "timetable", "--json", *day))[1])["airings"]
        return float(next(row["seconds"] for row in rows if row["slot"] == "chieu"))

    lay(station)
    plain = planned()
    assert lay(station, LAID) == ""
    assert planned() == pytest.approx(plain + 5)
