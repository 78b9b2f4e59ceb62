"""The serial ports of this machine, by names that survive a reboot."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

BY_ID = Path("/dev/serial/by-id")
"""Where Linux names ports by their adapters; ttyUSB0 may be another one tomorrow."""


@dataclass(frozen=True, slots=True)
class Port:
    """One serial port."""

    path: str
    """By adapter where the system has such a name."""
    description: str


def serial_ports() -> list[Port]:
    """Find them all, in order of their names."""
    from serial.tools.list_ports import comports

    # pyserial says n/a of a port that says nothing of itself.
    found = {port.device: port.description.replace("n/a", "") for port in comports()}
    return named(found.items(), BY_ID)


def named(found: Iterable[tuple[str, str]], by_id: Path) -> list[Port]:
    """Give ports of devices and descriptions, under the links to them in a folder."""
    links: dict[str, list[str]] = {}
    for link in sorted(by_id.iterdir()) if by_id.is_dir() else ():
        links.setdefault(os.path.realpath(link), []).append(str(link))
    ports = []
    for device, description in found:
        names = links.get(os.path.realpath(device), [])
        ports.append(Port(names[0] if names else device, description))
    return sorted(ports, key=lambda port: port.path)
