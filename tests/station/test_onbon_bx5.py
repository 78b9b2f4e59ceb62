"""What devices.toml tells of boards with Onbon's BX-5K and BX-6K controllers."""

from __future__ import annotations

from pathlib import Path

import pytest

from broadcaster.domain.boards import OnbonBx5
from broadcaster.station.load import load
from tests.station.folders import spoilt

ONBON = 'driver = "onbon-bx5"\nlink = "serial://COM1"\n'


@pytest.mark.parametrize(
    ("keys", "problem"),
    [
        ("", "19: signs.cong-ubnd.model: is missing"),
        (
            'model = "6K2"\naddress = 32768',
            "23: signs.cong-ubnd.address: must be from 1 to 32767, not 32768",
        ),
        ('model = "6K2"\nunit = 2', "23: signs.cong-ubnd.unit: unknown key"),
        (
            'model = "6k2"',
            (
                "22: signs.cong-ubnd.model: must be one of 5K1, 5K2, 5MK1, 5MK2, 5K1Q-YY, 6K1, "
                "6K2, 6K3, 6K1-YY, 6K2-YY, 6K3-YY, 6K1-4G, 6K2-4G, 6K4, "
                'not "6k2"; did you mean "6K2"?'
            ),
        ),
    ],
)
def test_what_is_wrong_is_told(tmp_path: Path, keys: str, problem: str) -> None:
    text = spoilt(tmp_path, ('driver = "virtual"\n', f"{ONBON}{keys}\n"))
    assert text == f"devices.toml:{problem}\n"


def test_what_is_right_is_read_and_it_can_be_dimmed(tmp_path: Path) -> None:
    dim = 'brightness_at = [{ between = "18:00-06:00", percent = 40 }]'
    keys = f'{ONBON}model = "6K2"\naddress = 7\n{dim}\n'
    assert spoilt(tmp_path, ('driver = "virtual"\n', keys)) == ""
    of = load(tmp_path).station
    assert of is not None
    assert of.signs["cong-ubnd"].settings == OnbonBx5(model="6K2", address=7)
    assert len(of.signs["cong-ubnd"].brightness_at) == 1
