"""`script edit`, and `script new` in a terminal: real editors, real terminals."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.desk import make, read, run, told, write
from tests.stations import GREETING

SCRIPT = "scripts/chao.md"
DRAFT = "var/drafts/chao.md"
LONGER = "Kính thưa bà con, hôm nay phường ta mở hội, mời bà con đến dự cho đông vui."


@pytest.fixture
def station(tmp_path: Path) -> Path:
    return make(tmp_path / "station")


@pytest.fixture
def editor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A program to be filled: it is given a file's name, as any editor is."""
    program = tmp_path / "editor"
    monkeypatch.setenv("EDITOR", str(program))
    monkeypatch.delenv("VISUAL", raising=False)
    return program


def does(editor: Path, command: str) -> None:
    """Let the editor run a line of shell on the file "$1"."""
    editor.write_text(f"#!/bin/sh\n{command}\n")
    editor.chmod(0o755)


def edit(station: Path, *words: str) -> tuple[int, str, str]:
    return told(run(station, "script", "edit", "chao", *words))


def in_terminal(station: Path, *words: str, keys: str = "") -> tuple[int, str]:
    """Run the real command in a terminal in which these keys are typed."""
    keyboard, terminal = pty.openpty()
    command = [sys.executable, "-m", "broadcaster", "--station", str(station), *words]
    with subprocess.Popen(command, stdin=terminal, stdout=terminal, stderr=terminal) as process:
        os.close(terminal)
        os.write(keyboard, keys.encode())
        seen = b""
        while True:
            try:
                seen += os.read(keyboard, 4096)
            except OSError:
                # The last one to hold the terminal is gone.
                break
    os.close(keyboard)
    return process.returncode, seen.decode().replace("\r\n", "\n")


def test_an_edit_is_shown_in_the_timetable_and_written(station: Path, editor: Path) -> None:
    does(editor, f"sed -i 's/^Kính.*/{LONGER}/' \"$1\"")
    code, out, err = edit(station)
    assert code == 0
    before, after, *others = out.splitlines()
    assert before.startswith("- 17:00 22/09-24/09 (3)  phuong  ngay-hoi/chieu: chime, chao; about ")
    assert after.startswith("+ 17:00 22/09-24/09 (3)  phuong  ngay-hoi/chieu: chime, chao; about ")
    assert before[2:] != after[2:]
    # The reminder speaks it, too.
    assert [line[:9] for line in others] == ["- 17:30 2", "+ 17:30 2"]
    assert err == f"written: {SCRIPT}\n"
    assert read(station, SCRIPT) == f"---\ntitle: Lời chào\n---\n{LONGER}\n"
    assert not (station / "var/drafts").exists()


def test_a_file_with_crlf_is_edited_in_plain_lines_and_keeps_its_own(
    station: Path, editor: Path
) -> None:
    write(station / SCRIPT, GREETING.replace("\n", "\r\n"))
    does(editor, 'if grep -q "$(printf \'\\r\')" "$1"; then exit 1; fi; echo \'Hết.\' >> "$1"')
    assert edit(station)[0] == 0
    assert read(station, SCRIPT) == (GREETING + "Hết.\n").replace("\n", "\r\n")


def test_a_text_left_alone_is_not_written(station: Path, editor: Path) -> None:
    does(editor, "exit 0")
    assert edit(station) == (0, "", "nothing was changed\n")
    assert read(station, SCRIPT) == GREETING


def test_a_dry_run_shows_and_writes_nothing(station: Path, editor: Path) -> None:
    does(editor, "sed -i 's/chào$/mừng/' \"$1\"")
    assert edit(station, "--dry-run") == (
        0,
        "",
        "the timetable stays as it is\nnothing was written\n",
    )
    assert read(station, SCRIPT) == GREETING


