"""Devices that can't hang on the same link are named, with file and line, and left out."""

from __future__ import annotations

from pathlib import Path

import pytest

from broadcaster.station.load import Loaded
from tests.station.folders import DEVICES, station, told
from tests.stations import changed

SERIAL = "serial:///dev/serial/by-id/usb-a"
ADDRESSES = "signs that share a line have addresses of their own"


def sign(number: int, *keys: str, driver: str = "alpha", link: str = SERIAL) -> str:
    head = (f"[signs.bang-{number}]", f'driver = "{driver}"', f'link = "{link}"')
    return "\n".join((*head, "width = 128", "height = 16", *keys)) + "\n\n"


def loaded(folder: Path, *more: str) -> Loaded:
    return station(folder, {"devices.toml": f"{DEVICES}\n{''.join(more)}"})


def left(found: Loaded) -> set[str]:
    assert found.station
    return set(found.station.signs) - {"cong-ubnd"}


def start() -> int:
    return len(DEVICES.splitlines()) + 2


def test_signs_with_addresses_of_their_own_share_a_line(tmp_path: Path) -> None:
    found = loaded(
        tmp_path,
        sign(1, 'address = "01"'),
        sign(2, 'address = "02"', link=f"{SERIAL}?baud=9600&format=8n1"),
        sign(3, driver="c-power"),
        sign(4, driver="jetfile"),
        sign(5, "unit = 2", driver="jetfile"),
        sign(6, driver="onbon-bx6"),
        sign(7, "address = 2", driver="onbon-bx6"),
    )
    assert told(found) == ""
    assert left(found) == {f"bang-{number}" for number in range(1, 8)}


def test_one_line_has_one_rate(tmp_path: Path) -> None:
    found = loaded(
        tmp_path,
        sign(1, 'address = "01"'),
        sign(2, 'address = "02"', link=f"{SERIAL}?baud=4800&format=7E2"),
    )
    assert told(found) == (
        f"devices.toml:{start() + 9}: signs.bang-2.link: is the line of bang-1, with other "
        "settings: serial 4800 7E2, not serial 9600 8N1; "
        "signs that share a line have the same link\n"
    )
    assert left(found) == {"bang-1"}


def test_one_server_is_spoken_to_in_one_way(tmp_path: Path) -> None:
    found = loaded(
        tmp_path,
        sign(1, 'address = "01"', link="socket://10.0.0.9:5005?baud=9600"),
        sign(2, 'address = "02"', link="rfc2217://10.0.0.9:5005"),
    )
    assert left(found) == {"bang-1"}
    assert "rfc2217 9600 8N1, not socket 9600 8N1" in told(found)


@pytest.mark.parametrize(
    ("driver", "key", "one", "two"),
    [
        ("alpha", "address", 'address = "0A"', 'address = "0A"'),
        ("alpha", "address", 'address = "0A"\ntype = "^"', 'address = "0A"'),
        ("c-power", "address", "", "address = 1"),
        ("onbon-bx6", "address", "", ""),
        ("onbon-bx5", "address", 'model = "5K1"', 'model = "6K1"\naddress = 1'),
        ("jetfile", "unit", "", "group = 1\nunit = 1"),
    ],
)
def test_of_two_signs_with_one_address_neither_is_sent_anything(
    tmp_path: Path, driver: str, key: str, one: str, two: str
) -> None:
    found = loaded(tmp_path, sign(1, one, driver=driver), sign(2, two, driver=driver))
    assert left(found) == set()
    assert [
        (problem.key, str(problem.message), str(problem.hint))
        for problem in found.problems
        if problem.level == "error"
    ] == [
        (f"signs.bang-1.{key}", "what it is sent, bang-2 would show too", ADDRESSES),
        (f"signs.bang-2.{key}", "what it is sent, bang-1 would show too", ADDRESSES),
    ]


def test_kinds_that_are_framed_alike_share_addresses(tmp_path: Path) -> None:
    found = loaded(
        tmp_path,
        sign(1, 'model = "5K1"', driver="onbon-bx5"),
        sign(2, driver="onbon-bx6"),
    )
    assert left(found) == set()


def test_signs_of_other_types_may_have_the_same_address(tmp_path: Path) -> None:
    found = loaded(
        tmp_path,
        sign(1, 'address = "0A"', 'type = "^"'),
        sign(2, 'address = "0A"', 'type = "!"'),
    )
    assert left(found) == {"bang-1", "bang-2"}


def test_an_address_of_all_is_refused_beside_others_which_stay(tmp_path: Path) -> None:
    found = loaded(
        tmp_path, sign(1), sign(2, 'address = "02"'), sign(3, 'address = "03"', "idle = 'clock'")
    )
    assert told(found) == (
        f"devices.toml:{start()}: signs.bang-1.address: what it is sent, bang-2, bang-3 would "
        f"show too; {ADDRESSES}\n"
    )
    assert left(found) == {"bang-2", "bang-3"}


def test_an_address_of_all_may_be_alone_on_its_line(tmp_path: Path) -> None:
    found = loaded(tmp_path, sign(1), sign(2, link="socket://10.0.0.9:10001"))
    assert told(found) == ""


def test_no_sign_hangs_where_an_amplifier_does(tmp_path: Path) -> None:
    amplifier = f'amplifier = {{ link = "{SERIAL}", on = "A0", off = "A1" }}'
    devices = changed(DEVICES, ('driver = "file"', f'driver = "soundcard"\n{amplifier}'))
    found = station(tmp_path, {"devices.toml": f"{devices}\n{sign(1)}"})
    assert told(found) == (
        f"devices.toml:{start() + 3}: signs.bang-1.link: is where the amplifier of loa-chinh is "
        "plugged in; what a sign is sent could switch it\n"
    )
    assert found.station
    assert set(found.station.signs) == {"cong-ubnd"}
    assert found.station.speakers["loa-chinh"].amplifier


def test_all_that_is_wrong_on_a_line_is_told_at_once(tmp_path: Path) -> None:
    found = loaded(tmp_path, sign(1), sign(2, link=f"{SERIAL}?baud=4800"))
    assert [problem.key for problem in found.problems if problem.level == "error"] == [
        "signs.bang-1.address",
        "signs.bang-2.address",
        "signs.bang-2.link",
    ]


def test_a_zone_of_signs_that_are_left_out_has_none(tmp_path: Path) -> None:
    seen = ('signs = ["cong-ubnd"]', 'signs = ["bang-1"]')
    twice = f"{changed(DEVICES, seen)}\n{sign(1)}{sign(2)}"
    found = station(tmp_path, {"devices.toml": twice})
    assert found.station
    assert str(found.station.campaigns[0].led[0].fault) == (
        'no sign of zone "bang-dien-tu" can be used'
    )


@pytest.mark.parametrize("port", ["/dev/ttyUSB0", "/dev/ttyACM12"])
def test_a_port_by_its_number_is_warned_of(tmp_path: Path, port: str) -> None:
    found = loaded(tmp_path, sign(1, link=f"serial://{port}?baud=9600"))
    assert told(found) == (
        f"warning: devices.toml:{start() + 2}: signs.bang-1.link: {port} may be another adapter "
        "after a restart; name it as in /dev/serial/by-id/, which `broadcaster device scan` lists\n"
    )
    assert [problem.level for problem in found.problems] == ["warning"]
    assert left(found) == {"bang-1"}


@pytest.mark.parametrize("link", [SERIAL, "serial:///dev/ttyS0", "serial://COM3"])
def test_a_port_that_stays_is_not(tmp_path: Path, link: str) -> None:
    assert told(loaded(tmp_path, sign(1, link=link))) == ""
