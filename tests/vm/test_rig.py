"""The machine is what the other tests take it for."""

from __future__ import annotations

import pytest

from tests.vm.machine import Machine
from tests.vm.ward import at

pytestmark = pytest.mark.soak


BEFORE = """\
cd /srv
echo kept > kept && head -c 4096 /dev/zero > direct && sync
echo lost > lost
yes | head -c 4096 | dd of=direct oflag=direct conv=notrunc status=none
"""
"""What was synced, what is in the kernel's memory, and what is in the disk's cache alone."""


def test_a_power_cut_takes_what_was_not_flushed_and_nothing_else(off: Machine) -> None:
    off.boot(at("03-01T05:00:00"))
    off.run(BEFORE)
    off.cut()
    off.boot(at("03-01T06:00:00"))
    assert off.run("ls /srv").split() == ["direct", "kept"]
    assert set(off.fetch("/srv/direct")) == {0}
    assert off.run("date -u +%FT%H").strip() == "2027-02-28T23"
