"""systemd is told to reload the station: it waits until the files are taken, or says that not."""

from __future__ import annotations

import pytest

from tests.stations import loudspeaker
from tests.vm.machine import Machine
from tests.vm.ward import SERVICE, STATION, at, chime_at, installed, technical
from tests.vm.wires import patience

pytestmark = pytest.mark.soak

PLAYLIST = chime_at("06:00")
RELOAD = f"systemctl reload {SERVICE}"


def test_a_reload_ends_when_the_files_are_taken_and_fails_where_they_are_not(off: Machine) -> None:
    off.boot(at("03-01T05:00:00"))
    installed(off, loudspeaker(allowed="00:00-24:00", driver='"file"'), PLAYLIST)
    patience(lambda: off.ask(f"systemctl is-active {SERVICE}").code == 0, 300.0)
    process = off.run(f"systemctl show -p MainPID {SERVICE}")

    off.put(f"{STATION}/playlists/thu.toml", PLAYLIST.replace("06:00", "07:00"))
    off.run(RELOAD)
    assert [each["text"] for each in technical(off, "edit-taken")][:1] == [
        "taken as edited: playlists/thu.toml"
    ]

    off.put(f"{STATION}/playlists/thu.toml", PLAYLIST.replace("06:00", "26:00"))
    assert off.ask(RELOAD).code == 1
    assert "playlists/thu.toml:6: radio.nhac.at" in off.run(f"journalctl -u {SERVICE}")
    assert off.run(f"systemctl is-active {SERVICE}") == "active\n"
    assert off.run(f"systemctl show -p MainPID {SERVICE}") == process
