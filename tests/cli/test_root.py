"""The root command: what it offers, what it loads, and the language it speaks."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from broadcaster.cli import main
from broadcaster.cli.root import COMMANDS
from tests.heavy import HEAVY

SHIPPED = Path(__file__).parents[2]


def loaded(code: str) -> set[str]:
    """Give the packages that a fresh interpreter has loaded after some code."""
    program = f"import json, sys\n{code}\njson.dump(sorted(sys.modules), sys.stdout)"
    out = subprocess.run([sys.executable, "-c", program], check=True, stdout=subprocess.PIPE).stdout
    return {name.split(".")[0] for name in json.loads(out.splitlines()[-1])}


def test_help_names_every_command_with_what_it_does() -> None:
    result = CliRunner().invoke(main, ["--help"])
    assert result.exit_code == 0
    told = {
        line.split()[0]: line.split()[1:]
        for line in result.stdout.split("Commands:")[1].splitlines()
        if line.strip()
    }
    assert set(told) == set(COMMANDS)
    assert all(told.values())


@pytest.mark.parametrize("command", list(COMMANDS))
def test_every_command_has_help(command: str) -> None:
    assert CliRunner().invoke(main, [command, "--help"]).exit_code == 0


def test_what_is_no_command_is_a_usage_error() -> None:
    result = CliRunner().invoke(main, ["brodcast"])
    assert result.exit_code == 2
    assert "brodcast" in result.stderr


def test_help_loads_nothing_heavy() -> None:
    code = "from broadcaster.cli import main\ntry: main(['--help'])\nexcept SystemExit: print()"
    assert loaded(code) & HEAVY == set()


def test_the_daemon_loads_nothing_heavy_to_begin_with() -> None:
    assert loaded("import broadcaster.wiring.daemons, broadcaster.daemon.loop") & HEAVY == set()


def in_terminal(command: list[str], env: dict[str, str]) -> bytes:
    """Give what a command writes to stderr where that is a terminal."""
    ours, its = os.openpty()
    try:
        subprocess.run(command, env=env, stdout=subprocess.DEVNULL, stderr=its, check=False)
        return os.read(ours, 10_000)
    finally:
        os.close(its)
        os.close(ours)


@pytest.mark.parametrize(
    ("said", "seen"),
    [
        ({}, b"\x1b[31mdevices.toml: is missing\x1b[0m\r\n"),
        ({"NO_COLOR": ""}, b"\x1b[31mdevices.toml: is missing\x1b[0m\r\n"),
        ({"NO_COLOR": "1"}, b"devices.toml: is missing\r\n"),
    ],
)
def test_colours_are_for_terminals_that_want_them(
    tmp_path: Path, said: dict[str, str], seen: bytes
) -> None:
    command = [sys.executable, "-m", "broadcaster", "--station", str(tmp_path), "device", "list"]
    env = {key: value for key, value in os.environ.items() if key != "NO_COLOR"} | said
    assert in_terminal(command, env) == seen
    piped = subprocess.run(command, env=env, stderr=subprocess.PIPE, check=False)
    assert piped.stderr == b"devices.toml: is missing\n"


def test_it_speaks_vietnamese_where_the_locale_does() -> None:
    result = subprocess.run(
        [sys.executable, "-m", "broadcaster", "--help"],
        env=os.environ | {"LANGUAGE": "vi"}, stdout=subprocess.PIPE, check=True, text=True,
    )  # fmt: skip
    assert "Cách dùng" in result.stdout
    assert "phát" in result.stdout


@pytest.mark.parametrize("unbuffered", ["", "1"])
@pytest.mark.parametrize("words", [["--help"], ["script", "list"], ["script", "--help"]])
def test_output_that_cannot_be_written_is_a_sentence(words: list[str], unbuffered: str) -> None:
    with Path("/dev/full").open("w") as full:
        result = subprocess.run(
            [sys.executable, "-m", "broadcaster", "--station", str(SHIPPED), *words],
            env=os.environ | {"PYTHONUNBUFFERED": unbuffered},
            stdout=full, stderr=subprocess.PIPE, check=False, text=True,
        )  # fmt: skip
    assert (result.returncode, result.stderr) == (
        3,
        "the output can't be written: No space left on device\n",
    )


def test_a_pipe_that_nobody_reads_any_more_is_no_fault() -> None:
    reader, writer = os.pipe()
    os.close(reader)
    result = subprocess.run(
        [sys.executable, "-m", "broadcaster", "--station", str(SHIPPED), "script", "list"],
        stdout=writer, stderr=subprocess.PIPE, check=False,
    )  # fmt: skip
    os.close(writer)
    assert result.stderr == b""


@pytest.mark.parametrize("command", [["check"], ["log"], ["run"], ["script", "list"]])
def test_a_station_that_is_not_there_is_named_with_what_makes_one(
    tmp_path: Path, command: list[str]
) -> None:
    folder = tmp_path / "đài mới"
    result = CliRunner().invoke(main, ["--station", str(folder), *command])
    hint = f"name a station's folder, or make one: broadcaster init '{folder}'"
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == f"there is no folder {folder}: {hint}\n"
    assert not folder.exists()


@pytest.mark.parametrize("command", [["check", "--help"], ["playlist", "new", "-h"]])
def test_help_needs_no_station(tmp_path: Path, command: list[str]) -> None:
    result = CliRunner().invoke(main, ["--station", str(tmp_path / "none"), *command])
    assert (result.exit_code, result.stderr) == (0, "")


def test_a_new_station_needs_none_that_is_there(tmp_path: Path) -> None:
    words = ["--station", str(tmp_path / "none"), "init", str(tmp_path / "new")]
    assert CliRunner().invoke(main, words).exit_code == 0


def test_a_current_folder_that_was_deleted_is_named(tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    script = 'rmdir "$1" && exec "$2" -m broadcaster check'
    result = subprocess.run(
        ["sh", "-c", script, "sh", str(gone), sys.executable],
        cwd=gone, capture_output=True, text=True, check=False,
        env=os.environ | {"LANGUAGE": "en", "PYTHONPATH": str(Path(__file__).parents[2])},
    )  # fmt: skip
    assert (result.returncode, result.stdout) == (1, "")
    assert result.stderr.startswith("there is no folder .: name a station's folder")