def test_a_broken_edit_is_refused_and_kept_as_a_draft(station: Path, editor: Path) -> None:
    does(editor, "sed -i 's/^title/titel/' \"$1\"")
    assert edit(station) == (
        1,
        "",
        f"""\
{SCRIPT}:1: title: is missing
{SCRIPT}:2: titel: unknown key; did you mean "title"?
nothing was written
your text is kept in {station / DRAFT}
""",
    )
    assert read(station, SCRIPT) == GREETING
    assert read(station, DRAFT) == GREETING.replace("title", "titel")


def test_an_edit_that_leaves_nothing_to_be_spoken_silences_its_slots_and_is_refused(
    station: Path, editor: Path
) -> None:
    does(editor, "sed -i '4d' \"$1\"")
    code, out, err = edit(station)
    fault = "refused: scripts/chao.md can't be used as it is"
    assert code == 1
    assert out.splitlines()[1] == (
        f"+ 17:00 22/09-24/09 (3)  phuong  ngay-hoi/chieu: chime, chao; {fault}"
    )
    assert err.splitlines() == [
        f"{SCRIPT}:3: has no text to be spoken",
        "nothing was written",
        f"your text is kept in {station / DRAFT}",
    ]
    assert read(station, SCRIPT) == GREETING


def test_what_somebody_else_wrote_meanwhile_is_not_overwritten(station: Path, editor: Path) -> None:
    does(editor, f"echo 'Thêm.' >> '{station / SCRIPT}'; echo 'Hết.' >> \"$1\"")
    assert edit(station) == (
        1,
        "",
        f"""\
your text is kept in {station / DRAFT}
{SCRIPT} was changed by somebody else meanwhile; do it again
""",
    )
    assert read(station, SCRIPT) == GREETING + "Thêm.\n"
    assert read(station, DRAFT) == GREETING + "Hết.\n"


def test_an_editor_that_fails_changes_nothing(station: Path, editor: Path) -> None:
    does(editor, "echo 'Hết.' >> \"$1\"; exit 1")
    assert edit(station) == (1, "", f"Error: {editor}: Editing failed\n")
    assert read(station, SCRIPT) == GREETING


def test_a_script_that_is_not_there_is_told_with_a_near_one(station: Path) -> None:
    assert told(run(station, "script", "edit", "chap")) == (
        1,
        "",
        'scripts/chap.md: is missing; did you mean "chao"?\n',
    )


def test_in_a_terminal_a_broken_edit_may_be_edited_again(station: Path, editor: Path) -> None:
    # What is wrong goes wrong once, and what was typed is there the second time.
    does(editor, "sed -i -e 's/^title/x/;t' -e 's/^x:/title:/' -e 's/bà con/cô bác/' \"$1\"")
    code, seen = in_terminal(station, "script", "edit", "chao", keys="y\nn\n")
    assert code == 0
    assert "Edit it again? [Y/n]: " in seen
    assert seen.endswith(f"written: {SCRIPT}\n")
    assert read(station, SCRIPT) == GREETING.replace("bà con", "cô bác")
    assert not (station / DRAFT).exists()


def test_in_a_terminal_a_new_script_is_written_in_the_editor(station: Path, editor: Path) -> None:
    does(editor, "echo 'Xin chào.' >> \"$1\"")
    code, seen = in_terminal(station, "script", "new", "moi", "--title", "Mới")
    assert (code, seen.splitlines()[-1]) == (0, "written: scripts/moi.md")
    assert read(station, "scripts/moi.md") == "---\ntitle: Mới\n---\nXin chào.\n"


@pytest.mark.parametrize("named", ["", None])
def test_without_an_editor_and_a_terminal_it_is_refused(
    station: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, named: str | None
) -> None:
    started = tmp_path / "started"
    for name in ("sensible-editor", "vim", "nano", "vi"):
        does(tmp_path / name, f"touch '{started}'")
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    for variable in ("VISUAL", "EDITOR"):
        monkeypatch.delenv(variable, raising=False)
        if named is not None:
            monkeypatch.setenv(variable, named)
    why = "no editor is named and there is no terminal for one"
    assert edit(station) == (1, "", f"{why}: set EDITOR, or edit {SCRIPT} yourself\n")
    assert not started.exists()
