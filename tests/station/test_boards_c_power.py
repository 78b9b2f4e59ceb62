"""What devices.toml says of boards behind C-Power controllers."""

from __future__ import annotations

from pathlib import Path

import pytest

from broadcaster.domain.boards import CPower, Framing
from tests.station.folders import DEVICES, station, told
from tests.stations import changed

DRIVER = 'driver = "c-power"\nlink = "socket://192.168.1.222:5200?baud=115200"'


def devices(more: str = "") -> dict[str, str]:
    return {"devices.toml": changed(DEVICES, ('driver = "virtual"', f"{DRIVER}\n{more}"))}


@pytest.mark.parametrize(
    ("more", "settings"),
    [
        ("", CPower()),
        (
            'address = 254\nframing = "serial"\nmoves = false\nswitches = false\nspeed = 100',
            CPower(address=254, framing=Framing.SERIAL, moves=False, switches=False, speed=100),
        ),
        (
            'framing = "network"\ncode = "00C0FFEE"',
            CPower(framing=Framing.NETWORK, code="00C0FFEE"),
        ),
    ],
)
def test_what_is_written_is_read(tmp_path: Path, more: str, settings: CPower) -> None:
    loaded = station(tmp_path, devices(more))
    assert told(loaded) == ""
    assert loaded.station
    assert loaded.station.signs["cong-ubnd"].settings == settings


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ("address = 255", "address: must be from 1 to 254, not 255"),
        ('framing = "tcp"', 'framing: must be one of serial, network, not "tcp"'),
        (
            'code = "ff"',
            'code: must be eight hexadecimal digits, not "ff"; for example "FFFFFFFF"',
        ),
        ("speed = 0", "speed: must be from 1 to 100, not 0"),
        ('moves = "no"', 'moves: must be true or false, not "no"'),
        ("switchs = true", 'switchs: unknown key; did you mean "switches"?'),
    ],
)
def test_what_is_wrong_is_told_with_its_line(tmp_path: Path, more: str, expected: str) -> None:
    loaded = station(tmp_path, devices(more))
    assert told(loaded) == f"devices.toml:22: signs.cong-ubnd.{expected}\n"
    assert loaded.station
    assert not loaded.station.signs


def test_its_brightness_can_be_kept(tmp_path: Path) -> None:
    keep = 'brightness_at = [ { between = "18:00-06:00", percent = 40 } ]'
    loaded = station(tmp_path, devices(keep))
    assert told(loaded) == ""
    assert loaded.station
    assert [each.percent for each in loaded.station.signs["cong-ubnd"].brightness_at] == [40]
