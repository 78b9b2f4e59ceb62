"""Amplifiers in simulated time: when they are on, and that they never stay on."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from broadcaster.domain.days import TimeRange
from broadcaster.domain.station import Airtime
from tests.daemon.world import World, at, slot, station

ONE = slot("ban-tin", "05:30", zones=("to-1",))


def test_it_is_warm_at_the_first_sample_and_off_when_the_last_is_through() -> None:
    world = World(station([ONE]), at("05:00"))
    world.amplify("loa-1", "tang-1", warm_up=20, release=3)
    world.run(at("06:00"))
    assert world.heard() == ["22 05:30:00 ban-tin"]
    assert world.switched() == ["05:00:00 off", "05:29:40 on", "05:31:03 off"]
    assert world.outcomes() == {"ban-tin 05:30 to-1": ("aired", "")}


def test_what_was_intended_is_in_the_ledger_before_it_is_keyed() -> None:
    world = World(station([ONE]), at("05:00"))
    world.amplify("loa-1", "tang-1", warm_up=20)
    world.run(at("06:00"))
    (intent,) = [record for record in world.ledger.records() if record.kind == "intent"]
    keyed = world.amplifiers["tang-1"].changes[1]
    assert keyed.on
    assert timedelta(0) < keyed.at - intent.at <= timedelta(seconds=3)


def test_each_is_keyed_for_itself_and_all_sound_together() -> None:
    world = World(station([slot("ban-tin", "05:30")]), at("05:00"))
    world.amplify("loa-1", "tang-1", warm_up=10)
    world.amplify("loa-2", "tang-2", warm_up=60)
    world.run(at("06:00"))
    assert world.heard("loa-1") == world.heard("loa-2") == ["22 05:30:00 ban-tin"]
    assert world.switched("tang-1")[1] == "05:29:50 on"
    assert world.switched("tang-2")[1] == "05:29:00 on"


def test_one_that_two_loudspeakers_share_is_on_until_the_last_is_through() -> None:
    world = World(station([slot("ban-tin", "05:30")]), at("05:00"))
    world.amplify("loa-1", "tang-1", release=1)
    world.amplify("loa-2", "tang-1", warm_up=8, release=4)
    world.run(at("06:00"))
    assert world.switched() == ["05:00:00 off", "05:29:52 on", "05:31:04 off"]


def test_it_stays_on_between_two_that_follow_one_another() -> None:
    slots = [ONE, slot("nhac", "05:30", zones=("to-1",), order=1)]
    world = World(station(slots), at("05:00"))
    world.amplify("loa-1", "tang-1")
    world.run(at("06:00"))
    assert world.heard() == ["22 05:30:00 ban-tin", "22 05:31:00 nhac"]
    assert world.switched() == ["05:00:00 off", "05:29:55 on", "05:32:01 off"]


def test_a_late_start_is_warm_too() -> None:
    world = World(station([ONE]), at("05:33"))
    world.ledger.append(at("05:29"), "station", "station", {"did": "stop"})
    world.amplify("loa-1", "tang-1", warm_up=20)
    world.run(at("06:00"))
    assert world.heard() == ["22 05:33:20 ban-tin"]
    assert world.switched() == ["05:33:00 off", "05:33:00 on", "05:34:21 off"]


def test_a_long_warm_up_keeps_no_loudspeaker_from_what_goes_before() -> None:
    """The second is due to be made ready while the first is yet to begin."""
    slots = [slot("chuong", "05:30", zones=("to-1",)), slot("ban-tin", "05:31")]
    world = World(station(slots), at("05:00"))
    world.studio.lengths["chuong"] = 30
    world.amplify("loa-2", "tang-2", warm_up=60)
    world.run(at("06:00"))
    assert world.heard("loa-1") == ["22 05:30:00 chuong", "22 05:31:30 ban-tin"]
    assert world.heard("loa-2") == ["22 05:31:30 ban-tin"]


def test_what_the_guard_bars_at_the_last_moment_is_never_keyed() -> None:
    guard = Airtime(allowed=(TimeRange(300, 450),))
    world = World(station([slot("ban-tin", "07:28")], airtime=guard), at("07:27:30"))
    world.amplify("loa-1", "tang-1")
    world.studio.slow = 95
    world.run(at("09:00"))
    assert world.runs()["ban-tin 07:28 phuong"].outcome == "blocked"
    assert world.switched() == ["07:27:30 off"]


def test_what_is_refused_missed_or_can_not_be_made_is_never_keyed() -> None:
    slots = [slot("dem", "03:15"), slot("hong", "05:30"), slot("qua", "05:50")]
    world = World(station(slots), at("00:00"))
    world.amplify("loa-1", "tang-1")
    world.studio.broken = {"hong"}
    world.run(at("05:49"))
    world.time.run(world.time.sleep(3600))
    world.run(at("08:00"))
    assert {name: end for name, (end, _) in world.outcomes().items()} == {
        "dem 03:15 phuong": "blocked",
        "hong 05:30 phuong": "missed",
        "qua 05:50 phuong": "missed",
    }
    assert world.switched() == ["00:00:00 off"]


def test_what_the_ledger_can_not_be_told_of_is_never_keyed() -> None:
    world = World(station([ONE]), at("05:00"))
    world.amplify("loa-1", "tang-1")

    async def main() -> None:
        running = asyncio.create_task(world.daemon().run(at("06:00")))
        await world.time.sleep(60)
        world.ledger.full = True
        await world.time.sleep(50 * 60)
        world.ledger.full = False
        await running

    world.time.run(main())
    assert world.heard() == []
    assert world.switched() == ["05:00:00 off"]


def test_a_loudspeaker_that_fails_before_its_warm_up_is_never_keyed() -> None:
    world = World(station([ONE]), at("05:00"))
    world.amplify("loa-1", "tang-1")
    world.speakers["loa-1"].dead = True
    world.run(at("06:00"))
    assert world.outcomes() == {"ban-tin 05:30 to-1": ("missed", "loa-1: does not answer")}
    assert world.switched() == ["05:00:00 off"]


def test_a_loudspeaker_that_dies_leaves_it_off() -> None:
    world = World(station([ONE]), at("05:00"))
    world.amplify("loa-1", "tang-1")
    world.speakers["loa-1"].dies = True
    world.run(at("06:00"))
    assert world.outcomes() == {"ban-tin 05:30 to-1": ("partial", "loa-1: was unplugged")}
    assert world.switched() == ["05:00:00 off", "05:29:55 on", "05:30:31 off"]


def test_one_that_can_not_be_keyed_silences_its_own_loudspeaker_and_is_tried_again() -> None:
    world = World(station([slot("ban-tin", "05:30", "06:00")]), at("05:00"))
    world.amplify("loa-1", "tang-1")

    async def main() -> None:
        running = asyncio.create_task(world.daemon().run(at("07:00")))
        await world.time.sleep(60)
        world.amplifiers["tang-1"].dead = True
        await world.time.sleep(45 * 60)
        world.amplifiers["tang-1"].dead = False
        await running

    world.time.run(main())
    assert world.heard("loa-1") == ["22 06:00:00 ban-tin"]
    assert world.heard("loa-2") == ["22 05:30:00 ban-tin", "22 06:00:00 ban-tin"]
    assert world.outcomes() == {
        "ban-tin 05:30 phuong": (
            "partial",
            "loa-1: its amplifier can't be keyed: does not answer",
        ),
        "ban-tin 06:00 phuong": ("aired", ""),
    }
    assert world.switched()[-2:] == ["05:59:55 on", "06:01:01 off"]


def test_alone_and_not_to_be_keyed_its_airing_is_missed() -> None:
    world = World(station([ONE]), at("05:00"))
    world.amplify("loa-1", "tang-1")
    world.amplifiers["tang-1"].dead = True
    world.run(at("06:00"))
    assert world.heard() == []
    assert world.outcomes() == {
        "ban-tin 05:30 to-1": ("missed", "loa-1: its amplifier can't be keyed: does not answer")
    }


def test_one_that_is_lost_while_it_sounds_makes_its_airing_partial() -> None:
    world = World(station([ONE]), at("05:00"))
    world.amplify("loa-1", "tang-1")

    async def main() -> None:
        running = asyncio.create_task(world.daemon().run(at("06:00")))
        await world.time.sleep(30 * 60 + 10)
        world.amplifiers["tang-1"].dead = True
        await world.time.sleep(5 * 60)
        world.amplifiers["tang-1"].dead = False
        await running

    world.time.run(main())
    assert world.outcomes() == {
        "ban-tin 05:30 to-1": (
            "partial",
            "loa-1: its amplifier was lost while it sounded: does not answer",
        )
    }
    # It was tried until it was off.
    assert world.switched()[-1] == "05:35:11 off"


def test_a_stop_releases_it_at_once() -> None:
    world = World(station([ONE]), at("05:00"))
    world.amplify("loa-1", "tang-1", release=30)
    daemon = world.daemon()

    async def main() -> None:
        running = asyncio.create_task(daemon.run())
        await world.time.sleep(30 * 60 + 10)
        daemon.stop()
        await running

    world.time.run(main())
    assert world.switched()[1:] == ["05:29:55 on", "05:30:10 off"]
    assert world.amplifiers["tang-1"].closed
    assert world.runs()["ban-tin 05:30 to-1"].outcome == "partial"


def test_a_stop_while_it_warms_up_leaves_the_airing_to_the_next_start() -> None:
    world = World(station([ONE]), at("05:00"))
    world.amplify("loa-1", "tang-1", warm_up=20)
    daemon = world.daemon()

    async def main() -> None:
        running = asyncio.create_task(daemon.run())
        await world.time.sleep(30 * 60 - 10)
        daemon.stop()
        await running

    world.time.run(main())
    assert world.switched()[1:] == ["05:29:40 on", "05:29:50 off"]
    world.run(at("06:00"))
    assert world.heard() == ["22 05:30:10 ban-tin"]
    assert world.outcomes() == {"ban-tin 05:30 to-1": ("aired", "")}


def test_what_a_crash_left_on_is_released_at_the_next_start_however_long_it_takes() -> None:
    world = World(station([ONE]), at("07:00"))
    world.amplify("loa-1", "tang-1")
    left = world.amplifiers["tang-1"]
    left.on, left.dead = True, True

    async def main() -> None:
        running = asyncio.create_task(world.daemon().run(at("08:00")))
        await world.time.sleep(601)
        left.dead = False
        await running

    world.time.run(main())
    assert world.switched() == ["07:10:05 off"]
