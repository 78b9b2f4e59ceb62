"""What people order while the daemon runs: announcements, silence, pauses; through crashes, too."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from broadcaster.daemon.desk import Desk
from broadcaster.domain.order import Order
from broadcaster.domain.record import Kind
from broadcaster.domain.station import Script
from broadcaster.errors import UserError
from tests.daemon.people import TEXT, announce, pause, resume, run, silence, status
from tests.daemon.world import World, at, slot, station


def test_an_announcement_sounds_at_once_at_any_hour_and_passes_the_guard_on_the_record() -> None:
    world = World(station(), at("02:00"))
    ((told),) = run(world, at("03:00"), (at("02:10"), announce))
    assert told["keys"] == ["interrupt/20250922-021000/2025-09-22T02:10+07:00/phuong"]
    assert told["spoken"] == "Khẩn, cắt điện lúc mười lăm giờ."
    assert world.heard() == ["22 02:10:00 20250922-021000"]
    (run_,) = world.runs().values()
    assert (run_.outcome, "passed_guard" in run_.data) == ("aired", True)
    (ordered,) = [each for each in world.ledger.records() if each.kind == Kind.ORDERED]
    assert (ordered.data["by"], ordered.data["text"]) == ("hoa", TEXT.text)


def test_what_it_cuts_is_taken_up_again_and_what_has_not_begun_waits() -> None:
    world = World(station([slot("sang", "06:00"), slot("sau", "06:01")]), at("05:00"))
    run(world, at("07:00"), (at("06:00:20"), announce))
    assert world.heard() == [
        "22 06:00:00 sang", "22 06:00:20 20250922-060020", "22 06:01:20 2", "22 06:02:00 sau",
    ]  # fmt: skip
    assert world.runs()["sang 06:00 phuong"].data["seconds"] == 60


def test_two_of_one_second_are_two_and_both_are_heard() -> None:
    world = World(station(), at("02:00"))
    run(world, at("03:00"), (at("02:10"), announce), (at("02:10"), announce))
    assert world.heard() == ["22 02:10:00 20250922-021000", "22 02:11:00 20250922-021000-2"]


def test_one_that_was_ordered_is_heard_after_a_crash_and_once() -> None:
    world = World(station(), at("02:00"))
    before = world.daemon()
    before.announcements.order(TEXT, world.station, at("02:00"), "hoa")  # and then the power went
    run(world, at("03:00"))
    assert world.heard() == ["22 02:00:00 20250922-020000"]
    run(world, at("04:00"))
    assert len(world.heard()) == 1


def test_one_that_was_ordered_long_before_the_power_came_back_is_missed_not_heard() -> None:
    world = World(station(), at("02:00"))
    world.daemon().announcements.order(TEXT, world.station, at("01:45"), "hoa")
    run(world, at("03:00"))
    assert world.heard() == []
    ((outcome, reason),) = world.outcomes().values()
    assert (outcome, reason) == ("missed", "planned for 01:45; it may begin at most 10m late")


def test_one_that_was_ordered_a_day_ahead_is_not_heard_once_the_clock_is_set_back() -> None:
    world = World(station(), at("02:00"))
    day = timedelta(days=1)
    world.daemon().announcements.order(TEXT, world.station, at("02:00") + day, "hoa")
    run(world, at("03:00") + day)
    assert world.heard() == []
    assert list(world.outcomes().values()) == [
        ("blocked", "it was ordered while the clock was ahead, which has been set back since")
    ]


@pytest.mark.parametrize(
    ("order", "keys"),
    [
        (Order(text="  ...  ", zones=("phuong",)), ["text"]),
        (Order(text="a" * 10_001, zones=("phuong",)), ["text"]),
        (Order(zones=("phuong",)), ["text"]),
        (Order(text="a", script="loi", zones=("phuong",)), ["text"]),
        (Order(script="lo", zones=("phuon", "bang")), ["script", "zones", "zones"]),
        (Order(text="a", zones=()), ["zones"]),
    ],
)
def test_a_wrong_order_is_refused_with_all_that_is_wrong_and_nothing_sounds(
    order: Order, keys: list[str]
) -> None:
    world = World(station(), at("06:00"))

    async def wrong(desk: Desk) -> None:
        with pytest.raises(UserError) as raised:
            await desk.interrupt(order, "hoa")
        assert [problem.key for problem in raised.value.problems] == keys

    run(world, at("06:10"), (at("06:05"), wrong))
    assert world.heard() == []


def test_a_dry_run_tells_the_words_and_orders_nothing() -> None:
    loi = Script(id="loi", title="Lời", paragraphs=("Ngày 22/9.",))
    world = World(replace(station(), scripts={"loi": loi}), at("06:00"))

    async def draft(desk: Desk) -> Any:
        return await desk.interrupt(Order(script="loi", zones=("to-1",), dry_run=True), "hoa")

    (told,) = run(world, at("06:10"), (at("06:05"), draft))
    assert told["spoken"] == "Ngày hai mươi hai tháng chín."
    assert world.heard() == []
    assert [each.kind for each in world.ledger.records() if each.kind == Kind.ORDERED] == []


def test_silence_ends_what_sounds_for_good_and_the_timetable_goes_on() -> None:
    world = World(station([slot("sang", "06:00"), slot("sau", "07:00")]), at("05:00"))
    (told,) = run(world, at("08:00"), (at("06:00:20"), silence))
    assert told == {"stopped": ["ngay-hoi/sang/2025-09-22T06:00+07:00/phuong"]}
    assert world.outcomes() == {
        "sang 06:00 phuong": ("partial", "silenced by hoa"),
        "sau 07:00 phuong": ("aired", ""),
    }
    assert world.heard() == ["22 06:00:00 sang", "22 07:00:00 sau"]


def test_what_was_silenced_before_it_sounded_is_not_heard_after_a_crash() -> None:
    world = World(station([slot("sang", "06:00")]), at("06:00:10"))
    key = "ngay-hoi/sang/2025-09-22T06:00+07:00/phuong"
    facts = {"campaign": "ngay-hoi", "zone": "phuong", "planned": "2025-09-22T06:00:00+07:00"}
    world.ledger.append(at("05:59:57"), Kind.INTENT, key, facts)
    silence = {"did": "silence", "by": "hoa", "stopped": [key]}
    world.ledger.append(at("05:59:58"), Kind.STATION, "station", silence)  # and the power went
    world.run(at("07:00"))
    assert world.heard() == []
    assert world.outcomes() == {"sang 06:00 phuong": ("missed", "silenced by hoa")}


def test_what_was_silenced_before_the_ledger_knew_of_it_is_not_heard_after_a_crash() -> None:
    world = World(station([slot("sang", "06:00")]), at("06:00:10"))
    world.ledger.append(at("05:59:50"), Kind.STATION, "station", {"did": "start"})
    key = "ngay-hoi/sang/2025-09-22T06:00+07:00/phuong"
    silence = {"did": "silence", "by": "hoa", "stopped": [key]}
    world.ledger.append(at("05:59:57"), Kind.STATION, "station", silence)  # and the power went
    world.run(at("07:00"))
    assert world.heard() == []
    assert world.outcomes() == {"sang 06:00 phuong": ("cancelled", "silenced by hoa")}


def test_a_pause_holds_what_sounds_and_what_is_due_and_resume_goes_on_with_both() -> None:
    slots = [
        slot("sang", "06:00"),
        slot("sau", "06:02"),
        slot("mat", "06:05", late=timedelta(minutes=1)),
    ]
    world = World(station(slots), at("05:00"))
    run(world, at("08:00"), (at("06:00:20"), pause), (at("06:08:00"), resume))
    assert world.heard()[:2] == ["22 06:00:00 sang", "22 06:08:00 2"]
    assert world.outcomes()["mat 06:05 phuong"] == ("missed", "the station was paused by hoa")
    assert world.outcomes()["sau 06:02 phuong"][0] == "late"


def test_a_pause_lets_through_what_is_urgent() -> None:
    world = World(station(), at("05:00"))
    run(world, at("08:00"), (at("06:00"), pause), (at("06:10"), announce))
    assert world.heard() == ["22 06:10:00 20250922-061000"]


def test_a_pause_outlives_a_restart_until_somebody_ends_it() -> None:
    world = World(station([slot("sang", "06:00", "07:00")]), at("05:00"))
    run(world, at("05:30"), (at("05:10"), pause))
    (told,) = run(world, at("06:30"), (at("06:00:30"), status))
    assert told["paused"] == {"since": "2025-09-22T05:10:00+07:00", "by": "hoa"}
    assert world.heard() == []
    run(world, at("08:00"), (at("06:40"), resume))
    assert world.heard() == ["22 07:00:00 sang"]


def test_a_pause_that_is_ended_while_it_cuts_is_ended_after_a_restart_too() -> None:
    world = World(station([slot("sang", "06:00", "07:00")]), at("05:00"))

    async def pause_and_resume(desk: Desk) -> None:
        await asyncio.gather(desk.pause("hoa"), desk.resume("binh"))

    run(world, at("06:30"), (at("06:00:20"), pause_and_resume))
    run(world, at("08:00"))
    assert world.heard()[-1] == "22 07:00:00 sang"


def test_who_follows_hears_of_every_record_and_who_is_too_far_behind_is_let_go() -> None:
    world = World(station([slot("sang", "06:00")]), at("05:59"))
    heard: list[str] = []

    async def follow(desk: Desk) -> None:
        async for change in desk.follow():
            heard.append(change["kind"])
            if change["kind"] == "finished":
                return

    async def sleeper(desk: Desk) -> int:
        following = desk.follow()
        waiting = following.__aiter__()
        first = asyncio.ensure_future(waiting.__anext__())
        await world.time.sleep(0)
        for _ in range(1100):
            desk._tell({"kind": "status"})
        await first
        return sum([1 async for _ in waiting])

    given = run(world, at("06:10"), (at("05:59:30"), follow), (at("06:05"), sleeper))
    assert heard == ["intent", "audible", "finished"]
    assert given[1] < 1000


def test_an_announcement_does_not_wait_for_one_that_was_silenced() -> None:
    world = World(station(), at("02:00"))
    acts = ((at("02:10"), announce), (at("02:10:20"), silence), (at("02:10:30"), announce))
    run(world, at("03:00"), *acts)
    assert world.heard() == ["22 02:10:00 20250922-021000", "22 02:10:30 20250922-021030"]


def test_one_that_waits_goes_on_as_soon_as_the_one_before_it_is_silenced() -> None:
    world = World(station(), at("02:00"))
    acts = ((at("02:10"), announce), (at("02:10:20"), announce), (at("02:10:30"), silence))
    run(world, at("03:00"), *acts)
    assert world.heard() == ["22 02:10:00 20250922-021000", "22 02:10:30 20250922-021020"]


def test_what_is_silenced_while_it_is_spoken_is_not_heard_later() -> None:
    world = World(station(), at("02:00"))
    world.studio.slow = 10
    (_, told) = run(world, at("03:00"), (at("02:10"), announce), (at("02:10:05"), silence))
    assert world.heard() == []
    assert told == {"stopped": ["interrupt/20250922-021000/2025-09-22T02:10+07:00/phuong"]}
    assert list(world.outcomes().values()) == [("missed", "silenced by hoa")]


def test_its_loudspeakers_are_made_ready_while_it_is_spoken_and_not_left_so() -> None:
    world = World(station(), at("02:00"))
    world.studio.slow = 10

    async def ready(_: Desk) -> list[bool]:
        return [speaker.is_ready for speaker in world.speakers.values()]

    acts = ((at("02:10"), announce), (at("02:10:05"), ready), (at("02:10:06"), silence))
    (_, while_spoken, _, after) = run(world, at("03:00"), *acts, (at("02:10:20"), ready))
    assert (while_spoken, after) == ([True, True], [False, False])


def test_what_is_silenced_while_it_could_not_be_spoken_is_not_tried_again() -> None:
    world = World(station(), at("02:00"))
    world.studio.slow = 10
    world.studio.broken.add("20250922-021000")

    async def mend(_: Desk) -> None:
        world.studio.broken.clear()

    acts = ((at("02:10"), announce), (at("02:10:05"), silence), (at("02:10:12"), mend))
    run(world, at("03:00"), *acts)
    assert world.heard() == []
    assert list(world.outcomes().values()) == [("missed", "silenced by hoa")]
