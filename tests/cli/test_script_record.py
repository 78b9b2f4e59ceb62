"""`script record --from`, whole: through the real FFmpeg."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from tests.audio.sounds import RATE, encoded, heard, wav
from tests.cli.desk import NEWS, make, read, run, told, usage, write
from tests.recording.sounds import carrying, voice
from tests.stations import GREETING

RESTART = "a daemon that is running airs it when it is started again\n"
FILE = "scripts/tin.flac"
STALE = (
    "scripts/tin.md:5: tin.flac says another text: it is not heard, this text is spoken instead; "
    "record it again: broadcaster script record tin\n"
)
VOICE = (
    "scripts/chao.md: only espeak would read this; "
    "a recording beside it would be heard instead: chao.wav\n"
)


@pytest.fixture
def station(tmp_path: Path) -> Path:
    return make(tmp_path / "station")


def record(station: Path, *words: str, id_: str = "tin") -> tuple[int, str, str]:
    return told(run(station, "script", "record", id_, *words))


def phone(folder: Path, seconds: float = 3.0, dbfs: float = -20.0) -> Path:
    """Give a stereo recording with two seconds of a quiet room before it, and a click after it."""
    room = np.random.default_rng(1).normal(size=2 * RATE) * 10 ** (-70 / 20)
    click = np.concatenate((room[: RATE // 2], np.full(RATE // 50, 0.1), room[: RATE // 5]))
    samples = np.concatenate((room, voice(seconds, dbfs), click))
    return encoded(wav(folder / "x.wav", samples), folder / "dien-thoai.m4a", "aac")


def test_a_recording_made_elsewhere_is_trimmed_and_put_beside_its_text(
    station: Path, tmp_path: Path
) -> None:
    code, out, err = record(station, "--from", str(phone(tmp_path)))
    assert (code, out) == (0, f"{FILE}\n")
    assert err.endswith(f" LUFS\n{RESTART}")
    samples = heard(station / FILE)
    # A breath before, the room's echo after.
    assert len(samples) / RATE == pytest.approx(3.0 + 0.2 + 0.4, abs=0.1)
    assert err.startswith(f"{len(samples) / RATE:.1f} s, ")
    assert 20 * np.log10(np.abs(samples).max()) == pytest.approx(-20, abs=3.5)


def test_it_airs_in_place_of_the_voice_until_its_text_is_another(
    station: Path, tmp_path: Path
) -> None:
    record(station, "--from", str(phone(tmp_path)))
    assert told(run(station, "script", "list"))[1].splitlines()[1] == (
        "tin   0:04  tin.flac  -         Bản tin"
    )
    write(station / "scripts/tin.md", NEWS.replace("bà con", "toàn thể bà con"))
    code, out, err = told(run(station, "check"))
    assert (code, out, err) == (1, STALE + VOICE, "1 error, 1 warning\n")
    assert told(run(station, "script", "list"))[1].splitlines()[1] == (
        "tin   0:04  tin.flac, not heard  -         Bản tin"
    )
    row = json.loads(run(station, "script", "show", "tin", "--json").stdout)
    assert (row["recording"], row["stale"]) == ("tin.flac", True)
    assert told(run(station, "timetable"))[2].startswith(STALE)
    said = told(run(station, "script", "say", "tin", "-o", str(tmp_path / "tin.wav")))
    assert said[2].endswith("espeak:vi\n")


def test_check_tells_it_in_vietnamese(station: Path) -> None:
    carrying(station / FILE, "Khác.")
    checked = subprocess.run(
        [sys.executable, "-m", "broadcaster", "--station", station, "check"],
        env={**os.environ, "LANGUAGE": "vi"},
        capture_output=True,
        check=False,
        encoding="utf-8",
    )
    assert checked.returncode == 1
    assert checked.stdout.splitlines()[0] == (
        "scripts/tin.md:5: tin.flac đọc một văn bản khác: bản ấy không được phát, máy đọc văn bản "
        "này thay vào; hãy thu lại: broadcaster script record tin"
    )


def test_a_text_may_be_edited_after_its_recording_and_its_writer_is_told(
    station: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    record(station, "--from", str(phone(tmp_path)))
    write(tmp_path / "new.md", NEWS.replace("bà con", "toàn thể bà con"))
    monkeypatch.setenv("EDITOR", f"cp {tmp_path / 'new.md'}")
    assert told(run(station, "script", "edit", "tin")) == (
        0,
        "",
        f"{STALE}the timetable stays as it is\nwritten: scripts/tin.md\n",
    )
    assert "toàn thể" in read(station, "scripts/tin.md")


def test_what_was_recorded_before_is_kept(station: Path, tmp_path: Path) -> None:
    first = phone(tmp_path)
    record(station, "--from", str(first))
    was = (station / FILE).read_bytes()
    wav(station / "scripts/tin.wav", voice(3.0))
    code, _, err = record(station, "--from", str(station / "scripts/tin.wav"))
    assert code == 0
    assert err.splitlines()[1:-1] == [
        "taken out and kept: var/trash/tin.flac",
        "taken out and kept: var/trash/tin.wav",
    ]
    assert (station / "var/trash/tin.flac").read_bytes() == was
    beside = sorted(path.name for path in (station / "scripts").iterdir())
    assert beside == ["chao.md", "tin.flac", "tin.md"]
    assert list((station / "var/takes").iterdir()) == []


def test_a_dry_run_judges_and_writes_nothing(station: Path, tmp_path: Path) -> None:
    code, out, err = record(station, "--from", str(phone(tmp_path)), "--dry-run")
    assert (code, out) == (0, "")
    assert err.endswith(" LUFS\nnothing was written\n")
    assert not (station / FILE).exists()


def test_a_recording_that_was_too_loud_is_told(station: Path, tmp_path: Path) -> None:
    source = wav(tmp_path / "to.wav", np.clip(voice(3.0, 12.0), -1, 1))
    code, _, err = record(station, "--from", str(source))
    assert code == 0
    assert err.splitlines()[1] == (
        "it is distorted in places, as it was recorded too loud: better do it again"
    )


@pytest.mark.parametrize(
    ("made", "said"),
    [
        (lambda path: wav(path, voice(3.0) * 1e-4), "holds nothing but silence"),
        (lambda path: path.write_bytes(b"x" * 999), "holds no sound that can be read"),
        (lambda path: path, "there is no such file"),
        (
            lambda path: wav(path, voice(20.0)),
            "lasts 20 s, and this text takes about 3 s: is it all of it, and nothing else?",
        ),
    ],
    ids=["silent", "no sound", "missing", "too long"],
)
def test_what_is_no_recording_of_it_is_refused(
    station: Path, tmp_path: Path, made: object, said: str
) -> None:
    assert callable(made)
    made(tmp_path / "a.wav")
    expected = (1, "", f"{tmp_path / 'a.wav'}: {said}\n")
    assert record(station, "--from", str(tmp_path / "a.wav")) == expected
    assert not (station / FILE).exists()


def test_a_half_of_a_long_text_is_refused(station: Path, tmp_path: Path) -> None:
    write(station / "scripts/tin.md", NEWS + "\nXin mời bà con đón nghe tin vui của phường." * 20)
    code, _, err = record(station, "--from", str(phone(tmp_path, 8.0)))
    assert code == 1
    assert ": lasts 9 s, and this text takes about " in err


def test_without_a_terminal_it_asks_for_a_file(station: Path) -> None:
    assert record(station) == usage(
        "script record",
        "[OPTIONS] ID",
        "there is no terminal to read it from; give a recording of it: --from FILE",
    )
    assert record(station, "--from", "a.wav", "--device", "usb") == usage(
        "script record",
        "[OPTIONS] ID",
        "--from takes a file, --device a microphone: give one of them",
    )


def test_a_script_that_is_missing_or_wrong_is_told(station: Path) -> None:
    assert record(station, "--from", "a.wav", id_="tim") == (
        1, "", 'scripts/tim.md: is missing; did you mean "tin"?\n',
    )  # fmt: skip
    write(station / "scripts/tin.md", GREETING.replace("---\n", "", 1))
    assert record(station, "--from", "a.wav") == (
        1,
        "",
        "scripts/tin.md:1: must begin with a line ---, then title: ..., then a line ---\n",
    )


def test_a_place_that_cannot_be_written_is_a_sentence(station: Path, tmp_path: Path) -> None:
    (station / "var").mkdir()
    (station / "var/takes").write_text("in the way")
    assert record(station, "--from", str(phone(tmp_path))) == (
        1, "", "can't write var/takes: File exists\n",
    )  # fmt: skip
