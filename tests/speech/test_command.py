"""Any program as a voice: how it is called, and what becomes of what it does wrong."""

from __future__ import annotations

import asyncio
import os
import select
from pathlib import Path

import pytest

from broadcaster.domain.sound import Spoken
from broadcaster.errors import DeviceError
from broadcaster.speech.command import Command
from broadcaster.speech.estimate import PAUSE
from tests.speech.commands import command

TEXT = "Kính thưa bà con và các bạn!"


def speak(engine: Command, *texts: str, voice: str | None = None) -> Spoken:
    return asyncio.run(engine.speak(texts or (TEXT,), voice))


def left(folder: Path) -> list[Path]:
    return [path for path in (folder / "cache").rglob("*") if not path.is_dir()]


def script(folder: Path, *lines: str) -> str:
    path = folder / "doc.sh"
    path.write_text("\n".join(("#!/bin/sh", *lines)))
    path.chmod(0o755)
    return "./doc.sh"


def test_each_paragraph_is_a_call_with_its_text_in_utf_8_and_the_pause_is_ours(
    tmp_path: Path,
) -> None:
    engine = command(tmp_path)
    one, two = speak(engine), speak(engine, TEXT, "Xin mời!", TEXT)
    heard = (tmp_path / "heard.txt").read_text(encoding="utf-8")
    assert heard == f"{TEXT}\n" * 2 + f"Xin mời!\n{TEXT}\n"
    assert two.seconds > 2 * one.seconds + 2 * PAUSE


def test_a_program_of_the_station_s_folder_is_run_there(tmp_path: Path) -> None:
    program = script(tmp_path, f'exec "{command(tmp_path)._spec.run[0]}" "$1" "$2"')
    engine = command(tmp_path, run=(program, command(tmp_path)._spec.run[1]))
    assert speak(engine).voice == "command:doc"
    assert (tmp_path / "heard.txt").exists()


def test_arguments_are_given_as_they_are_and_to_no_shell(tmp_path: Path) -> None:
    program = script(tmp_path, 'for a in "$@"; do echo "$a" >> args; done; exit 3')
    engine = command(tmp_path, "a  b; $HOME", "*", run=(program,))
    with pytest.raises(DeviceError, match=r"doc.sh failed \(exit 3\)"):
        speak(engine)
    assert (tmp_path / "args").read_text().splitlines()[1:] == ["a  b; $HOME", "*"]


@pytest.mark.parametrize(
    ("what", "told"),
    [
        ("fail", "failed (exit 1): out of memory"),
        ("nothing", "wrote no sound file"),
        ("rubbish", "wrote a file that holds no sound"),
        ("silence", "gave nothing but silence"),
        ("half", "wrote a sound file that is cut short"),
    ],
)
def test_what_it_does_wrong_is_told_and_not_kept(tmp_path: Path, what: str, told: str) -> None:
    with pytest.raises(DeviceError) as failed:
        speak(command(tmp_path, "vi", what))
    assert failed.value.device == "command"
    assert told in str(failed.value)
    assert left(tmp_path) == []


def test_an_implausible_length_is_not_kept(tmp_path: Path) -> None:
    with pytest.raises(DeviceError, match=r"command: spoke for \d+ s where about 2 s were"):
        speak(command(tmp_path, "vi", "endless"))
    assert left(tmp_path) == []


def test_a_silent_paragraph_among_others_is_told(tmp_path: Path) -> None:
    program = script(tmp_path, 'read text; case "$text" in Xin*) s=silence;; esac',
                     'echo "$text" | "$2" "$3" "$1" vi $s')  # fmt: skip
    python, path = command(tmp_path)._spec.run[:2]
    engine = command(tmp_path, python, path, run=(program,))
    assert speak(engine, TEXT).seconds > 1
    with pytest.raises(DeviceError, match="silence"):
        speak(engine, TEXT, "Xin mời!")


def test_a_hang_is_stopped_and_all_that_it_started(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "alive")
    alive = os.open(tmp_path / "alive", os.O_RDONLY | os.O_NONBLOCK)
    program = script(tmp_path, "exec 3>alive", "echo up >&3", "sleep 1000 &", "wait")
    with pytest.raises(DeviceError, match=r"doc.sh gave no sound within 2 s and was stopped"):
        speak(command(tmp_path, run=(program,), seconds=2))
    assert os.read(alive, 10) == b"up\n"
    # At the end of its file none of them has it open any more.
    select.select([alive], [], [], 30)
    assert os.read(alive, 10) == b""
    os.close(alive)
    assert left(tmp_path) == []


def test_a_program_that_is_not_there_is_named(tmp_path: Path) -> None:
    engine = command(tmp_path, run=("no-such-tts",))
    with pytest.raises(DeviceError, match="there is no program no-such-tts to be run"):
        speak(engine)
    with pytest.raises(DeviceError, match="no-such-tts"):
        asyncio.run(engine.voices())


def test_a_program_that_can_not_be_started_is_told(tmp_path: Path) -> None:
    (tmp_path / "doc").write_text("#!/no/such/shell\n")
    (tmp_path / "doc").chmod(0o755)
    with pytest.raises(DeviceError, match=r"doc failed .*No such file"):
        speak(command(tmp_path, run=("./doc",)))


@pytest.mark.parametrize("spec", [{"version": "2"}, {"seconds": 61}])
def test_another_version_is_spoken_anew_another_patience_is_not(
    tmp_path: Path, spec: dict[str, str]
) -> None:
    spoken = speak(command(tmp_path))
    again = command(tmp_path, **spec).cached([TEXT], None)
    assert again == (None if "version" in spec else spoken)


def test_another_command_line_is_spoken_anew(tmp_path: Path) -> None:
    speak(command(tmp_path))
    assert command(tmp_path, "vi").cached([TEXT], None) is None
