"""A right playlist, spoilt, and what is barred for it."""

from __future__ import annotations

from pathlib import Path

from broadcaster.domain.campaign import Campaign
from broadcaster.station.load import Loaded
from tests.station.folders import PLAYLIST, station
from tests.stations import changed

FILE = "playlists/ngay-hoi.toml"

ITEMS = 'items = [{ script = "loi-chao" }]'


def spoilt(folder: Path, *changes: tuple[str, str], more: str = "") -> Loaded:
    return station(folder, {FILE: changed(PLAYLIST, *changes) + more})


def campaign(loaded: Loaded) -> Campaign:
    assert loaded.station
    return loaded.station.campaigns[0]


def faults(loaded: Loaded) -> list[str | None]:
    """Give the fault of the radio slot, the led slot and the reminder."""
    of = campaign(loaded)
    remind = of.events[0].remind
    assert remind
    found = (of.radio[0].fault, of.led[0].fault, remind.fault)
    return [fault and str(fault) for fault in found]
