"""What is made of a station: one daemon, held by a lock, and its signs on their lines."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from broadcaster.clock import SimulatedTime
from broadcaster.errors import DeviceError, Refusal
from broadcaster.station.load import load
from broadcaster.wiring.devices import signs
from broadcaster.wiring.place import Place, alone
from tests.contracts.signs import ZONE, content
from tests.stations import devices


def test_a_second_one_is_refused_until_the_first_has_ended(tmp_path: Path) -> None:
    (tmp_path / "var").mkdir()
    again = alone(tmp_path)
    with alone(tmp_path), pytest.raises(Refusal, match="another daemon runs this station"), again:
        pass
    with alone(tmp_path):
        pass


def test_a_lock_that_cannot_be_written_is_no_second_daemon(tmp_path: Path) -> None:
    lock = tmp_path / "var" / "daemon.lock"
    lock.mkdir(parents=True)
    with pytest.raises(DeviceError) as raised, alone(tmp_path):
        pass
    assert str(raised.value) == f"{lock}: can't be written: unable to open database file"


@pytest.mark.parametrize(
    ("sign", "least", "most"),
    [
        # A frame of some 800 bytes, and the few short ones before it.
        ('driver = "onbon-bx6"\nlink = "socket://127.0.0.1:5005"', 0.0, 0.5),
        ('driver = "onbon-bx6"\nlink = "socket://127.0.0.1:5005?baud=9600"', 0.8, 2.0),
        ('driver = "onbon-bx6"\nlink = "serial:///dev/ttyS9"', 0.8, 2.0),
        # Behind a socket an Alpha sign has a serial line, and loses what comes too fast.
        ('driver = "alpha"\nlink = "socket://127.0.0.1:5005"', 10.8, 20.0),
    ],
)
def test_a_board_is_begun_as_early_as_the_way_to_it_is_slow(
    tmp_path: Path, sign: str, least: float, most: float
) -> None:
    text = devices(name="Đài thử", heard="phuong", seen="cong", speaker="loa", sign="bang")
    assert 'driver = "virtual"' in text
    (tmp_path / "devices.toml").write_text(
        text.replace('driver = "virtual"', sign), encoding="utf-8"
    )
    station = load(tmp_path).station
    assert station is not None
    place = Place(station, tmp_path / "var", SimulatedTime(datetime(2025, 9, 22, tzinfo=ZONE)))
    slogan = content("Nhiệt liệt chào mừng Ngày hội Đổi mới sáng tạo")
    lead = signs(place)["bang"].lead(slogan, None)
    assert least < lead < most
