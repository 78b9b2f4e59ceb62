"""The guard and the daemon: asked when it plans, and again just before the sound."""

from __future__ import annotations

from broadcaster.domain.campaign import AirClass
from broadcaster.domain.days import TimeRange
from broadcaster.domain.station import Airtime
from tests.daemon.world import World, at, slot, station


def test_the_guard_refuses_and_the_ledger_says_why() -> None:
    guard = Airtime(allowed=(TimeRange(300, 450),))
    slots = [
        slot("dem", "03:15"),
        slot("sang", "05:30"),
        slot("gap", "03:20", air_class=AirClass.URGENT),
    ]
    world = World(station(slots, airtime=guard), at("00:00"))
    world.run(at("23:00"))
    assert world.heard() == ["22 03:20:00 gap", "22 05:30:00 sang"]
    assert world.outcomes()["dem 03:15 phuong"] == (
        "blocked",
        "outside the hours allowed for broadcasts, 05:00-07:30",
    )


def test_the_ledger_says_what_an_urgent_one_passed() -> None:
    guard = Airtime(allowed=(TimeRange(300, 450),), sessions_per_day=1)
    urgent = slot("gap", "03:20", "05:40", air_class=AirClass.URGENT)
    world = World(station([urgent, slot("sang", "05:30")], airtime=guard), at("00:00"))
    world.studio.slow = 30
    world.run(at("07:00"))
    passed = {
        record.key.split("/")[2][11:16]: record.data.get("passed_guard")
        for record in world.ledger.records()
        if record.kind == "intent" and "/phuong" in record.key
    }
    assert passed == {
        "03:20": {
            "id": "outside the hours allowed for broadcasts, {ranges}",
            "args": {"ranges": "05:00-07:30"},
        },
        "05:30": None,
        "05:40": {"id": "more than the {limit} sessions allowed a day", "args": {"limit": 1}},
    }


def test_the_guard_is_asked_again_just_before_the_sound() -> None:
    """Rendering took so long that the hours allowed are over."""
    guard = Airtime(allowed=(TimeRange(300, 450),))
    world = World(station([slot("ban-tin", "07:28")], airtime=guard), at("07:27:30"))
    world.studio.slow = 95
    world.run(at("09:00"))
    assert world.heard() == []
    assert world.outcomes() == {
        "ban-tin 07:28 phuong": (
            "blocked",
            "would end at 07:30:32, after the hours allowed for broadcasts, 05:00-07:30",
        )
    }
