"""Mounts of Icecast servers, as devices.toml describes them."""

from __future__ import annotations

from pathlib import Path

import pytest

from broadcaster.domain.outputs import Icecast
from broadcaster.station.load import Loaded
from tests.station.folders import DEVICES, station, told

BEFORE, _, _AFTER = DEVICES.partition("[speakers.loa-chinh]")
AFTER = _AFTER[_AFTER.index("[signs") :]
EXAMPLE = 'for example "http://192.168.1.10:8000/loa.opus"'
URL = 'url = "http://10.0.0.9:8000/loa.opus"'
FILE = "mat-khau.txt"
SECRET = f'password_file = "{FILE}"'


def loaded(folder: Path, *lines: str) -> Loaded:
    (folder / FILE).write_text("hackme")
    (folder / FILE).chmod(0o600)
    speaker = "\n".join(["[speakers.loa-chinh]", 'driver = "icecast"', *lines])
    return station(folder, {"devices.toml": f"{BEFORE}{speaker}\n\n{AFTER}"})


def read(folder: Path, *lines: str) -> object:
    found = loaded(folder, *lines)
    assert told(found) == ""
    assert found.station
    return found.station.speakers["loa-chinh"].output


@pytest.mark.parametrize(
    ("mount", "codec", "bitrate"),
    [("loa.opus", "opus", 64), ("phuong/loa.OGG", "opus", 64), ("loa.mp3", "mp3", 96)],
)
def test_a_mount_tells_its_codec(tmp_path: Path, mount: str, codec: str, bitrate: int) -> None:
    url = f"http://10.0.0.9:8000/{mount}"
    assert read(tmp_path, f'url = "{url}"', SECRET) == Icecast(
        url=url, codec=codec, bitrate=bitrate, password_file=FILE, user="source"
    )


def test_all_that_a_mount_may_be_told(tmp_path: Path) -> None:
    more = ('codec = "mp3"', "bitrate = 128", 'user = "phuong"')
    assert read(tmp_path, 'url = "https://dai.vn/loa"', SECRET, *more) == Icecast(
        url="https://dai.vn/loa",
        codec="mp3",
        bitrate=128,
        password_file=FILE,
        user="phuong",
    )


@pytest.mark.parametrize(
    ("lines", "says"),
    [
        ([SECRET], "url: is missing"),
        ([URL], "password_file: is missing"),
        (
            ['url = "10.0.0.9:8000/loa.opus"', SECRET],
            f'url: must be the address of a mount, not "10.0.0.9:8000/loa.opus"; {EXAMPLE}',
        ),
        (
            ['url = "http://10.0.0.9:80000/loa.opus"', SECRET],
            f'url: must be the address of a mount, not "http://10.0.0.9:80000/loa.opus"; {EXAMPLE}',
        ),
        (
            ['url = "http://10.0.0.9:8000"', SECRET],
            f"url: must end in a mount of letters, digits, . _ - and /; {EXAMPLE}",
        ),
        (
            ['url = "http://source:hackme@10.0.0.9:8000/loa.opus"', SECRET],
            "url: must not hold a user or a password; use the keys user and password_file",
        ),
        (
            ['url = "http://10.0.0.9:8000/loa"', SECRET],
            "codec: is missing, and the mount's ending does not tell it; one of opus, mp3",
        ),
        ([URL, SECRET, 'codec = "aac"'], 'codec: must be one of opus, mp3, not "aac"'),
        (
            [URL, SECRET, "bitrate = 500"],
            "bitrate: must be one of 24, 32, 48, 64, 96, 128, not 500",
        ),
        ([URL, SECRET, 'user = "a:b"'], "user: must not hold a colon"),
        (
            [URL, SECRET, 'password = "hackme"'],
            (
                "password: must not stand here, where it is shown and copied with the station; "
                "put it into a file that only you may read, and name that as password_file"
            ),
        ),
    ],
)
def test_what_is_wrong_is_told(tmp_path: Path, lines: list[str], says: str) -> None:
    assert f"speakers.loa-chinh.{says}\n" in told(loaded(tmp_path, *lines))


def test_a_password_that_is_not_there_is_warned_of(tmp_path: Path) -> None:
    found = loaded(tmp_path, URL, 'password_file = "khong-co.txt"')
    assert (
        "warning: devices.toml:19: speakers.loa-chinh.password_file: the password's file "
        f"{tmp_path / 'khong-co.txt'} can't be read: No such file or directory\n"
    ) in told(found)
    assert found.station
    assert "loa-chinh" in found.station.speakers
