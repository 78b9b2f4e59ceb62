"""The daemon in simulated time: what it sounds, shows and writes down."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from broadcaster.domain.campaign import JOIN
from broadcaster.domain.record import Kind
from broadcaster.messages import msg
from tests.daemon.world import DAY, World, at, slot, station
from tests.fakes.ledger import MemoryLedger


def test_a_day_is_aired_on_the_second_and_written_three_times() -> None:
    world = World(station([slot("ban-tin", "05:30", "17:00")]), at("00:00"))
    world.run(at("23:00"))
    assert world.heard("loa-1") == ["22 05:30:00 ban-tin", "22 17:00:00 ban-tin"]
    assert world.heard("loa-2") == world.heard("loa-1")
    kinds = [r.kind for r in world.ledger.records("ngay-hoi/ban-tin/2025-09-22T05:30")]
    assert kinds == ["intent", "audible", "finished"]
    (first, _) = world.runs().values()
    assert (first.started, first.finished) == (at("05:30"), at("05:31"))
    assert (first.voice, first.audio_sha256) == ("fake:vi", "sha-ban-tin")
    assert (first.data["lufs"], first.data["dbtp"]) == (-16.0, -1.0)
    assert first.outcome == "aired"


def test_a_stop_just_before_the_sound_leaves_it_to_the_next_start() -> None:
    world = World(station([slot("ban-tin", "05:30")]), at("05:00"))
    daemon = world.daemon()

    async def stopped_while_armed() -> None:
        running = asyncio.create_task(daemon.run())
        await world.time.sleep(30 * 60 - 1)
        daemon.stop()
        await running

    world.time.run(stopped_while_armed())
    assert [r.kind for r in world.ledger.records("ngay-hoi")] == ["intent"]
    world.time.run(world.time.sleep(20))
    world.run(at("06:00"))
    assert world.heard() == ["22 05:30:19 ban-tin"]
    assert world.outcomes() == {"ban-tin 05:30 phuong": ("late", "began 19 s late")}


def test_what_begins_when_a_run_ends_is_not_of_that_run() -> None:
    world = World(station([slot("ban-tin", "05:30")]), at("05:00"))
    world.run(at("05:30"))
    assert world.outcomes() == {}
    world.run(at("06:00"))
    assert world.heard() == ["22 05:30:00 ban-tin"]


def test_nothing_is_missed_before_the_first_start() -> None:
    world = World(station([slot("ban-tin", "05:30", "17:00")]), at("12:00"))
    world.run(at("23:00"))
    assert list(world.outcomes()) == ["ban-tin 17:00 phuong"]


def test_what_fell_in_an_outage_is_missed_and_says_so() -> None:
    world = World(station([slot("ban-tin", "05:30", "17:00")]), at("00:00"))
    world.run(at("05:00"))
    world.time.run(world.time.sleep(7 * 3600))
    world.run(at("23:00"))
    assert world.outcomes() == {
        "ban-tin 05:30 phuong": ("missed", "planned for 05:30; it may begin at most 10m late"),
        "ban-tin 17:00 phuong": ("aired", ""),
    }


def test_weeks_of_outage_are_all_accounted_for_once() -> None:
    world = World(station([slot("ban-tin", "05:30")]), at("05:00"))
    world.run(at("05:40"))
    world.time.run(world.time.sleep(10 * 86_400 + 600))
    world.run(at("23:00", DAY + timedelta(days=13)))
    ends = [r.kind for r in world.ledger.records("ngay-hoi") if r.kind in {"finished", "missed"}]
    assert ends == ["finished", *["missed"] * 10, *["finished"] * 3]


def test_a_late_start_within_its_policy_airs_late() -> None:
    world = World(station([slot("ban-tin", "05:30")]), at("05:00"))
    world.run(at("05:29"))
    world.time.run(world.time.sleep(6 * 60))
    world.run(at("23:00"))
    assert world.outcomes() == {"ban-tin 05:30 phuong": ("late", "began 300 s late")}


def test_it_joins_in_progress_where_the_slot_says_so() -> None:
    world = World(station([slot("tiep-song", "05:30", late=JOIN)]), at("05:00"))
    world.studio.length = 1800
    world.run(at("05:29"))
    world.time.run(world.time.sleep(11 * 60))
    world.run(at("23:00"))
    (heard,) = world.speakers["loa-1"].heard
    assert (heard.started, heard.offset) == (at("05:40"), 600)
    assert world.outcomes() == {
        "tiep-song 05:30 phuong": ("partial", "joined 600 s after its start")
    }
    assert world.time.now() == at("23:00")


def test_one_follows_the_other_on_a_shared_loudspeaker() -> None:
    both = [slot("a", "05:30", zones=("phuong",)), slot("b", "05:30", zones=("to-1",))]
    world = World(station(both), at("05:00"))
    world.run(at("06:00"))
    assert world.heard("loa-1") == ["22 05:30:00 a", "22 05:31:00 b"]
    assert world.heard("loa-2") == ["22 05:30:00 a"]


def test_zones_of_one_slot_start_together() -> None:
    world = World(station([slot("a", "05:30", zones=("to-1", "to-2"))]), at("05:00"))
    world.run(at("06:00"))
    starts = {each.started for name in world.speakers for each in world.speakers[name].heard}
    assert starts == {at("05:30")}
    assert list(world.outcomes()) == ["a 05:30 to-1", "a 05:30 to-2"]


def test_a_slot_with_a_fault_is_refused_by_its_reason() -> None:
    broken = replace(slot("ban-tin", "05:30"), fault=msg("there is no script {id}", id="loi"))
    world = World(station([broken]), at("05:00"))
    world.run(at("06:00"))
    assert world.outcomes() == {"ban-tin 05:30 phuong": ("blocked", "there is no script loi")}


def test_one_dead_loudspeaker_leaves_the_other_sounding() -> None:
    world = World(station([slot("ban-tin", "05:30")]), at("05:00"))
    world.speakers["loa-2"].dead = True
    world.run(at("06:00"))
    assert world.heard("loa-1") == ["22 05:30:00 ban-tin"]
    assert world.outcomes() == {"ban-tin 05:30 phuong": ("partial", "loa-2: does not answer")}


def test_all_dead_is_missed_with_the_reason_and_never_audible() -> None:
    world = World(station([slot("ban-tin", "05:30")]), at("05:00"))
    for speaker in world.speakers.values():
        speaker.dead = True
    world.run(at("06:00"))
    (run,) = world.runs().values()
    assert (run.outcome, run.reason, run.started) == ("missed", "loa-1: does not answer", None)


def test_a_loudspeaker_that_dies_in_the_middle_is_partial() -> None:
    world = World(station([slot("ban-tin", "05:30", zones=("to-1",))]), at("05:00"))
    world.speakers["loa-1"].dies = True
    world.run(at("06:00"))
    (run,) = world.runs().values()
    assert (run.outcome, run.reason) == ("partial", "loa-1: was unplugged")
    assert run.started == at("05:30")


def test_a_loudspeaker_that_lost_some_of_it_is_partial_with_what_sounded() -> None:
    world = World(station([slot("ban-tin", "05:30", zones=("to-1",))]), at("05:00"))
    world.speakers["loa-1"].gap = 7.0
    world.run(at("06:00"))
    (run,) = world.runs().values()
    assert (run.outcome, run.reason) == ("partial", "loa-1: 7 s did not arrive")
    assert run.data["seconds"] == world.studio.length - 7


def test_a_voice_that_fails_is_missed_and_the_next_airs() -> None:
    world = World(station([slot("a", "05:30"), slot("b", "06:00")]), at("05:00"))
    world.studio.broken = {"a"}
    world.run(at("07:00"))
    assert world.outcomes() == {
        "a 05:30 phuong": ("missed", "espeak: gave no sound"),
        "b 06:00 phuong": ("aired", ""),
    }


def test_programmes_are_made_a_day_ahead() -> None:
    world = World(station([slot("ban-tin", "05:30")]), at("00:00"))
    world.studio.slow = 3600
    world.run(at("05:00"))
    assert world.studio.made == {"ban-tin"}


def test_a_stop_silences_and_says_so() -> None:
    world = World(station([slot("ban-tin", "05:30")]), at("05:00"))
    daemon = world.daemon()

    async def main() -> None:
        running = asyncio.create_task(daemon.run())
        await world.time.sleep(30 * 60 + 20)
        daemon.stop()
        await running

    world.time.run(main())
    (run,) = world.runs().values()
    assert (run.outcome, run.reason) == ("partial", "the station was stopped while it sounded")
    assert run.data["seconds"] == 20
    assert world.ledger.last().data == {"did": "stop"}  # type: ignore[union-attr]


def test_without_a_ledger_there_is_no_sound_and_with_it_again_there_is() -> None:
    world = World(station([slot("a", "05:30"), slot("b", "06:00")]), at("05:00"))
    ledger = world.ledger
    assert isinstance(ledger, MemoryLedger)

    async def main() -> None:
        running = asyncio.create_task(world.daemon().run(at("07:00")))
        await world.time.sleep(20 * 60)
        ledger.full = True
        await world.time.sleep(25 * 60)
        ledger.full = False
        await running

    world.time.run(main())
    assert world.heard() == ["22 06:00:00 b"]
    assert world.outcomes() == {
        "a 05:30 phuong": ("missed", "planned for 05:30; it may begin at most 10m late"),
        "b 06:00 phuong": ("aired", ""),
    }


def test_nothing_wakes_it_when_nothing_is_ahead() -> None:
    world = World(station(), at("00:00"))
    world.run(at("00:00", DAY + timedelta(days=30)))
    assert [r.kind for r in world.ledger.records()] == [Kind.STATION, Kind.SIGN, Kind.STATION]


@pytest.mark.parametrize("days", [14])
def test_two_weeks_have_one_outcome_an_airing(days: int) -> None:
    world = World(station([slot("ban-tin", "05:30", "17:00")]), at("00:00"))
    world.run(at("23:59", DAY + timedelta(days=days - 1)))
    assert len(world.heard()) == 2 * days
    assert {run.outcome for run in world.runs().values()} == {"aired"}
