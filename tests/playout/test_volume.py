"""How loud each loudspeaker is told to be."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import UTC, time
from pathlib import Path

import pytest

from broadcaster.domain.campaign import Chime, RadioSlot
from broadcaster.domain.days import TimeRange
from broadcaster.domain.station import Percent, SpeakerSpec, Station, Zone
from broadcaster.playout.volume import gains

MORNING = (Percent(TimeRange(300, 360), 50),)
"""05:00 to 06:00."""
HALF = 20 * math.log10(0.5)


def station(zones: Mapping[str, Zone], **speaker: object) -> Station:
    spec = SpeakerSpec(id="loa", driver="file", **speaker)  # type: ignore[arg-type]
    return Station(folder=Path(), name="", timezone=UTC, zones=zones, speakers={"loa": spec})


def gain(of: Station, at: time, *zones: str, gain_db: float = 0.0) -> float:
    slot = RadioSlot(id="tin", at=(at,), zones=zones, items=(Chime(),), gain_db=gain_db)
    return gains(of, slot, ["loa"], at)["loa"]


def test_a_zone_lowers_its_loudspeakers_by_the_time_of_day() -> None:
    of = station({"phuong": Zone(id="phuong", speakers=("loa",), volume_at=MORNING)}, volume=50)
    assert gain(of, time(5, 30), "phuong") == pytest.approx(2 * HALF)
    assert gain(of, time(6, 0), "phuong") == pytest.approx(HALF)
    assert gain(of, time(6, 0), "phuong", gain_db=-3) == pytest.approx(HALF - 3)


def test_a_loudspeaker_of_two_zones_is_as_loud_as_the_louder_asks() -> None:
    quiet = Zone(id="truong", speakers=("loa",), volume=50)
    loud = Zone(id="phuong", speakers=("loa",), volume=100)
    other = Zone(id="cho", speakers=("khac",))
    of = station({"truong": quiet, "phuong": loud, "cho": other})
    assert gain(of, time(5, 30), "truong", "phuong") == 0
    assert gain(of, time(5, 30), "truong", "cho") == pytest.approx(HALF)


def test_no_volume_is_silence() -> None:
    of = station({"phuong": Zone(id="phuong", speakers=("loa",), volume=0)})
    assert gain(of, time(5, 30), "phuong") == -math.inf
