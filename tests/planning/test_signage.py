from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broadcaster.domain.airing import ShownSlogan, SignContent
from broadcaster.domain.campaign import AirClass, Effect, LedSlot
from broadcaster.domain.days import DayRule, TimeRange
from broadcaster.domain.station import Percent, Station
from broadcaster.messages import msg
from broadcaster.planning.signage import desired, next_change
from tests.planning.boards import BERLIN, campaign, led, station
from tests.planning.making import HANOI, instant


def shown(of: Station, now: str, sign: str = "cong") -> str:
    content = desired(of, sign, instant(now, of.timezone))
    return " / ".join(slogan.text for slogan in content.slogans)


@pytest.mark.parametrize(
    ("between", "now", "expected"),
    [
        ("06:00-22:00", "05:59:59", ""),
        ("06:00-22:00", "06:00", "x"),
        ("06:00-22:00", "21:59:59", "x"),
        ("06:00-22:00", "22:00", ""),
        ("06:00-08:00 18:00-20:00", "19:00", "x"),
        ("06:00-08:00 18:00-20:00", "12:00", ""),
        ("18:00-02:00", "23 01:59", "x"),
        ("18:00-02:00", "23 02:00", ""),
        ("00:00-00:00", "13:00", "x"),
    ],
)
def test_a_slot_shows_between_its_times(between: str, now: str, expected: str) -> None:
    assert shown(station(campaign("c", led("x", between))), now) == expected


@pytest.mark.parametrize(
    ("now", "expected"), [("22 01:00", ""), ("22 23:00", "x"), ("23 01:00", "x"), ("23 23:00", "")]
)
def test_a_range_over_midnight_is_of_the_day_it_begins_on(now: str, expected: str) -> None:
    mondays = led("x", "18:00-02:00", days=DayRule(weekdays=frozenset({0})))
    window = {"from_": date(2025, 9, 22), "until": date(2025, 9, 22)}
    assert shown(station(campaign("c", mondays)), now) == expected
    assert shown(station(campaign("c", led("x", "18:00-02:00"), **window)), now) == expected


def test_slots_loop_in_order_and_the_highest_class_shows_alone() -> None:
    one = campaign(
        "b",
        led("y", "06:00-22:00", "y1", "y2"),
        led("z", "06:00-22:00", order=-1),
        led("x", "06:00-22:00"),
    )
    two = campaign("a", led("w", "06:00-22:00"))
    bao = campaign("bao", led("bao", "12:00-13:00", air_class=AirClass.URGENT))
    tin = campaign("tin", led("tin", "12:30-14:00", air_class=AirClass.PRIORITY))
    of = station(one, two, tin, bao)
    assert shown(of, "11:00") == "z / w / x / y1 / y2"
    assert shown(of, "12:45") == "bao"
    assert shown(of, "13:30") == "tin"
    content = desired(of, "cong", instant("11:00"))
    assert content.campaigns == ("b", "a", "b", "b", "b")


def test_content_keeps_effect_and_dwell() -> None:
    of = station(campaign("c", led("x", "06:00-22:00", effect=Effect.FLASH, dwell=3.0)))
    assert desired(of, "cong", instant("07:00")) == SignContent(
        (ShownSlogan("x", "flash", 3.0),), ("c",)
    )


@pytest.mark.parametrize(
    "slot",
    [
        led("no", "06:00-22:00", fault=msg("no")),
        led("no", "06:00-22:00", enabled=False),
        led("no", "06:00-22:00", zones="loa"),
        led("no", "06:00-22:00", zones="cho"),
        led("no", "06:00-22:00", days=DayRule(except_=frozenset({date(2025, 9, 22)}))),
        led("no", "06:00-22:00", fault=msg("no"), air_class=AirClass.URGENT),
    ],
)
def test_what_may_not_show_hides_itself_alone(slot: LedSlot) -> None:
    assert shown(station(campaign("c", slot, led("x", "06:00-22:00"))), "07:00") == "x"


def test_a_disabled_campaign_and_a_skipped_holiday_show_nothing() -> None:
    off = campaign("c", led("x", "06:00-22:00"), enabled=False)
    skipping = campaign("d", led("y", "06:00-22:00", days=DayRule(holidays="skip")))
    assert shown(station(off, skipping), "24 07:00") == ""
    assert shown(station(off, skipping), "25 07:00") == "y"


def test_a_slot_in_two_zones_of_one_sign_shows_once() -> None:
    of = station(campaign("c", led("x", "06:00-22:00", zones="bang tat-ca")))
    assert (shown(of, "07:00"), shown(of, "07:00", "nha")) == ("x", "x")


@pytest.mark.parametrize(
    ("idle", "expected"),
    [
        ("blank", SignContent()),
        ("clock", SignContent(clock=True)),
        ("Phường ta", SignContent((ShownSlogan("Phường ta", "scroll-left", 8.0),))),
    ],
)
def test_idle_content(idle: str, expected: SignContent) -> None:
    of = station(campaign("c", led("x", "06:00-22:00")), idle=idle)
    assert desired(of, "cong", instant("23:00")) == expected


NIGHT = (Percent(TimeRange(1080, 360), 40), Percent(TimeRange(720, 780), 90))


def dimmed(of: Station, *parts: Percent) -> Station:
    return replace(of, signs=of.signs | {"cong": replace(of.signs["cong"], brightness_at=parts)})


@pytest.mark.parametrize(
    ("now", "percent"),
    [
        ("05:59:59", 40),
        ("06:00", 100),
        ("12:00", 90),
        ("12:59:59", 90),
        ("13:00", 100),
        ("18:00", 40),
        ("23 00:00", 40),
    ],
)
def test_a_sign_is_as_bright_as_its_time_says(now: str, percent: int) -> None:
    of = dimmed(station(campaign("c", led("x", "00:00-00:00"))), *NIGHT)
    assert desired(of, "cong", instant(now)) == SignContent(
        (ShownSlogan("x", "scroll-left", 8.0),), ("c",), brightness=percent
    )
    assert desired(of, "nha", instant(now)).brightness == 100


@settings(deadline=None)
@given(st.integers(0, 4 * 24 * 60), st.sampled_from([HANOI, BERLIN]))
def test_every_change_of_brightness_is_woken_for(minute: int, tz: ZoneInfo) -> None:
    """Clocks go back in these days, in one of the ranges."""
    of = dimmed(station(tz=tz), *NIGHT, Percent(TimeRange(370, 400), 10))
    of = replace(of, timezone=tz)
    now = datetime(2025, 10, 24, tzinfo=UTC) + timedelta(minutes=minute)
    change = next_change(of, now)
    assert change is not None
    before = {
        desired(of, "cong", now + timedelta(minutes=each)).brightness
        for each in range((change - now) // timedelta(minutes=1))
    }
    assert len(before) <= 1
    assert desired(of, "cong", change).brightness not in before
