"""What people get wrong about loudspeakers, signs and zones, and what still works."""

from __future__ import annotations

from pathlib import Path

import pytest

from broadcaster.station.load import load
from tests.station.folders import DEVICES, spoilt, station, told
from tests.stations import changed


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            'driver = "file"',
            'driver = "flie"\nvolume = "90%"\nurl = "x"',
            (
                "devices.toml:17: speakers.loa-chinh.driver: must be one of file, soundcard, "
                'icecast, multicast, sip, not "flie"; did you mean "file"?\n'
                "devices.toml:18: speakers.loa-chinh.volume: "
                'must be a whole percentage, not "90%"\n'
            ),
        ),
        (
            'driver = "file"',
            (
                'driver = "file"\nvolume = 120\n'
                "volume_at = [\n"
                '  { between = "05:00-06:00", percent = 60 },\n'
                '  { between = "05:30-07:00", percnt = 50 },\n'
                '  { between = "05:30-07:00", percent = 10 },\n'
                "]"
            ),
            (
                "devices.toml:18: speakers.loa-chinh.volume: must be from 0 to 100, not 120\n"
                "devices.toml:19: speakers.loa-chinh.volume_at: "
                "05:00-06:00 and 05:30-07:00 overlap\n"
                "devices.toml:21: speakers.loa-chinh.volume_at[2].percent: is missing\n"
                "devices.toml:21: speakers.loa-chinh.volume_at[2].percnt: unknown key; "
                'did you mean "percent"?\n'
            ),
        ),
        ('driver = "file"\n', "", "devices.toml:16: speakers.loa-chinh.driver: is missing\n"),
        (
            "[speakers.loa-chinh]",
            "[speakers.Loa_chinh]",
            (
                'devices.toml:11: zones.toan-phuong.speakers: there is no "loa-chinh" '
                "in this file\n"
                "devices.toml:16: speakers.Loa_chinh: an id has lower-case letters a-z, digits "
                'and hyphens, not "Loa_chinh"; did you mean "loa-chinh"?\n'
            ),
        ),
    ],
)
def test_a_wrong_loudspeaker_is_left_out_and_silences_its_zone(
    tmp_path: Path, old: str, new: str, expected: str
) -> None:
    loaded = station(tmp_path, {"devices.toml": changed(DEVICES, (old, new))})
    assert told(loaded) == expected
    assert loaded.station
    assert not loaded.station.speakers
    assert set(loaded.station.signs) == {"cong-ubnd"}
    campaign = loaded.station.campaigns[0]
    assert str(campaign.radio[0].fault) == 'no loudspeaker of zone "toan-phuong" can be used'
    assert campaign.led[0].fault is None


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            'driver = "virtual"',
            'driver = "alpha"',
            '19: signs.cong-ubnd.link: is missing; for example "serial:///dev/serial/by-id/..."',
        ),
        (
            'driver = "virtual"',
            'driver = "alpha"\nlink = "tcp://x"',
            (
                '21: signs.cong-ubnd.link: "tcp://x" must begin with '
                "serial://, socket:// or rfc2217://"
            ),
        ),
        (
            'driver = "virtual"',
            'driver = "onbon-bx6"\nlink = "socket://x:1"\nmodel = "6E4"',
            (
                "22: signs.cong-ubnd.model: must be one of 6E1, 6E2, 6E3, 6E1X, 6E2X, 6Q0, 6Q1, "
                '6Q2, 6Q3, 6Q2L, 6Q3L, not "6E4"; did you mean "6E3"?'
            ),
        ),
        (
            'driver = "virtual"',
            'driver = "jetfile"\nlink = "socket://x:1"\narea = 3',
            "22: signs.cong-ubnd.area: unknown key",
        ),
        (
            'driver = "virtual"',
            'driver = "jetfile"\nlink = "socket://x:1"\nunit = 255\ntrailing = 0',
            (
                "22: signs.cong-ubnd.unit: must be from 1 to 254, not 255\n"
                "devices.toml:23: signs.cong-ubnd.trailing: must be true or false, not 0"
            ),
        ),
        ("width = 128", "width = 0", "21: signs.cong-ubnd.width: must be from 1 to 4096, not 0"),
        (
            "height = 16",
            "height = true",
            "22: signs.cong-ubnd.height: must be a whole number of pixels, not true",
        ),
        ("height = 16", "", "19: signs.cong-ubnd.height: is missing"),
        ("height = 16", 'height = 16\nidle = ""', "23: signs.cong-ubnd.idle: is empty"),
    ],
)
def test_a_wrong_sign_is_left_out_and_darkens_its_zone(
    tmp_path: Path, old: str, new: str, expected: str
) -> None:
    loaded = station(tmp_path, {"devices.toml": changed(DEVICES, (old, new))})
    assert told(loaded) == f"devices.toml:{expected}\n"
    assert loaded.station
    assert not loaded.station.signs
    campaign = loaded.station.campaigns[0]
    assert str(campaign.led[0].fault) == 'no sign of zone "bang-dien-tu" can be used'
    assert campaign.radio[0].fault is None


def test_a_zone_goes_on_with_the_loudspeakers_that_are_right(tmp_path: Path) -> None:
    devices = changed(DEVICES, ('["loa-chinh"]', '["loa-chinh", "loa-hai"]'))
    devices += '[speakers.loa-hai]\ndriver = "multicast"\n'
    loaded = station(tmp_path, {"devices.toml": devices})
    assert told(loaded) == ("devices.toml:23: speakers.loa-hai.address: is missing\n")
    assert loaded.station
    assert loaded.station.zones["toan-phuong"].speakers == ("loa-chinh",)
    assert loaded.station.campaigns[0].radio[0].fault is None


def test_what_zones_name(tmp_path: Path) -> None:
    text = spoilt(
        tmp_path,
        ('["loa-chinh"]', '["loa-chin", "loa-chinh", "loa-chinh", 5]'),
        ('signs = ["cong-ubnd"]', 'signs = ["cong-ubnd"]\nspeaker = "loa-chinh"'),
    )
    zone = "devices.toml:11: zones.toan-phuong.speakers:"
    assert text == (
        f'{zone} there is no "loa-chin" in this file; did you mean "loa-chinh"?\n'
        f"{zone} must be an id in quotes, not 5\n"
        f'{zone} "loa-chinh" stands here twice\n'
        'devices.toml:15: zones.bang-dien-tu.speaker: unknown key; did you mean "speakers"?\n'
    )


def test_a_sign_that_can_not_be_dimmed(tmp_path: Path) -> None:
    alpha = 'driver = "alpha"\nlink = "serial://COM1"\n'
    dim = 'brightness_at = [{ between = "18:00-06:00", percent = 40 }]'
    assert spoilt(tmp_path, ('driver = "virtual"\n', f"{alpha}{dim}\n")) == (
        "warning: devices.toml:22: signs.cong-ubnd.brightness_at: "
        "this version can't dim a sign of driver alpha\n"
    )
    of = load(tmp_path).station
    assert of is not None
    assert of.signs["cong-ubnd"].brightness_at == ()
