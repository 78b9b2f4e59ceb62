"""Station folders for tests: a right one, to be spoilt file by file."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from broadcaster.station.load import Loaded, load
from tests.stations import GREETING, changed, devices

DEVICES = devices(
    name="Đài truyền thanh phường",
    heard="toan-phuong",
    seen="bang-dien-tu",
    speaker="loa-chinh",
    sign="cong-ubnd",
)

PLAYLIST = """\
format = 1

[campaign]
title = "Ngày hội"
from = 2025-09-22
until = 2025-10-05

[[radio]]
id = "ban-tin"
at = ["05:30"]
zones = ["toan-phuong"]
items = [{ script = "loi-chao" }]

[[led]]
id = "khau-hieu"
between = ["06:00-22:00"]
zones = ["bang-dien-tu"]
slogans = ["Nhiệt liệt chào mừng"]

[[event]]
id = "khai-mac"
title = "Lễ khai mạc"
date = 2025-10-01
remind = { before = "1d", at = "17:00", script = "loi-chao", zones = ["toan-phuong"] }
"""

RIGHT: Mapping[str, str | bytes] = {
    "devices.toml": DEVICES,
    "scripts/loi-chao.md": GREETING,
    "scripts/loi-chao.wav": b"recorded",
    "playlists/ngay-hoi.toml": PLAYLIST,
}


def write(folder: Path, files: Mapping[str, str | bytes]) -> None:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)


def station(folder: Path, files: Mapping[str, str | bytes] | None = None, *less: str) -> Loaded:
    """Load the right station with some of its files replaced, others left as they are."""
    files = {**RIGHT, **(files or {})}
    write(folder, {name: content for name, content in files.items() if name not in less})
    return load(folder)


def told(loaded: Loaded) -> str:
    """Give what a person reads of a load: a line a problem, warnings marked."""
    return "".join(
        f"{'warning: ' if problem.level == 'warning' else ''}{problem}\n"
        for problem in loaded.problems
    )


def spoilt(folder: Path, *changes: tuple[str, str], more: str = "") -> str:
    """Give what a person reads of a station whose devices.toml is spoilt."""
    return told(station(folder, {"devices.toml": changed(DEVICES, *changes) + more}))
