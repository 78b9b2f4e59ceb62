"""A station in a machine, as a service of its systemd, and what its ledger tells."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from tests.vm.machine import Machine

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
STATION = "/srv/dai-thu"
SERVICE = "broadcaster-dai-thu"
BROADCASTER = f"broadcaster --station {STATION}"


def at(text: str) -> datetime:
    """Give an instant of 2027, after any day on which this can have been made."""
    return datetime.fromisoformat(f"2027-{text}").replace(tzinfo=ZONE)


def chime_at(time: str) -> str:
    """Give a playlist of one chime a day."""
    return f"""format = 1
[campaign]
title = "Thử"
[[radio]]
id = "nhac"
at = ["{time}"]
zones = ["phuong"]
items = [{{ chime = "default" }}]
"""


def installed(machine: Machine, devices: str, playlist: str) -> None:
    """Put a station there and have systemd run it, from now on and after each start."""
    machine.put(f"{STATION}/devices.toml", devices)
    machine.put(f"{STATION}/playlists/thu.toml", playlist)
    machine.run(f"mkdir -p {STATION}/scripts && chown -R dai {STATION}")
    machine.run(f"{BROADCASTER} service install")


def records(machine: Machine) -> list[dict[str, Any]]:
    """Give what the ledger has, oldest first."""
    return [json.loads(line) for line in machine.run(f"{BROADCASTER} log --json").splitlines()]


def technical(machine: Machine, action: str) -> list[dict[str, Any]]:
    """Give what the technical log has of one action, oldest first."""
    lines = machine.run(f"cat {STATION}/var/log/broadcaster.jsonl").splitlines()
    return [told for told in map(json.loads, lines) if told["action"] == action]


def clock(machine: Machine) -> datetime:
    """Give what the machine's clock says, whoever has set it."""
    return datetime.fromtimestamp(float(machine.run("date +%s.%N")), ZONE)
