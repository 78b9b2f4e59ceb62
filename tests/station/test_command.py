"""[voice.command]: a program that speaks, as devices.toml describes it."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from broadcaster.domain.station import CommandVoice, VoiceSettings
from tests.station.folders import station, told

HEAD = 'format = 1\n[station]\nname = "Đài"\ntimezone = "Asia/Ho_Chi_Minh"\n[voice]\n'
AT = "devices.toml:8: voice.command"


def read(folder: Path, lines: str, engines: str = "command") -> tuple[VoiceSettings, str]:
    head = f'{HEAD}engines = ["{engines}"]\n'
    loaded = station(folder, {"devices.toml": head + lines})
    assert loaded.station
    said = told(loaded).splitlines(keepends=True)
    return loaded.station.voice, "".join(line for line in said if ": voice." in line)


def test_all_of_it(tmp_path: Path) -> None:
    voice, problems = read(
        tmp_path,
        "[voice.command]\n"
        'run = ["doc", "--giong  rieng", "{voice}", "--ra={out}"]\n'
        'voices = ["bac", "nam"]\ntimeout = "2m"\nversion = "2"\n',
    )
    assert problems == ""
    assert voice.engines == ("command",)
    assert voice.command == CommandVoice(
        run=("doc", "--giong  rieng", "{voice}", "--ra={out}"),
        voices=("bac", "nam"),
        timeout=timedelta(minutes=2),
        version="2",
    )


def test_it_may_stand_for_a_script_alone(tmp_path: Path) -> None:
    voice, problems = read(tmp_path, '[voice.command]\nrun = ["doc", "{out}"]\n', "espeak")
    assert problems == ""
    assert voice.engines == ("espeak",)
    assert voice.command == CommandVoice(run=("doc", "{out}"))


@pytest.mark.parametrize(
    ("line", "wrong"),
    [
        ("run = []", ".run: is empty"),
        ('run = "doc {out}"', '.run: must be a list in [ ], not "doc {out}"'),
        (
            'run = ["doc"]',
            '.run: must say by {out} where the program is to write its sound; for example ["my-tts',
        ),
        ('run = ["doc", 5, "{out}"]', ".run: must be a text in quotes, not 5"),
        (
            'run = ["doc", "{voice}", "{out}"]',
            ".run: {voice} in it and a list of voices go together",
        ),
        (
            'run = ["doc", "{out}"]\nvoices = ["bac"]',
            ".run: {voice} in it and a list of voices go together",
        ),
    ],
)
def test_what_is_wrong_is_told_and_espeak_stands_in(tmp_path: Path, line: str, wrong: str) -> None:
    voice, problems = read(tmp_path, f"[voice.command]\n{line}\n")
    assert problems.startswith(AT + wrong)
    assert voice == VoiceSettings(engines=("espeak",))


@pytest.mark.parametrize("time", ["0s", "31m"])
def test_its_patience_has_bounds(tmp_path: Path, time: str) -> None:
    _, problems = read(tmp_path, f'[voice.command]\nrun = ["doc", "{{out}}"]\ntimeout = "{time}"\n')
    assert problems == (
        f'devices.toml:9: voice.command.timeout: must be from 1s to 30m, not "{time}"\n'
    )


def test_the_engine_needs_its_table(tmp_path: Path) -> None:
    voice, problems = read(tmp_path, "")
    assert problems == (
        "devices.toml:6: voice.engines: "
        "the engine command needs a table [voice.command] with run = [...]\n"
    )
    assert voice.engines == ("espeak",)
