"""Doubt about the clock, for what is no broadcast: signs, orders, the ledger, what is armed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
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
from broadcaster.health.ledger import ReportingLedger
from broadcaster.messages import msg
from broadcaster.planning.asrun import ENDS
from broadcaster.playout.history import History
from tests.daemon.doubtful import HOUR, Act, Doubtful
from tests.daemon.world import at, slogan, slot, station
from tests.fakes.ledger import MemoryLedger
from tests.fakes.studio import FakeStudio


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
