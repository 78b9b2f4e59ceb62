"""A clock that can't be right: nothing sounds by it, nothing is lost by it, and that is told."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from broadcaster.health.faults import FaultKind
from tests.daemon.doubtful import DOUBTED, HOUR, Doubtful
from tests.daemon.world import at, slot, station


def test_a_jump_of_a_day_ahead_and_back_sounds_nothing_and_loses_nothing() -> None:
    of = Doubtful(station([slot("sang", "06:00"), slot("trua", "11:00")]), at("05:00"))
    of.live(7 * 60, (10, of.set(24 * HOUR)), (50, of.set(timedelta())))
    assert of.world.heard() == ["22 06:00:00 sang", "22 11:00:00 trua"]
    assert set(of.world.outcomes().values()) == {("aired", "")}
    assert of.did() == ["start", "doubt", "trust", "stop"]


def test_in_doubt_nothing_airs_and_what_was_due_is_missed_for_that_once_it_is_over() -> None:
    of = Doubtful(station([slot("sang", "06:00"), slot("trua", "11:00")]), at("05:00"))
    # Three hours slow from 05:30 on; at 06:40 somebody sets it right.
    of.live(7 * 60, (30, of.set(-3 * HOUR)), (100, of.set(timedelta())))
    assert of.world.heard() == ["22 11:00:00 trua"]
    assert of.world.outcomes()["sang 06:00 phuong"] == ("missed", DOUBTED)


def test_what_fell_into_an_outage_is_not_blamed_on_the_doubt_that_followed() -> None:
    of = Doubtful(station([slot("sang", "06:00", "09:15", "10:00")]), at("05:00"))
    of.live(10)
    of.rest(4 * 60)  # without power until 09:10
    of.clock.offset = -55 * 365 * 24 * HOUR
    of.live(120, (30, of.right))
    assert of.world.outcomes() == {
        "sang 06:00 phuong": ("missed", "planned for 06:00; it may begin at most 10m late"),
        "sang 09:15 phuong": ("missed", DOUBTED),
        "sang 10:00 phuong": ("aired", ""),
    }


def test_what_fell_into_a_doubt_before_an_outage_is_blamed_on_the_doubt_all_the_same() -> None:
    of = Doubtful(station([slot("sang", "06:00", "07:00", "08:10")]), at("05:00"))
    # Three hours slow from 05:30 on, without power from 06:40 until 08:00.
    of.live(100, (30, of.set(-3 * HOUR)))
    of.rest(80)
    of.live(60, (30, of.right))
    assert of.world.outcomes() == {
        "sang 06:00 phuong": ("missed", DOUBTED),
        "sang 07:00 phuong": ("missed", "planned for 07:00; it may begin at most 10m late"),
        "sang 08:10 phuong": ("missed", DOUBTED),
    }


def test_a_clock_that_went_on_where_the_power_failed_is_silent_until_it_is_set() -> None:
    of = Doubtful(station([slot("sang", "06:00", "09:30")]), at("05:00"))
    of.live(40)
    of.clock.started, of.clock.battery = "2", False
    of.rest(3 * 60)  # without power from 05:40 until 08:40, and the clock stood still
    of.clock.offset = -3 * HOUR
    of.live(120, (30, of.right))
    assert of.world.heard() == ["22 09:30:00 sang"]
    assert of.did() == ["start", "stop", "start", "doubt", "trust", "stop"]


def test_a_clock_of_1970_is_no_reason_to_plan_the_years_of_the_ledger_anew() -> None:
    of = station([slot("sang", "06:00")])
    always = tuple(replace(each, from_=None, until=None) for each in of.campaigns)
    doubtful = Doubtful(replace(of, campaigns=always), at("05:00"))
    for before in (300, 0):
        doubtful.world.ledger.append(at("05:00") - before * 24 * HOUR, "station", "station", {})
    doubtful.clock.offset = -55 * 365 * 24 * HOUR
    doubtful.live(120, (10, doubtful.right))
    keys = {record.key for record in doubtful.world.ledger.records()} - {"station", "sign/cong"}
    assert {key.split("/")[2][:10] for key in keys} == {"2025-09-21", "2025-09-22"}


def test_a_clock_of_1970_is_silent_until_a_time_source_sets_it() -> None:
    of = Doubtful(station([slot("sang", "06:00")]), at("05:00"))
    of.clock.offset = -55 * 365 * 24 * HOUR
    of.live(120, (30, of.right))
    assert of.world.heard() == ["22 06:00:00 sang"]


def test_a_person_s_word_is_enough_until_the_next_jump() -> None:
    of = Doubtful(station([slot("sang", "06:00", "08:00", "10:00")]), at("05:00"))
    ahead = 2 * HOUR
    # At 05:30 it goes two hours ahead, to 07:30; confirmed, it airs what it says is due at 08:00.
    of.live(4 * 60, (30, of.set(ahead)), (35, of.clock.confirm), (120, of.set(ahead + 4 * HOUR)))
    assert of.world.heard() == ["22 08:00:00 sang"]


def test_doubt_outlives_a_crash() -> None:
    of = Doubtful(station([slot("sang", "06:00")]), at("05:00"))
    of.live(20, (10, of.set(24 * HOUR)))
    of.live(20)
    assert of.did() == ["start", "doubt", "stop", "start", "stop"]
    of.clock.offset = timedelta()
    of.clock.synchronised = True
    of.live(60)
    assert of.world.heard() == ["22 06:00:00 sang"]
    assert of.did()[5:] == ["start", "trust", "stop"]


def test_a_clock_behind_the_ledger_at_the_start_is_doubted() -> None:
    of = Doubtful(station([slot("sang", "06:00")]), at("09:00"))
    of.live(10)
    of.clock.offset = -4 * HOUR  # it says 05:10
    of.live(120)
    assert of.world.heard() == []
    assert [fault.kind for fault in of.world.faults.present()] == [FaultKind.CLOCK]


def test_an_hour_wrong_is_taken_at_once_and_nothing_is_heard_twice() -> None:
    of = Doubtful(station([slot("sang", "06:00"), slot("sau", "06:30")]), at("05:30"))
    # At 06:10 it is put back to 05:10.
    of.live(3 * 60, (40, of.set(-HOUR)))
    assert [name.split()[-1] for name in of.world.heard()] == ["sang", "sau"]


def test_what_is_on_air_plays_to_its_end_and_has_one_outcome() -> None:
    of = Doubtful(station([slot("sang", "06:00")]), at("05:59"))
    of.live(60, (1.5, of.set(-55 * 365 * 24 * HOUR)), (20, of.set(timedelta())))
    ends = [record for record in of.world.ledger.records() if record.kind == "finished"]
    assert [record.data["outcome"] for record in ends] == ["aired"]


def test_over_midnight_and_back_every_day_s_airing_is_heard_once() -> None:
    of = Doubtful(station([slot("sang", "05:05", "21:50")]), at("21:40"))
    of.live(10 * 60, (5, of.set(3 * HOUR)), (8, of.set(timedelta())))
    assert of.world.heard() == ["22 21:50:00 sang", "23 05:05:00 sang"]
