from collections.abc import Collection
from datetime import date, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from broadcaster.domain.airing import Airing
from broadcaster.domain.campaign import (
    AirClass,
    Campaign,
    Chime,
    Event,
    RadioSlot,
    Reminder,
    Speech,
)
from broadcaster.domain.days import DayRule
from broadcaster.messages import msg
from broadcaster.planning.expand import expand
from tests.planning.making import HANOI, MONDAY, campaign, slot

WEEK = [MONDAY + timedelta(days=number) for number in range(7)]
WINDOW: dict[str, Any] = {"from_": date(2025, 9, 22), "until": date(2025, 10, 5)}


def starts(
    campaigns: list[Campaign], days: list[date] = WEEK, holidays: Collection[date] = ()
) -> list[str]:
    found = expand(campaigns, days, HANOI, holidays, lambda *_: 60.0)
    return [f"{airing.start:%d %H:%M} {airing.slot.id}" for airing in found]


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (DayRule(), [22, 23, 24, 25, 26, 27, 28]),
        (DayRule(weekdays=frozenset({5, 6})), [27, 28]),
        (DayRule(from_=date(2025, 9, 27)), [27, 28]),
        (DayRule(until=date(2025, 9, 23)), [22, 23]),
        (DayRule(dates=frozenset({date(2025, 9, 24), date(2025, 11, 1)})), [24]),
        (DayRule(except_=frozenset({date(2025, 9, 24)})), [22, 23, 25, 26, 27, 28]),
        (DayRule(holidays="skip"), [22, 24, 25, 26, 27, 28]),
        (DayRule(holidays="air"), [22, 23, 24, 25, 26, 27, 28]),
        (DayRule(dates=frozenset({date(2025, 9, 23)}), holidays="skip"), []),
        (DayRule(dates=frozenset({date(2025, 9, 24)}), weekdays=frozenset({0})), []),
    ],
)
def test_a_rule_chooses_days(rule: DayRule, expected: list[int]) -> None:
    tin = campaign("c", slot("tin", "05:30", days=rule))
    found = starts([tin], holidays={date(2025, 9, 23)})
    assert found == [f"{day} 05:30 tin" for day in expected]


def test_the_window_includes_both_its_days() -> None:
    short = campaign("c", slot("tin", "05:30"), from_=date(2025, 9, 23), until=date(2025, 9, 24))
    assert starts([short]) == ["23 05:30 tin", "24 05:30 tin"]


def test_what_is_disabled_asks_for_nothing() -> None:
    off = campaign("off", slot("a", "05:30"), enabled=False)
    half = campaign("half", slot("b", "05:30", enabled=False), slot("c", "05:30"))
    assert starts([off, half], [MONDAY]) == ["22 05:30 c"]


def test_order_is_start_class_order_campaign_slot_zone() -> None:
    later = campaign("a", slot("z", "05:31", air_class=AirClass.URGENT))
    one = campaign(
        "b",
        slot("s", "05:30", "yb xa"),
        slot("r", "05:30"),
        slot("last", "05:30", order=1),
        slot("ahead", "05:30", order=-1),
        slot("priority", "05:30", air_class=AirClass.PRIORITY, order=9),
    )
    two = campaign("a2", slot("t", "05:30"))
    found = expand([later, one, two], [MONDAY], HANOI, (), lambda *_: 60.0)
    assert [(airing.campaign, airing.slot.id, airing.zone) for airing in found] == [
        ("b", "priority", "xa"),
        ("b", "ahead", "xa"),
        ("a2", "t", "xa"),
        ("b", "r", "xa"),
        ("b", "s", "xa"),
        ("b", "s", "yb"),
        ("b", "last", "xa"),
        ("a", "z", "xa"),
    ]


def test_an_airing_is_named_for_ever() -> None:
    (airing,) = expand([campaign("c", slot("tin", "05:30"))], [MONDAY], HANOI, (), lambda *_: 42.0)
    assert airing.key == "c/tin/2025-09-22T05:30+07:00/xa"
    assert airing.group == "c/tin/2025-09-22T05:30+07:00"
    assert airing.seconds == 42.0


def test_a_zone_or_time_named_twice_airs_once() -> None:
    assert starts([campaign("c", slot("tin", "05:30 05:30", "xa xa"))], [MONDAY]) == [
        "22 05:30 tin"
    ]


