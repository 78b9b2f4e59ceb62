"""How every device of a station is, and what is wrong in it, as JSON tells it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any, NamedTuple

from broadcaster.domain.station import Station
from broadcaster.health.faults import Fault, FaultKind, Faults
from broadcaster.health.ledger import LEDGER
from broadcaster.messages import to_json

DISK = "var"
"""What a fault of the disk is of: the folder of the station's state."""


class Device(NamedTuple):
    """One thing that works or doesn't, whose state people want to see at all times."""

    kind: FaultKind
    id: str
    name: str


def devices(station: Station) -> list[Device]:
    """Give everything that a station works with."""
    return [
        *(Device(FaultKind.SPEAKER, each.id, each.name) for each in station.speakers.values()),
        *_amplifiers(station),
        *(Device(FaultKind.SIGN, each.id, each.name) for each in station.signs.values()),
        *(Device(FaultKind.ENGINE, name, "") for name in station.voice.engines),
        Device(FaultKind.DISK, DISK, ""),
        Device(FaultKind.LEDGER, LEDGER, ""),
    ]


def states(station: Station, faults: Faults) -> list[dict[str, Any]]:
    """Say how each is: ok, failed or unknown, since when, and why.

    {id, kind, name, state, since, reason, reason_message} each; instants are ISO 8601.
    """
    return [_state(station, device, faults) for device in devices(station)]


def told(station: Station, faults: Faults) -> list[dict[str, Any]]:
    """Give what is wrong now: {of, kind, action, since, reason, reason_message} each."""
    return [
        {"of": fault.of, "kind": fault.kind.value, "action": fault.action, **_why(station, fault)}
        for fault in faults.present()
    ]


def _amplifiers(station: Station) -> Iterator[Device]:
    """Give each amplifier once: loudspeakers that share one name it by the first of them."""
    switches = set()
    for spec in station.speakers.values():
        if spec.amplifier is not None and spec.amplifier.switch not in switches:
            switches.add(spec.amplifier.switch)
            yield Device(FaultKind.AMPLIFIER, f"{spec.id}.amplifier", spec.name)


def _state(station: Station, device: Device, faults: Faults) -> dict[str, Any]:
    row: dict[str, Any] = {"id": device.id, "kind": device.kind.value, "name": device.name}
    fault = faults.fault(device.kind, device.id)
    if fault is not None:
        return row | {"state": "failed", **_why(station, fault)}
    fine = faults.fine(device.kind, device.id)
    state = "unknown" if fine is None else "ok"
    since = None if fine is None else _local(station, fine)
    return row | {"state": state, "since": since, "reason": "", "reason_message": None}


def _why(station: Station, fault: Fault) -> dict[str, Any]:
    return {
        "since": _local(station, fault.since),
        "reason": str(fault.reason),
        "reason_message": to_json(fault.reason),
    }


def _local(station: Station, at: datetime) -> str:
    return at.astimezone(station.timezone).isoformat(timespec="seconds")
