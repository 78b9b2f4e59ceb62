"""A machine whose clock has no battery, or a flat one, comes back after a power cut."""

from __future__ import annotations

import pytest

from tests.stations import loudspeaker
from tests.vm.machine import Machine
from tests.vm.ward import BROADCASTER, SERVICE, at, chime_at, installed, records
from tests.vm.wires import patience

pytestmark = pytest.mark.soak

PLAYLIST = chime_at("05:10")
SAVED = f"""\
[Unit]
DefaultDependencies=no
Before={SERVICE}.service
[Service]
Type=oneshot
ExecStart=/bin/sh /srv/forward
[Install]
WantedBy=multi-user.target
"""
FORWARD = """\
saved=$(cat /srv/saved)
[ "$(date +%s)" -ge "$saved" ] || date -s "@$saved"
"""
"""Sets the clock forward to where it was, as fake-hwclock and systemd-timesyncd do."""
OFF = "the machine was off, and no battery kept its clock right meanwhile"


def test_a_clock_that_went_on_where_the_power_failed_is_not_broadcast_by(off: Machine) -> None:
    off.boot(at("03-01T05:00:00"))
    installed(off, loudspeaker(allowed="00:00-24:00", driver='"file"'), PLAYLIST)
    off.put("/etc/systemd/system/saved.service", SAVED)
    off.put("/srv/forward", FORWARD)
    off.run("systemctl enable saved && date +%s > /srv/saved && sync")
    assert clock(off).endswith("the clock is trusted")
    off.cut()
    off.boot(at("03-01T09:00:00"))
    off.run("date +%s > /srv/saved && sync")  # a battery that works is believed
    assert clock(off).endswith("the clock is trusted")
    off.cut()
    off.boot(at("03-01T09:00:00").replace(year=2015))
    assert clock(off).endswith(f"the clock is in doubt: {OFF}")
    assert "2027-03-01T09:" in clock(off)
    off.run(f"{BROADCASTER} clock confirm")
    assert clock(off).endswith("the clock is trusted")
    outcomes = [each["data"]["outcome"] for each in records(off) if each["kind"] == "missed"]
    assert outcomes == ["missed"]  # of 05:10, which fell into the first cut


def clock(machine: Machine) -> str:
    """Give what the daemon says of it, once it runs."""
    patience(lambda: machine.ask(f"{BROADCASTER} clock").code == 0, 300.0)
    return machine.run(f"{BROADCASTER} clock").strip()