def test_the_length_is_asked_once_a_slot_and_never_of_a_faulty_one() -> None:
    asked: list[tuple[str, str]] = []
    one = campaign("c", slot("tin", "05:30 17:00"), slot("no", "06:00", fault=msg("no script")))

    def seconds(campaign_id: str, of: RadioSlot) -> float:
        asked.append((campaign_id, of.id))
        return 60.0

    found = expand([one], WEEK, HANOI, (), seconds)
    assert asked == [("c", "tin")]
    assert {airing.seconds for airing in found if airing.slot.id == "no"} == {0.0}


@pytest.mark.parametrize(
    ("zone", "day", "at", "expected"),
    [
        # Clocks go from 02:00 to 03:00.
        ("Europe/Berlin", date(2025, 3, 30), "01:59 02:00 02:30", ["01:59+01:00", "03:00+02:00"]),
        ("Europe/Berlin", date(2025, 3, 30), "02:30 03:00", ["03:00+02:00"]),
        # From 02:00 to 02:30 only.
        ("Australia/Lord_Howe", date(2025, 10, 5), "02:10", ["02:30+11:00"]),
        # Midnight itself is skipped.
        ("Africa/Cairo", date(2025, 4, 25), "00:00", ["01:00+03:00"]),
        # 02:00-03:00 comes twice: the first is taken.
        ("Europe/Berlin", date(2025, 10, 26), "02:30", ["02:30+02:00"]),
        ("Europe/Berlin", date(2025, 10, 26), "03:00", ["03:00+01:00"]),
        ("Asia/Ho_Chi_Minh", date(2025, 3, 30), "02:30", ["02:30+07:00"]),
    ],
)
def test_times_that_clocks_skip_or_repeat_air_once(
    zone: str, day: date, at: str, expected: list[str]
) -> None:
    found = expand([campaign("c", slot("tin", at))], [day], ZoneInfo(zone), (), lambda *_: 60.0)
    assert [airing.start.isoformat(timespec="minutes")[11:] for airing in found] == expected


def test_a_day_that_a_zone_skipped_whole_airs_once_after_it() -> None:
    samoa = ZoneInfo("Pacific/Apia")
    days = [date(2011, 12, 29), date(2011, 12, 30), date(2011, 12, 31)]
    found = expand([campaign("c", slot("tin", "05:30"))], days, samoa, (), lambda *_: 60.0)
    assert [f"{airing.start:%d %H:%M}" for airing in found] == ["29 05:30", "31 00:00", "31 05:30"]


def reminding(day: date) -> Event:
    remind = Reminder(before=timedelta(days=1), at=time(17), script="nhac", zones=("xa",))
    return Event(id="khai-mac", title="Lễ khai mạc", date=day, remind=remind)


def reminders(event: Event, **more: Any) -> list[Airing]:
    year = [date(2025, 1, 1) + timedelta(days=number) for number in range(365)]
    return expand([campaign("c", events=(event,), **more)], year, HANOI, (), lambda *_: 60.0)


def test_a_reminder_airs_before_its_event_in_its_campaigns_class() -> None:
    (airing,) = reminders(reminding(date(2025, 9, 30)), air_class=AirClass.PRIORITY, **WINDOW)
    assert airing.key == "c/khai-mac/2025-09-29T17:00+07:00/xa"
    assert airing.slot.items == (Chime(), Speech("nhac"))
    assert airing.slot.air_class is AirClass.PRIORITY
    assert airing.slot.fault is None


@pytest.mark.parametrize(
    ("day", "fault"),
    [
        (
            date(2025, 9, 22),
            "21/09/2025 is before the campaign's window, which opens on 22/09/2025",
        ),
        (date(2025, 9, 23), None),
        (date(2025, 10, 6), None),
        (
            date(2025, 10, 7),
            "06/10/2025 is after the campaign's window, which closed on 05/10/2025",
        ),
    ],
)
def test_a_reminder_outside_the_window_is_kept_with_its_fault(day: date, fault: str | None) -> None:
    (airing,) = reminders(reminding(day), **WINDOW)
    assert (airing.slot.fault and str(airing.slot.fault)) == fault


def test_an_event_without_a_reminder_airs_nothing_nor_does_a_disabled_campaign() -> None:
    assert reminders(Event(id="e", title="e", date=MONDAY)) == []
    assert reminders(reminding(MONDAY), enabled=False) == []
