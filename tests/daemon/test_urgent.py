"""The real daemon in simulated time: what is urgent cuts in, and what it cut goes on."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from broadcaster.domain.campaign import JOIN, AirClass, IfCut
from broadcaster.domain.days import TimeRange
from broadcaster.domain.station import Airtime
from broadcaster.messages import msg
from tests.daemon.world import World, at, slot, station
from tests.fakes.ledger import MemoryLedger

URGENT: dict[str, Any] = {"air_class": AirClass.URGENT}
CUT = "cut at 05:31 by ngay-hoi/khan"


def world(*slots: Any, airtime: Airtime | None = None, **lengths: float) -> World:
    made = World(station(slots, airtime=airtime) if airtime else station(slots), at("05:00"))
    made.studio.lengths = {"tin": 300, "khan": 60, "sau": 60} | lengths
    return made


def kinds(world: World, name: str) -> list[str]:
    return [each.kind for each in world.ledger.records() if f"/{name}/" in each.key]


def offsets(world: World, speaker: str = "loa-1") -> list[tuple[str, float]]:
    heard = world.speakers[speaker].heard
    return [(each.label.split("_", 3)[3], round(each.offset, 3)) for each in heard]


def test_it_begins_on_its_second_and_what_it_cut_goes_on_from_there() -> None:
    of = world(slot("tin", "05:30"), slot("khan", "05:31", **URGENT), slot("sau", "05:35"))
    of.run(at("06:00"))
    assert of.heard() == [
        "22 05:30:00 tin", "22 05:31:00 khan", "22 05:32:00 2", "22 05:36:00 sau",
    ]  # fmt: skip
    assert offsets(of) == [("tin", 0), ("khan", 0), ("tin_2", 60), ("sau", 0)]
    assert of.outcomes() == {
        "tin 05:30 phuong": ("aired", f"{CUT}; taken up"),
        "khan 05:31 phuong": ("aired", ""),
        "sau 05:35 phuong": ("aired", ""),
    }
    assert kinds(of, "tin") == ["intent", "audible", "cut", "intent", "audible", "finished"]
    (cut,) = (each for each in of.ledger.records() if each.kind == "cut")
    assert (cut.data["position"], cut.data["goes_on"], cut.data["reason"]) == (60, 60, CUT)
    run = of.runs()["tin 05:30 phuong"]
    assert (run.started, run.finished) == (at("05:30"), at("05:36"))
    assert run.data["seconds"] == pytest.approx(300)
    assert [each.seconds for each in run.soundings] == pytest.approx([60, 240])


@pytest.mark.parametrize(
    ("policy", "late", "again", "outcome"),
    [
        (IfCut.RESTART, timedelta(minutes=10), [("tin_2", 0)], ("aired", f"{CUT}; taken up")),
        (
            IfCut.DROP,
            timedelta(minutes=10),
            [],
            ("partial", f"{CUT}; its slot gives it up when it is cut"),
        ),
        (IfCut.RESUME, JOIN, [("tin_2", 120)], ("partial", f"{CUT}; joined again after 60 s")),
    ],
)
def test_its_policy_says_what_becomes_of_what_was_cut(
    policy: IfCut, late: Any, again: list[tuple[str, float]], outcome: tuple[str, str]
) -> None:
    of = world(slot("tin", "05:30", if_cut=policy, late=late), slot("khan", "05:31", **URGENT))
    of.run(at("06:00"))
    assert offsets(of) == [("tin", 0), ("khan", 0), *again]
    assert of.outcomes()["tin 05:30 phuong"] == outcome


def test_zones_that_it_does_not_need_play_on() -> None:
    of = world(
        slot("tin", "05:30", zones=("to-1", "to-2")),
        slot("khan", "05:31", zones=("to-1",), **URGENT),
    )
    of.run(at("06:00"))
    assert offsets(of) == [("tin", 0), ("khan", 0), ("tin_2", 60)]
    assert offsets(of, "loa-2") == [("tin", 0)]
    assert of.outcomes() == {
        "tin 05:30 to-1": ("aired", f"{CUT}; taken up"),
        "tin 05:30 to-2": ("aired", ""),
        "khan 05:31 to-1": ("aired", ""),
    }


def test_a_zone_is_cut_as_a_whole() -> None:
    of = world(slot("tin", "05:30"), slot("khan", "05:31", zones=("to-1",), **URGENT))
    of.run(at("06:00"))
    assert of.heard("loa-2") == ["22 05:30:00 tin", "22 05:32:00 2"]


def test_what_is_being_prepared_waits_and_is_heard_whole() -> None:
    of = world(slot("tin", "05:30"), slot("khan", "05:30", **URGENT), sau=1)
    of.run(at("06:00"))
    assert of.heard() == ["22 05:30:00 khan", "22 05:31:00 tin"]


def test_an_amplifier_stays_on_between_the_two() -> None:
    of = world(slot("tin", "05:30"), slot("khan", "05:31", **URGENT))
    of.amplify("loa-1", "tang-1", warm_up=20)
    of.run(at("06:00"))
    assert of.switched()[1:3] == ["05:29:40 on", "05:36:01 off"]
    assert of.heard() == ["22 05:30:00 tin", "22 05:31:00 khan", "22 05:32:00 2"]


def test_others_sound_on_while_a_cold_amplifier_warms() -> None:
    of = world(
        slot("tin", "05:30", zones=("to-2",)), slot("giao", "05:30:50", zones=("to-2",)),
        slot("khan", "05:31", **URGENT), tin=20, giao=60,
    )  # fmt: skip
    of.amplify("loa-1", "tang-1", warm_up=40)
    of.run(at("06:00"))
    assert of.heard("loa-2") == [
        "22 05:30:00 tin", "22 05:30:50 giao", "22 05:31:00 khan", "22 05:32:00 2",
    ]  # fmt: skip


def test_it_passes_the_guard_and_the_rest_is_asked_again() -> None:
    hours = Airtime(allowed=(TimeRange(5 * 60, 5 * 60 + 35),))
    of = world(slot("tin", "05:30"), slot("khan", "05:34:30", **URGENT), airtime=hours)
    of.run(at("06:00"))
    would = "not taken up: {} the hours allowed for broadcasts, 05:00-05:35"
    # Decided when the plan is made, and then once more.
    assert of.outcomes()["tin 05:30 phuong"] == (
        "partial", "cut at 05:34:30 by ngay-hoi/khan; " + would.format("outside"),
    )  # fmt: skip
    passed = [each.key for each in of.ledger.records() if "passed_guard" in each.data]
    assert passed == ["ngay-hoi/khan/2025-09-22T05:34+07:00/phuong"]


def test_a_rest_that_fits_is_of_the_session_that_was_cut() -> None:
    hours = Airtime(allowed=(TimeRange(5 * 60, 6 * 60),), sessions_per_day=1, minutes_per_day=5)
    of = world(slot("tin", "05:30"), slot("khan", "05:31", **URGENT), airtime=hours, khan=240)
    of.run(at("06:00"))
    assert of.outcomes()["tin 05:30 phuong"] == ("aired", f"{CUT}; taken up")


@pytest.mark.parametrize(
    ("again", "heard", "outcome", "reason"),
    [
        ("05:50", ["22 05:50:00 2"], "aired", f"{CUT}; taken up"),
        (
            "06:05",
            [],
            "partial",
            f"{CUT}; not taken up: more than 30 minutes have passed since",
        ),
    ],
)
def test_a_crash_while_it_was_cut(again: str, heard: list[str], outcome: str, reason: str) -> None:
    of = world(slot("tin", "05:30"), slot("khan", "05:31", **URGENT))
    of.run(at("06:00"))
    full = of.ledger.records()
    kept = MemoryLedger()
    # Up to what the urgent one was about to sound: nobody heard of it again.
    for each in full:
        kept.kept.append(each)
        if each.kind == "audible" and "/khan/" in each.key:
            break
    later = world(slot("tin", "05:30"), slot("khan", "05:31", **URGENT))
    later = World(later.station, at(again), kept)
    later.studio.lengths = {"tin": 300, "khan": 60}
    later.run(at("07:00"))
    assert later.heard() == heard
    assert later.outcomes()["tin 05:30 phuong"] == (outcome, reason)
    assert later.outcomes()["khan 05:31 phuong"][0] == "partial"


def test_priority_goes_next_while_one_sounds_and_another_waits() -> None:
    of = world(
        slot("tin", "05:30"),
        slot("sau", "05:30:30"),
        slot("uu-tien", "05:31", air_class=AirClass.PRIORITY),
        **{"uu-tien": 60},
    )
    of.run(at("06:00"))
    assert of.heard() == ["22 05:30:00 tin", "22 05:35:00 uu-tien", "22 05:36:00 sau"]


def test_two_urgent_ones_follow_one_another() -> None:
    of = world(
        slot("tin", "05:30"), slot("khan", "05:31", **URGENT), slot("sau", "05:31:30", **URGENT)
    )
    of.run(at("06:00"))
    assert of.heard() == ["22 05:30:00 tin", "22 05:31:00 khan", "22 05:32:00 sau", "22 05:33:00 2"]


def test_one_that_cannot_be_made_cuts_nothing() -> None:
    of = world(slot("tin", "05:30"), slot("khan", "05:31", **URGENT))
    of.studio.broken.add("khan")
    of.run(at("06:00"))
    assert of.heard() == ["22 05:30:00 tin"]
    assert of.outcomes()["tin 05:30 phuong"] == ("aired", "")


def test_a_person_can_cut_and_end_what_sounds() -> None:
    of = world(slot("tin", "05:30"), slot("sau", "05:40"))

    async def act() -> None:
        daemon = of.daemon()
        playout = daemon._playout
        running = asyncio.create_task(daemon.run(at("06:00")))
        await of.time.sleep((at("05:31") - at("05:00")).total_seconds())
        await playout.cut([e.airing.key for e in playout.on_air], msg("paused"))
        await of.time.sleep((at("05:40:30") - at("05:31")).total_seconds())
        await playout.end([e.airing.key for e in playout.on_air], msg("silenced"))
        await running

    of.time.run(act())
    assert offsets(of) == [("tin", 0), ("tin_2", 60), ("sau", 0)]
    assert of.outcomes() == {
        "tin 05:30 phuong": ("aired", "paused; taken up"),
        "sau 05:40 phuong": ("partial", "silenced"),
    }
