"""What the system says of a failure is said in the reader's language."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from broadcaster.errors import why


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
