"""Programmes that can't be made: tried again with patience, in nobody's way."""

from __future__ import annotations

import asyncio
import logging
from datetime import datetime, timedelta

import pytest

from broadcaster.domain.campaign import JOIN
from broadcaster.domain.days import DayRule, TimeRange
from broadcaster.domain.station import Airtime
from tests.daemon.world import DAY, TZ, World, at, slot, station

ONCE = DayRule(dates=frozenset({DAY}))
MISSED = ("missed", "espeak: gave no sound")


def tries(world: World, name: str) -> list[datetime]:
    return [when for slot_id, when in world.studio.tries if slot_id == name]


def run_and_mend(world: World, until: str, mended: str) -> None:
    """Run until one time of day; at another, what is broken works again."""

    async def main() -> None:
        running = asyncio.create_task(world.daemon().run(at(until)))
        await world.time.sleep((at(mended) - world.time.now()).total_seconds())
        world.studio.broken.clear()
        await running

    world.time.run(main())


def test_the_pauses_double_up_to_minutes_and_shrink_towards_the_airing() -> None:
    world = World(station([slot("a", "05:30", days=ONCE)]), at("03:00"))
    world.studio.broken = {"a"}
    world.run(at("07:00"))
    assert [f"{when.astimezone(TZ):%H:%M:%S}" for when in tries(world, "a")] == [
        "03:00:00", "03:00:05", "03:00:15", "03:00:35", "03:01:15", "03:02:35", "03:05:15",
        "03:10:35", "03:20:35", "03:30:35", "03:40:35", "03:50:35", "04:00:35", "04:10:35",
        "04:20:35", "04:30:35", "04:40:35", "04:50:35", "05:00:35", "05:10:35", "05:20:17",
        "05:25:08", "05:27:34", "05:28:47", "05:29:23", "05:29:41", "05:29:50", "05:29:55",
        "05:30:00", "05:35:00", "05:37:30", "05:38:45", "05:39:23", "05:39:42", "05:39:51",
        "05:39:56",
    ]  # fmt: skip
    assert world.outcomes() == {"a 05:30 phuong": MISSED}


def test_what_works_again_in_time_airs_late() -> None:
    world = World(station([slot("a", "05:30")]), at("03:00"))
    world.studio.broken = {"a"}
    run_and_mend(world, "07:00", mended="05:39:50")
    (run,) = world.runs().values()
    assert run.outcome == "late"
    assert run.started is not None
    assert at("05:39:50") <= run.started < at("05:40")


def test_it_waits_in_nobodys_way() -> None:
    slots = [slot("a", "05:30"), slot("b", "05:30"), slot("c", "05:32", late=timedelta())]
    world = World(station(slots), at("03:00"))
    world.studio.broken = {"a"}
    # What fails because of a disk keeps its place in the plan, what can't sound has none.
    world.studio.lengths = {"a": 0.0}
    world.run(at("07:00"))
    assert world.heard() == ["22 05:30:00 b", "22 05:32:00 c"]
    assert world.outcomes()["a 05:30 phuong"] == MISSED


def test_one_that_works_again_frees_every_airing_of_its_slot() -> None:
    world = World(station([slot("a", "05:30", "06:30")]), at("03:00"))
    world.studio.broken = {"a"}
    run_and_mend(world, "07:00", mended="05:35")
    assert [outcome for outcome, _ in world.outcomes().values()] == ["late", "aired"]


def test_what_fails_first_when_it_is_due_is_tried_again_too() -> None:
    world = World(station([slot("a", "05:30")]), at("05:29"))
    world.run(at("05:29:30"))
    world.time.run(world.time.sleep(60))
    world.studio.made.clear()
    world.studio.broken = {"a"}
    run_and_mend(world, "07:00", mended="05:31")
    assert [outcome for outcome, _ in world.outcomes().values()] == ["late"]


def test_what_would_join_in_progress_and_has_no_length_is_missed_at_once() -> None:
    world = World(station([slot("a", "05:30", late=JOIN)]), at("05:00"))
    world.studio.broken, world.studio.length = {"a"}, 0.0
    world.run(at("05:31"))
    assert world.outcomes() == {"a 05:30 phuong": MISSED}


def test_the_same_fault_is_told_once(caplog: pytest.LogCaptureFixture) -> None:
    world = World(station([slot("a", "05:30"), slot("b", "06:30")]), at("00:00"))
    world.studio.broken = {"a", "b"}
    with caplog.at_level(logging.WARNING):
        world.run(at("00:00", DAY + timedelta(days=1)))
    assert [record.getMessage() for record in caplog.records] == [
        "espeak: gave no sound",
        "ngay-hoi/a/2025-09-22T05:30+07:00/phuong: missed: espeak: gave no sound",
        "ngay-hoi/b/2025-09-22T06:30+07:00/phuong: missed: espeak: gave no sound",
    ]


def test_what_had_begun_when_time_ends_is_missed_for_its_reason() -> None:
    all_day = Airtime(allowed=(TimeRange(0, 24 * 60),))
    world = World(station([slot("a", "23:55"), slot("b", "05:30")], airtime=all_day), at("22:00"))
    world.studio.broken = {"a", "b"}
    world.run(at("00:00", DAY + timedelta(days=1)))
    assert world.outcomes() == {"a 23:55 phuong": MISSED}


def test_what_is_there_in_another_voice_airs_though_the_best_one_fails() -> None:
    world = World(station([slot("a", "05:30", days=ONCE)]), at("03:00"))
    world.studio.broken, world.studio.rough = {"a"}, {"a"}
    world.run(at("07:00"))
    assert world.outcomes() == {"a 05:30 phuong": ("aired", "")}
    assert len(tries(world, "a")) < 40
