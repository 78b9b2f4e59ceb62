"""A station in small that anybody may edit at any time: the half of a state machine."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from broadcaster.domain.airing import Entry
from broadcaster.domain.campaign import (
    JOIN,
    AirClass,
    Campaign,
    Chime,
    IfCut,
    RadioSlot,
    Relay,
    Speech,
)
from broadcaster.domain.days import DayRule, TimeRange
from broadcaster.domain.record import Record
from broadcaster.domain.station import Airtime, Zone
from broadcaster.messages import msg
from tests.planning import naive

BEGINNINGS = [
    (ZoneInfo("Asia/Ho_Chi_Minh"), date(2025, 9, 22)),
    (ZoneInfo("Europe/Berlin"), date(2025, 3, 29)),
    (ZoneInfo("Europe/Berlin"), date(2025, 10, 25)),
]
SPEAKERS = {"xa": ("loa-1",), "yb": ("loa-1", "loa-2"), "zc": ("loa-3",), "bang": ()}
NAMES = ["a", "b", "c"]
PLACES = ["xa", "yb", "zc", "xa", "yb", "zc", "bang", "cho"]
ALWAYS = Airtime(allowed=(TimeRange(0, 0),))
MINUTE = timedelta(minutes=1)

names = st.sampled_from(NAMES)
# Minutes from now, so that much happens; few of them, so that things collide.
aheads = st.lists(
    st.sampled_from([-120, -10, 0, 1, 1, 2, 5, 10, 30, 60, 300]), min_size=1, max_size=2
)
ranges = st.sampled_from(
    [
        TimeRange(0, 0),
        TimeRange(1380, 1379),
        TimeRange(240, 1320),
        TimeRange(1320, 240),
        TimeRange(0, 150),
        TimeRange(150, 400),
        TimeRange(300, 310),
        TimeRange(1439, 61),
    ]
)
airtimes = st.builds(
    Airtime,
    allowed=st.lists(ranges, max_size=3).map(tuple),
    days=st.sampled_from([frozenset(range(7)), frozenset(range(6)), frozenset({0, 6})]),
    sessions_per_day=st.none() | st.integers(0, 5),
    minutes_per_day=st.none() | st.integers(0, 60),
    relays_count=st.booleans(),
)
whiches = st.integers(0, 8)
weekdays = st.sets(st.integers(0, 6), min_size=3)
lates = st.sampled_from([timedelta(0), MINUTE, 10 * MINUTE, 60 * MINUTE]) | st.just(JOIN)
programmes = st.sampled_from(
    [
        (Chime(), Speech("tin")),
        (Relay("https://dai/phat", 600),),
        (Chime(), Relay("https://dai/phat", 120), Speech("tin")),
    ]
)
slots = st.builds(
    RadioSlot,
    id=names,
    at=st.just(()),
    zones=st.lists(st.sampled_from(PLACES), min_size=1, max_size=3).map(tuple),
    air_class=st.sampled_from([*AirClass, AirClass.NORMAL]),
    late=lates,
    if_cut=st.sampled_from(IfCut),
    items=programmes,
    order=st.integers(0, 1),
    fault=st.sampled_from([None] * 9 + [msg("script is missing")]),
)


class Edited(RuleBasedStateMachine):
    """A station in small, whose editors do as they like."""

    @initialize(
        beginning=st.sampled_from(BEGINNINGS),
        hour=st.sampled_from([0, 5, 22, 25]),
        first=st.lists(st.tuples(slots, aheads), min_size=2, max_size=5),
    )
    def begin(
        self,
        beginning: tuple[ZoneInfo, date],
        hour: int,
        first: list[tuple[RadioSlot, list[int]]],
    ) -> None:
        self.tz, self.first = beginning
        midnight = datetime.combine(self.first, time(), self.tz).astimezone(UTC)
        self.now = midnight + hour * 60 * MINUTE
        self.campaigns: dict[str, Campaign] = {}
        self.zones = {
            name: Zone(id=name, speakers=speakers, airtime=ALWAYS)
            for name, speakers in SPEAKERS.items()
        }
        self.holidays: set[date] = set()
        self.lengths: dict[str, float] = {}
        self.overrun = 0.0
        self.records: list[Record] = []
        self.sounding: dict[str, naive.Sound] = {}
        self.sounded: dict[str, list[naive.Sound]] = {}
        self.on_air_entries: dict[str, Entry] = {}
        self.began_at: dict[str, float] = {}
        self.crash = ""
        self.single: dict[tuple[str, str, date], bool] = {}
        for number, (slot, ahead) in enumerate(first):
            self.put_slot(NAMES[number % 2], slot, ahead, 55.5)

    # What editors do.

    @rule(
        campaign=names,
        slot=slots,
        ahead=aheads,
        seconds=st.sampled_from([20.0, 55.5, 300.0, 900.0]),
    )
    def put_slot(self, campaign: str, slot: RadioSlot, ahead: list[int], seconds: float) -> None:
        slot = replace(slot, at=self.at(ahead))
        old = self.campaigns.get(campaign) or Campaign(id=campaign, title=campaign)
        kept = tuple(each for each in old.radio if each.id != slot.id)
        self.lengths[f"{campaign}/{slot.id}"] = seconds
        self.campaigns[campaign] = replace(old, radio=(*kept, slot))

    @rule(which=whiches, ahead=aheads)
    def move_slot(self, which: int, ahead: list[int]) -> None:
        self.change(which, at=self.at(ahead))

    @rule(which=whiches, enabled=st.booleans())
    def switch_slot(self, which: int, *, enabled: bool) -> None:
        self.change(which, enabled=enabled)

    @rule(which=whiches, days=weekdays, skip=st.sampled_from(["air", "skip"]))
    def change_days(self, which: int, days: set[int], skip: Any) -> None:
        self.change(which, days=DayRule(weekdays=frozenset(days), holidays=skip))

    @rule(campaign=names)
    def remove_campaign(self, campaign: str) -> None:
        self.campaigns.pop(campaign, None)

    @rule(campaign=names, enabled=st.booleans(), from_=st.integers(0, 2), until=st.integers(0, 4))
    def change_window(self, campaign: str, *, enabled: bool, from_: int, until: int) -> None:
        if old := self.campaigns.get(campaign):
            first, last = (self.first + timedelta(days=each) for each in (from_, until))
            self.campaigns[campaign] = replace(old, enabled=enabled, from_=first, until=last)

    @rule(zone=st.sampled_from(sorted(SPEAKERS)), airtime=airtimes)
    def guard_differently(self, zone: str, airtime: Airtime) -> None:
        self.change_guard(zone, airtime)

    def change_guard(self, zone: str, airtime: Airtime) -> None:
        self.zones[zone] = Zone(id=zone, speakers=SPEAKERS[zone], airtime=airtime)

    @rule(zone=st.sampled_from(sorted(SPEAKERS)))
    def open_or_remove_zone(self, zone: str) -> None:
        if self.zones.pop(zone, None) is None:
            self.change_guard(zone, ALWAYS)

    @rule(day=st.integers(0, 3))
    def make_holiday(self, day: int) -> None:
        self.holidays ^= {self.first + timedelta(days=day)}

    def at(self, ahead: list[int]) -> tuple[time, ...]:
        local = [(self.now + each * MINUTE).astimezone(self.tz) for each in ahead]
        return tuple(sorted({time(each.hour, each.minute) for each in local}))

    def change(self, which: int, **what: Any) -> None:
        """Change one of the slots that there are."""
        there = [(each.id, slot.id) for each in self.campaigns.values() for slot in each.radio]
        if there:
            campaign, name = there[which % len(there)]
            old = self.campaigns[campaign]
            radio = [replace(each, **what) if each.id == name else each for each in old.radio]
            self.campaigns[campaign] = replace(old, radio=tuple(radio))
