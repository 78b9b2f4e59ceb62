"""What is wrong with a sound goes into the ledger beside how its airing ended."""

from __future__ import annotations

from broadcaster.domain.alarm import Alarm, Wrong
from tests.daemon.world import World, at, slot, station

DEAD = Alarm(Wrong.SILENCE, 12.0, 7.5)


def test_each_zone_s_airing_says_what_its_loudspeakers_were_given() -> None:
    world = World(station([slot("a", "05:30"), slot("b", "06:00", zones=("to-1",))]), at("05:00"))
    world.studio.alarms = {"a": (DEAD, Alarm(Wrong.CLIPPING, 30.04, 0.31)), "b": (DEAD,)}
    world.run(at("07:00"))

    told = [(r.kind, r.data.get("reason")) for r in world.ledger.records("ngay-hoi/a")]
    assert told[2:] == [
        ("alarm", "loa-1, loa-2: 7.5 s of silence from second 12.0 on"),
        ("alarm", "loa-1, loa-2: clips from second 30.0 on, for 0.3 s"),
        ("finished", ""),
    ]
    run = world.runs()["b 06:00 to-1"]
    assert (run.outcome, run.reason) == ("aired", "")
    (kept,) = run.alarms
    assert {name: kept[name] for name in ("alarm", "second", "seconds", "speakers")} == {
        "alarm": "silence", "second": 12.0, "seconds": 7.5, "speakers": ["loa-1"],
    }  # fmt: skip


def test_what_was_cut_off_before_the_fault_has_no_alarm() -> None:
    """Joined at its twentieth second, only the rest is judged: two seconds of silence are none."""
    world = World(station([slot("a", "05:30", late="join")]), at("05:30:14"))
    world.studio.alarms = {"a": (DEAD,)}
    world.run(at("07:00"))
    assert world.runs()["a 05:30 phuong"].outcome == "partial"
    assert [r.kind for r in world.ledger.records("ngay-hoi/a")].count("alarm") == 1
    world = World(station([slot("a", "05:30", late="join")]), at("05:30:17"))
    world.studio.alarms = {"a": (DEAD,)}
    world.run(at("07:00"))
    assert [r.kind for r in world.ledger.records("ngay-hoi/a")].count("alarm") == 0
