"""Extensions to be called, as devices.toml describes them."""

from __future__ import annotations

from pathlib import Path

import pytest

from broadcaster.domain.outputs import Sip
from broadcaster.station.load import Loaded
from tests.station.folders import DEVICES, station, told

BEFORE, _, _AFTER = DEVICES.partition("[speakers.loa-chinh]")
AFTER = _AFTER[_AFTER.index("[signs") :]
NOT = "must be an extension at a server, not"


def loaded(folder: Path, *lines: str) -> Loaded:
    speaker = "\n".join(["[speakers.loa-chinh]", 'driver = "sip"', *lines])
    return station(folder, {"devices.toml": f"{BEFORE}{speaker}\n\n{AFTER}"})


@pytest.mark.parametrize(
    "to",
    ["sip:900@10.0.0.5", "sip:*80%23@pbx01:5070", "sip:loa-cong@pbx.phuong.vn"],
)
def test_whom_it_may_call(tmp_path: Path, to: str) -> None:
    found = loaded(tmp_path, f'to = "{to}"')

    assert told(found) == ""
    assert found.station
    assert found.station.speakers["loa-chinh"].output == Sip(to=to)


def test_all_that_it_may_be_told(tmp_path: Path) -> None:
    secret = tmp_path / "secrets" / "sip"
    secret.parent.mkdir()
    secret.write_text("bi-mat")
    secret.chmod(0o600)
    found = loaded(
        tmp_path,
        'to = "sip:900@10.0.0.5"',
        'user = "dai"',
        'password_file = "secrets/sip"',
        'codec = "pcma"',
        'interface = "192.168.1.10"',
    )

    assert told(found) == ""
    assert found.station
    assert found.station.speakers["loa-chinh"].output == Sip(
        to="sip:900@10.0.0.5",
        user="dai",
        password_file="secrets/sip",  # noqa: S106 - a file's name
        codec="pcma",
        interface="192.168.1.10",
    )


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("", "to: is missing"),
        ('to = "900@10.0.0.5"', f'to: {NOT} "900@10.0.0.5"; write: "sip:900@10.0.0.5"'),
        ('to = "900"', f'to: {NOT} "900"; for example "sip:900@10.0.0.5"'),
        ('to = "sip:900"', f'to: {NOT} "sip:900"; for example "sip:900@10.0.0.5"'),
        ('to = "sip:9 00@x"', f'to: {NOT} "sip:9 00@x"; for example "sip:900@10.0.0.5"'),
        ('to = "sip:9@x:70000"', f'to: {NOT} "sip:9@x:70000"; for example "sip:900@10.0.0.5"'),
        (
            'to = "sips:900@10.0.0.5"',
            "to: must begin with sip:, as this version can't call over TLS",
        ),
        (
            'to = "sip:900@10.0.0.5;transport=tcp"',
            "to: must end with the server, as this version calls over UDP alone",
        ),
        ('user = "a:b"', "user: must not hold a colon"),
        ('password_file = "x"', "user: is missing"),
        (
            'password = "x"',
            (
                "password: must not stand here, where it is shown and copied with the station; "
                "put it into a file that only you may read, and name that as password_file"
            ),
        ),
        ('codec = "l16"', 'codec: must be one of g722, pcma, pcmu, opus, not "l16"'),
        (
            'interface = "eth0"',
            'interface: must be the IPv4 address of a network card, not "eth0"',
        ),
    ],
)
def test_what_is_wrong_is_told(tmp_path: Path, line: str, says: str) -> None:
    assert f"speakers.loa-chinh.{says}\n" in told(loaded(tmp_path, line))
