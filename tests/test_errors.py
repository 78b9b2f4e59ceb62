"""What the system says of a failure is said in the reader's language."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from broadcaster.errors import Problem, problem_from_json, problem_json, why
from broadcaster.messages import Message, msg


@pytest.mark.parametrize(
    "number",
    [
        errno.ENOENT,
        errno.EACCES,
        errno.EPERM,
        errno.ENOSPC,
        errno.EROFS,
        errno.EISDIR,
        errno.ENOTDIR,
        errno.ECONNREFUSED,
        errno.EHOSTUNREACH,
        errno.ENETUNREACH,
        errno.ETIMEDOUT,
        errno.EIO,
    ],
)
def test_in_english_it_is_what_the_system_says(number: int) -> None:
    assert str(why(OSError(number, os.strerror(number)))) == os.strerror(number)


def test_a_failure_without_a_number() -> None:
    assert str(why(OSError("the line is dead"))) == "the line is dead"
    assert str(why(ValueError("embedded null byte"))) == "embedded null byte"


def test_in_vietnamese_no_english_is_left_in_it(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    told = subprocess.run(
        [sys.executable, "-m", "broadcaster", "init", str(tmp_path / "file" / "ward")],
        env={**os.environ, "LANGUAGE": "vi"},
        capture_output=True,
        check=False,
        encoding="utf-8",
    )
    assert (told.returncode, told.stdout, told.stderr) == (
        1,
        "",
        f"không ghi được {tmp_path}/file/ward: đây không phải là thư mục\n",
    )


def test_devices_that_can_not_write_say_so_in_vietnamese(tmp_path: Path) -> None:
    (tmp_path / "devices.toml").write_text(
        'format = 1\n[station]\nname = "Đài"\ntimezone = "Asia/Ho_Chi_Minh"\n[airtime]\n'
        'allowed = ["05:00-07:30"]\n[signs.cong]\ndriver = "virtual"\nwidth = 128\nheight = 16\n'
    )
    (tmp_path / "var").touch()
    told = subprocess.run(
        [sys.executable, "-m", "broadcaster", "--station", str(tmp_path), "device", "check"],
        env={**os.environ, "LANGUAGE": "vi"},
        capture_output=True,
        check=False,
        encoding="utf-8",
    )
    assert (told.returncode, told.stdout) == (
        3,
        f"cong  không ghi được vào {tmp_path}/var/signs/cong: đây không phải là thư mục\n",
    )


@pytest.mark.parametrize("hint", [None, msg('did you mean "{id}"?', id="loa")])
@pytest.mark.parametrize("line", [None, 14])
def test_a_problem_is_read_back_from_its_json(line: int | None, hint: Message | None) -> None:
    nested = msg("{what}; {hint}", what=msg("is missing"), hint="3")
    problem = Problem("devices.toml", line, "signs.cong", nested, hint, "warning")
    row = json.loads(json.dumps(problem_json(problem)))
    assert problem_from_json(row) == problem
    assert (row["message"], row["hint"]) == ("is missing; 3", str(hint or ""))
