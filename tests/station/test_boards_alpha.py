"""What devices.toml says of Alpha signs."""

from __future__ import annotations

from pathlib import Path

import pytest

from broadcaster.domain.boards import Alpha
from tests.station.folders import DEVICES, station, told
from tests.stations import changed

DRIVER = 'driver = "alpha"\nlink = "serial:///dev/serial/by-id/usb-1?baud=4800&format=7E2"'
EVERY = 'address = "0F"\ntype = "^"\nclear = "E$$$$"\nmemory = 5482\nanswers = true'


def devices(more: str = "") -> dict[str, str]:
    return {"devices.toml": changed(DEVICES, ('driver = "virtual"', f"{DRIVER}\n{more}"))}


@pytest.mark.parametrize(
    ("more", "settings"),
    [
        ("", Alpha()),
        (EVERY, Alpha(address="0F", type="^", clear="E$$$$", memory=5482, answers=True)),
        ('type = "!"', Alpha(type="!")),
    ],
)
def test_what_is_written_is_read(tmp_path: Path, more: str, settings: Alpha) -> None:
    loaded = station(tmp_path, devices(more))
    assert loaded.station
    assert loaded.station.signs["cong-ubnd"].settings == settings


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        (
            'address = "1"',
            'address: must be two hexadecimal digits, not "1"; for example "01"',
        ),
        ('type = "^^"', 'type: must be one character, not "^^"; for example "^" for a BetaBrite'),
        ('type = ","', 'type: must be one character, not ","; for example "^" for a BetaBrite'),
        ('clear = "E"', 'clear: must be one of E$, E$$$$, not "E"; did you mean "E$"?'),
        ("memory = 0", "memory: must be from 1 to 16777216, not 0"),
        ('answers = "yes"', 'answers: must be true or false, not "yes"'),
    ],
)
def test_what_is_wrong_is_named(tmp_path: Path, more: str, expected: str) -> None:
    assert f"signs.cong-ubnd.{expected}\n" in told(station(tmp_path, devices(more)))
