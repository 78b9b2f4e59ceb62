"""`script say`: the sound of a script, made by the real voice and the real FFmpeg."""

from __future__ import annotations

import re
import shutil
import wave
from pathlib import Path

import av
import pytest

from tests.cli.desk import make, run, told, usage

SAID = re.compile(r"(\d+\.\d) s, (-\d+\.\d) LUFS, (.+)\n")


@pytest.fixture(scope="module")
def station(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One for all: what has been rendered is not rendered again."""
    return make(tmp_path_factory.mktemp("station"))


def say(station: Path, id_: str, to: Path) -> tuple[float, float, str]:
    """Give what is said of a sound: seconds, LUFS, voice."""
    code, out, err = told(run(station, "script", "say", id_, "-o", str(to)))
    found = SAID.fullmatch(err)
    assert (code, out) == (0, f"{to}\n")
    assert found, err
    return float(found[1]), float(found[2]), found[3]


def test_the_voice_speaks_it_into_a_wave_at_the_stations_loudness(
    station: Path, tmp_path: Path
) -> None:
    to = tmp_path / "chao.WAV"
    seconds, lufs, voice = say(station, "chao", to)
    assert voice == "espeak:vi"
    assert lufs == pytest.approx(-16, abs=0.5)
    with wave.open(str(to)) as file:
        assert file.getnframes() / file.getframerate() == pytest.approx(seconds, abs=0.05)
        assert any(file.readframes(file.getnframes()))


def test_the_same_goes_into_a_flac(station: Path, tmp_path: Path) -> None:
    seconds, _, voice = say(station, "chao", tmp_path / "chao.flac")
    assert voice == "espeak:vi"
    with av.open(str(tmp_path / "chao.flac")) as file:
        assert file.format.name == "flac"
        assert file.duration / 1_000_000 == pytest.approx(seconds, abs=0.05)


def test_a_recording_beside_the_text_is_heard_instead(station: Path, tmp_path: Path) -> None:
    before = say(station, "chao", tmp_path / "chao.wav")
    shutil.copy(tmp_path / "chao.wav", station / "scripts" / "tin.wav")
    seconds, _, voice = say(station, "tin", tmp_path / "tin.wav")
    assert (seconds, voice) == (before[0], "recording")


@pytest.mark.parametrize("name", ["chao.mp3", "chao"])
def test_a_file_of_another_kind_is_not_understood(station: Path, tmp_path: Path, name: str) -> None:
    assert told(run(station, "script", "say", "chao", "-o", str(tmp_path / name))) == usage(
        "script say",
        "[OPTIONS] ID",
        f"Invalid value for '-o' / '--out': must end in .wav or .flac, not \"{name}\"",
    )
    assert not (tmp_path / name).exists()


def test_a_script_that_is_missing_is_told_with_a_near_one(station: Path, tmp_path: Path) -> None:
    to = tmp_path / "a.wav"
    assert told(run(station, "script", "say", "chap", "-o", str(to))) == (
        1,
        "",
        'scripts/chap.md: is missing; did you mean "chao"?\n',
    )
    assert not to.exists()


@pytest.mark.parametrize("folder", ["none", "none/deeper", "file"])
def test_a_folder_that_is_not_there_is_refused_and_not_made(
    station: Path, tmp_path: Path, folder: str
) -> None:
    (tmp_path / "file").write_text("in the way")
    to = tmp_path / folder / "chao.wav"
    assert told(run(station, "script", "say", "chao", "-o", str(to))) == (
        1,
        "",
        f"there is no folder {to.parent}: make it, or name another\n",
    )
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize("name", ["chao.wav", "chao.flac"])
def test_a_place_that_cannot_be_written_is_a_sentence(
    station: Path, tmp_path: Path, name: str
) -> None:
    to = tmp_path / name
    to.mkdir()
    assert told(run(station, "script", "say", "chao", "-o", str(to))) == (
        1,
        "",
        f"can't write {to}: Is a directory\n",
    )
