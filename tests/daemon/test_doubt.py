"""A clock that can't be right: nothing sounds by it, nothing is lost by it, and that is told."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from broadcaster.daemon.desk import Desk
from broadcaster.daemon.edits import Edits, Files
from broadcaster.domain.airing import Entry
from broadcaster.domain.days import TimeRange
from broadcaster.domain.order import Order
from broadcaster.domain.record import Record
from broadcaster.domain.sound import Prepared
from broadcaster.domain.station import Percent, Station
from broadcaster.errors import DeviceError, Refusal
from broadcaster.health.faults import FaultKind
from broadcaster.health.ledger import ReportingLedger
from broadcaster.messages import msg
from broadcaster.planning.asrun import ENDS
from broadcaster.playout.history import History
from tests.daemon.world import World, at, slogan, slot, station
from tests.fakes.ledger import MemoryLedger
from tests.fakes.studio import FakeStudio
from tests.fakes.time import SettableTime

HOUR = timedelta(hours=1)
DOUBTED = "the clock could not be trusted when it was due"
Act = Callable[[], None]


class Doubtful:
    """A world whose clock people set."""

    def __init__(self, of: Station, start: datetime) -> None:
        self.clock = SettableTime(start)
        self.world = World(of, start, time=self.clock)

    def live(self, minutes: float, *acts: tuple[float, Act]) -> None:
        """Run a daemon for so many minutes of true time, doing things at theirs."""
        daemon = self.world.daemon()

        async def people() -> None:
            begun = self.clock.monotonic()
            for after, act in acts:
                await self.clock.sleep(begun + after * 60 - self.clock.monotonic())
                act()
                daemon._waker.poke()  # as the clock watch does
            await self.clock.sleep(begun + minutes * 60 - self.clock.monotonic())
            daemon.stop()

        async def main() -> None:
            living = asyncio.create_task(people())
            await daemon.run()
            await living

        self.clock.run(main())

    def rest(self, minutes: float) -> None:
        """Let true time pass without a daemon."""
        self.clock.run(self.clock.sleep(minutes * 60))

    def set(self, offset: timedelta) -> Act:
        """Give what sets the clock that far from the true time."""

        def act() -> None:
            self.clock.offset = offset

        return act

    def right(self) -> None:
        """Set the clock right, as a time source does."""
        self.clock.offset, self.clock.synchronised = timedelta(), True

    def did(self) -> list[str]:
        records = self.world.ledger.records()
        return [record.data["did"] for record in records if record.key == "station"]


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


class Setting(FakeStudio):
    """Its clock is set while it prepares, and nobody has heard of that yet."""

    acts: tuple[Act, ...] = ()

    async def programmes(
        self, entry: Entry, speakers: Iterable[str], at: datetime
    ) -> Mapping[str, Prepared]:
        for act in self.acts:
            act()
        self.acts = ()
        return await super().programmes(entry, speakers, at)


@pytest.mark.parametrize(
    ("right", "outcome", "heard"),
    [
        (2, "late", ["22 06:02:00 sang"]),
        (60, "missed", []),
    ],
)
def test_doubt_that_begins_just_before_the_relay_closes_decides_nothing(
    right: float, outcome: str, heard: list[str]
) -> None:
    of = Doubtful(station([slot("sang", "06:00")]), at("05:00"))
    studio = of.world.studio = Setting(of.clock)
    studio.acts = (of.set(-3 * HOUR),)
    of.live(3 * 60, (60 + right, of.set(timedelta())))
    ends = [each.data["outcome"] for each in of.world.ledger.records() if each.kind in ENDS]
    assert ends == [outcome]
    assert of.world.heard() == heard
    assert [fault.kind for fault in of.world.faults.present()] == []


def test_signs_are_dark_in_doubt_and_hold_their_slogan_again_after_it() -> None:
    of = Doubtful(station(led=[slogan("chu", "Tự hào")]), at("08:00"))
    of.live(120, (30, of.set(5 * HOUR)), (60, of.set(timedelta())))
    sent = [len(content.slogans) for content in of.world.signs["cong"].sent]
    assert sent[:3] == [1, 0, 1]


def test_signs_stay_as_bright_as_they_were_while_they_are_dark() -> None:
    ward = station(led=[slogan("chu", "Tự hào")])
    evening = (Percent(TimeRange(6 * 60, 22 * 60), 40),)
    cong = replace(ward.signs["cong"], brightness_at=evening)
    of = Doubtful(replace(ward, signs={"cong": cong}), at("08:00"))
    of.live(120, (30, of.set(5 * HOUR)), (60, of.set(timedelta())))
    sent = [(each.blank, each.brightness) for each in of.world.signs["cong"].sent]
    assert sent[:3] == [(False, 40), (True, 40), (False, 40)]


def test_years_that_a_wrong_clock_came_from_are_not_planned() -> None:
    of = station([slot("sang", "06:00")])
    always = tuple(replace(each, from_=None, until=None) for each in of.campaigns)
    doubtful = Doubtful(replace(of, campaigns=always), at("05:00"))
    doubtful.clock.offset = -55 * 365 * 24 * HOUR
    doubtful.live(120, (30, doubtful.set(timedelta())), (31, doubtful.clock.confirm))
    assert doubtful.world.heard() == ["22 06:00:00 sang"]
    assert {record.key[:25] for record in doubtful.world.ledger.records()} == {
        "station", "sign/cong", "ngay-hoi/sang/2025-09-22T",
    }  # fmt: skip


def test_a_clock_that_was_a_day_ahead_and_is_set_right_airs_the_day() -> None:
    for right in (False, True):
        of = Doubtful(station([slot("sang", "06:00")]), at("05:00"))
        of.clock.offset = 24 * HOUR

        def correct(of: Doubtful = of, *, source: bool = right) -> None:
            of.clock.offset, of.clock.synchronised = timedelta(), source
            of.clock.confirm()

        of.live(120, (30, correct))
        assert of.world.heard() == ["22 06:00:00 sang"]


def test_what_aired_before_weeks_ahead_is_not_heard_again_when_they_are_taken_back() -> None:
    of = Doubtful(station([slot("sang", "06:00", late=2 * HOUR)]), at("05:00"))
    of.clock.synchronised = True
    weeks = of.set(14 * 24 * HOUR)
    of.live(4 * 60, (65, weeks), (66, weeks), (67, weeks), (70, of.set(timedelta())))
    assert of.world.heard() == ["22 06:00:00 sang"]


def test_a_disk_that_was_full_is_told_of_the_doubt_once_it_is_not() -> None:
    ledger = MemoryLedger()
    of = Doubtful(station([slot("sang", "06:00")]), at("05:00"))
    of.world.ledger = ledger

    def fill() -> None:
        ledger.full = True
        of.clock.offset = 24 * HOUR

    def empty() -> None:
        ledger.full = False

    of.live(120, (30, fill), (40, empty), (50, of.set(timedelta())))
    assert of.did() == ["start", "doubt", "trust", "stop"]
    assert of.world.heard() == ["22 06:00:00 sang"]


def test_an_announcement_is_refused_in_doubt_with_what_to_do() -> None:
    of = Doubtful(station(), at("05:00"))
    daemon = of.world.daemon()
    assert isinstance(daemon._ledger, ReportingLedger)
    desk = Desk(
        daemon, Edits(NO_FILES, _none, of.clock, daemon.faults, {}), daemon._ledger, of.clock
    )
    of.clock.offset = -55 * 365 * 24 * HOUR
    with pytest.raises(Refusal, match=r"in doubt.*broadcaster clock confirm"):
        of.clock.run(desk.interrupt(Order(text="Khẩn.", zones=("phuong",)), "hoa"))
    assert list(of.world.ledger.records()) == []


NO_FILES = Files(dict, lambda: (station(), ()))


async def _none(of: Station, files: Sequence[str]) -> None:
    del of, files


def test_a_crash_as_a_long_doubt_ends_leaves_nothing_without_an_end() -> None:
    of = Doubtful(station([slot("sang", "06:00")]), at("05:00"))
    of.live(10, (5, of.set(-24 * HOUR)))
    of.clock._elapsed += 3 * 24 * 3600
    of.clock.offset = timedelta()
    last = {"did": "trust", "trusted": at("05:05").isoformat(), "began": None}
    now = of.clock.now()
    of.world.ledger.append(now, "station", "station", last)  # and the power went
    of.live(10)
    assert of.world.runs()["sang 06:00 phuong"].outcome == "missed"


def test_what_is_armed_is_taken_back_though_the_disk_cannot_be_read() -> None:
    ledger = Unreadable()
    of = Doubtful(station([slot("sang", "06:00")]), at("05:00"))
    of.world.ledger = ledger

    def break_and_jump() -> None:
        ledger.full = True
        of.clock.offset = 24 * HOUR

    of.live(62, (59.97, break_and_jump), (61, lambda: setattr(ledger, "full", False)))
    assert of.world.heard() == []


class Unreadable(MemoryLedger):
    """Gives nothing either while it is full."""

    def records(self, prefix: str = "", after: int = 0) -> Iterator[Record]:
        if self.full:
            raise DeviceError("ledger", msg("the disk fails"))
        return super().records(prefix, after)


def test_one_record_of_a_far_year_keeps_no_others_in_memory() -> None:
    ledger = MemoryLedger()
    for day in range(3000):
        when = at("05:00") - (3000 - day) * 24 * HOUR
        year = when.replace(year=2090) if day == 7 else when
        ledger.append(
            year, "missed", f"ngay-hoi/sang/{when.isoformat(timespec='minutes')}/phuong", {}
        )
    kept = History(ledger, at("05:00"))
    assert len(kept.runs) == 4
