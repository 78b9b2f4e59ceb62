"""`voice list` and `voice test`: who can speak, and what it sounds like."""

from __future__ import annotations

import json
import wave
from pathlib import Path
from typing import Any

import pytest

from tests.cli.desk import DEVICES, make, run, told, usage, write
from tests.cli.test_script_say import SAID
from tests.speech.commands import PYTHON
from tests.speech.piper_voices import needs_piper, place

TEXT = "Kính thưa bà con!"


@pytest.fixture(scope="module")
def station(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make(tmp_path_factory.mktemp("station"))


def speaking(folder: Path, *voice: str) -> Path:
    make(folder)
    write(folder / "devices.toml", "\n".join((DEVICES, "[voice]", *voice, "")))
    return folder


def program(*more: str) -> str:
    return f"[voice.command]\nrun = {json.dumps([*PYTHON, '{out}', *more])}"


def rows(station: Path) -> tuple[int, dict[str, dict[str, Any]]]:
    code, out, err = told(run(station, "voice", "list", "--json"))
    assert err == ""
    found = [json.loads(line) for line in out.splitlines()]
    return code, {row["engine"]: row for row in found}


def test_every_engine_is_listed_with_what_it_can(station: Path) -> None:
    code, found = rows(station)
    assert code == 0
    assert list(found) == ["espeak", "piper", "system", "command"]
    espeak = found["espeak"]
    assert (espeak["order"], espeak["first"], espeak["works"]) == (1, True, True)
    assert espeak["voices"][:3] == ["vi", "vi-vn-x-central", "vi-vn-x-south"]
    assert found["system"] == {
        "engine": "system", "order": None, "first": False, "works": False, "voices": [],
        "reason": "there are voices of the system on Windows and macOS only; use piper or espeak",
    }  # fmt: skip
    assert found["command"]["reason"] == "is not described in devices.toml"


def test_people_are_told_who_speaks_first_and_why_others_do_not(tmp_path: Path) -> None:
    folder = speaking(tmp_path, 'engines = ["system", "command", "espeak"]', program())
    code, out, err = told(run(folder, "voice", "list"))
    assert (code, err) == (0, "")
    lines = [line.split("  ") for line in out.splitlines()]
    assert [line[0] for line in lines] == ["system", "command", "espeak", "piper"]
    assert "doesn't work" in out.splitlines()[0]
    assert "Windows and macOS only" in out.splitlines()[0]
    assert "speaks first" in out.splitlines()[1]
    assert "speaks if that fails" in out.splitlines()[2]
    assert out.splitlines()[2].endswith(" more")


def test_nobody_who_works_is_a_failed_device(tmp_path: Path) -> None:
    code, found = rows(speaking(tmp_path, 'engines = ["system"]'))
    assert code == 3
    assert not any(row["first"] for row in found.values())


def test_a_text_is_read_then_spoken(station: Path, tmp_path: Path) -> None:
    to = tmp_path / "thu.wav"
    code, out, err = told(run(station, "voice", "test", "Lúc 7h30, UBND phường.", "-o", str(to)))
    found = SAID.fullmatch(err)
    assert (code, out) == (0, f"{to}\n")
    assert found
    assert found[3] == "espeak:vi"
    with wave.open(str(to)) as file:
        assert file.getnframes() / file.getframerate() == pytest.approx(float(found[1]), abs=0.1)
    short = told(run(station, "voice", "test", "Lúc phường.", "-o", str(to)))[2]
    assert float(found[1]) > 2 * float(short.split()[0])


def test_without_a_text_there_is_one(station: Path, tmp_path: Path) -> None:
    code, _, err = told(run(station, "voice", "test", "-o", str(tmp_path / "thu.flac")))
    assert code == 0
    assert SAID.fullmatch(err)


@pytest.mark.parametrize("voice", ["espeak:vi-vn-x-south", "vi-vn-x-south"])
def test_a_voice_may_be_named(station: Path, tmp_path: Path, voice: str) -> None:
    to = str(tmp_path / "thu.wav")
    code, _, err = told(run(station, "voice", "test", TEXT, "--voice", voice, "-o", to))
    assert code == 0
    assert err.endswith("LUFS, espeak:vi-vn-x-south\n")


@pytest.mark.parametrize(
    ("voice", "why"),
    [
        ("system", "system: there are voices of the system on Windows and macOS only"),
        ("espeak:hanoi", "espeak: there is no voice hanoi"),
        ("hanoi", "espeak: there is no voice hanoi"),
        ("piper:hanoi", "piper: "),
    ],
)
def test_a_named_voice_that_fails_is_spoken_for_by_nobody(
    station: Path, tmp_path: Path, voice: str, why: str
) -> None:
    to = tmp_path / "thu.wav"
    code, out, err = told(run(station, "voice", "test", TEXT, "--voice", voice, "-o", str(to)))
    assert (code, out) == (3, "")
    assert err.startswith(why)
    assert not to.exists()


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ((" ",), "the text is empty\n"),
        (
            (TEXT, "--voice", "command"),
            "the engine command needs a table [voice.command] with run = [...]\n",
        ),
    ],
)
def test_what_can_not_be_spoken_is_refused(
    station: Path, tmp_path: Path, words: tuple[str, ...], why: str
) -> None:
    to = str(tmp_path / "thu.wav")
    assert told(run(station, "voice", "test", *words, "-o", to)) == (1, "", why)


def test_a_file_of_another_kind_is_not_understood(station: Path) -> None:
    said = told(run(station, "voice", "test", "-o", "thu.mp3"))
    error = "Invalid value for '-o' / '--out': must end in .wav or .flac, not \"thu.mp3\""
    assert said == usage("voice test", "[OPTIONS] [TEXT]", error)


@pytest.mark.parametrize("what", ["fail", "silence", "half", "nothing"])
def test_another_engine_speaks_for_one_that_fails_and_it_is_said(tmp_path: Path, what: str) -> None:
    folder = speaking(tmp_path, 'engines = ["command", "espeak"]', program("vi", what))
    code, out, err = told(run(folder, "script", "say", "chao", "-o", str(folder / "a.wav")))
    failed, spoke = err.splitlines()
    assert (code, out) == (0, f"{folder / 'a.wav'}\n")
    assert failed.startswith("command: python")
    assert spoke.endswith("LUFS, espeak:vi")


@needs_piper
def test_a_piper_voice_that_is_none_does_not_work(tmp_path: Path) -> None:
    folder = speaking(tmp_path, 'engines = ["piper", "espeak"]')
    write(folder / "voices" / "mai.onnx", "<html>")
    write(folder / "voices" / "mai.onnx.json", "{}")
    code, out, _ = told(run(folder, "voice", "list"))
    assert code == 0
    assert "mai.onnx is no Piper voice" in out.splitlines()[0]
    assert "speaks first" in out.splitlines()[1]


@needs_piper
def test_a_piper_voice_speaks_a_script_that_asks_for_it(tmp_path: Path) -> None:
    folder = make(tmp_path)
    place(folder, "joe")
    write(folder / "scripts" / "chao.md", "---\ntitle: A\nvoice: piper:joe\n---\nGood morning.\n")
    code, _, err = told(run(folder, "script", "say", "chao", "-o", str(folder / "a.wav")))
    assert code == 0
    assert err.endswith("LUFS, piper:joe\n")
    code, found = rows(folder)
    assert found["piper"]["voices"] == ["joe"]
