"""IP loudspeakers, as devices.toml describes them."""

from __future__ import annotations

from pathlib import Path

import pytest

from broadcaster.domain.outputs import Multicast
from broadcaster.station.load import Loaded
from tests.station.folders import DEVICES, station, told

BEFORE, _, _AFTER = DEVICES.partition("[speakers.loa-chinh]")
AFTER = _AFTER[_AFTER.index("[signs") :]
EXAMPLE = '; for example "239.255.10.1:5004"'
NOT = "must be a multicast address and a port, not"


def loaded(folder: Path, *lines: str) -> Loaded:
    speaker = "\n".join(["[speakers.loa-chinh]", 'driver = "multicast"', *lines])
    return station(folder, {"devices.toml": f"{BEFORE}{speaker}\n\n{AFTER}"})


def test_an_ip_loudspeaker(tmp_path: Path) -> None:
    found = loaded(tmp_path, 'address = "239.255.10.1:5004"')

    assert told(found) == ""
    assert found.station
    assert found.station.speakers["loa-chinh"].output == Multicast(
        group="239.255.10.1", port=5004, codec="l16", ttl=1, dscp=46, interface=""
    )


def test_all_that_an_ip_loudspeaker_may_be_told(tmp_path: Path) -> None:
    more = ('codec = "pcma"', "ttl = 4", "dscp = 34", 'interface = "192.168.1.10"')
    found = loaded(tmp_path, 'address = "239.255.10.1:5004"', *more)

    assert told(found) == ""
    assert found.station
    assert found.station.speakers["loa-chinh"].output == Multicast(
        group="239.255.10.1", port=5004, codec="pcma", ttl=4, dscp=34, interface="192.168.1.10"
    )


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("", "address: is missing"),
        ('address = "192.168.1.9:5004"', f'address: {NOT} "192.168.1.9:5004"{EXAMPLE}'),
        ('address = "loa:5004"', f'address: {NOT} "loa:5004"{EXAMPLE}'),
        ('address = "239.255.10.1"', f'address: {NOT} "239.255.10.1"{EXAMPLE}'),
        (
            'address = "239.255.10.1:5005"',
            'address: must have an even port from 2 to 65534, not "239.255.10.1:5005"',
        ),
        (
            'interface = "eth0"',
            'interface: must be the IPv4 address of a network card, not "eth0"',
        ),
        ("ttl = 0", "ttl: must be from 1 to 255, not 0"),
        ("dscp = 64", "dscp: must be from 0 to 63, not 64"),
        ('codec = "mp3"', 'codec: must be one of l16, pcma, pcmu, opus, not "mp3"'),
    ],
)
def test_what_is_wrong_is_told(tmp_path: Path, line: str, says: str) -> None:
    assert f"speakers.loa-chinh.{says}\n" in told(loaded(tmp_path, line))
