from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broadcaster.domain.airing import ShownSlogan, SignContent
from broadcaster.domain.campaign import AirClass, Campaign, Effect, LedSlot
from broadcaster.domain.days import DayRule, TimeRange
from broadcaster.domain.station import Percent, SignSpec, Station, Zone
from broadcaster.messages import msg
from broadcaster.planning.signage import desired, next_change, spans, withheld, withheld_now
from tests.planning.making import HANOI, hours, instant

BERLIN = ZoneInfo("Europe/Berlin")


def led(id_: str, between: str, *slogans: str, zones: str = "bang", **more: Any) -> LedSlot:
    return LedSlot(
        id=id_,
        between=hours(between),
        zones=tuple(zones.split()),
        slogans=slogans or (id_,),
        **more,
    )


def station(*campaigns: Campaign, idle: str = "blank", tz: ZoneInfo = HANOI) -> Station:
    signs: dict[str, SignSpec] = {
        name: SignSpec(id=name, driver="virtual", width=128, height=16, idle=idle)
        for name in ("cong", "nha")
    }
    zones = {
        "bang": Zone(id="bang", signs=("cong",)),
        "tat-ca": Zone(id="tat-ca", signs=("cong", "nha")),
        "loa": Zone(id="loa", speakers=("loa",)),
    }
    return Station(
        folder=Path(),
        name="Đài",
        timezone=tz,
        holidays=frozenset({date(2025, 9, 24)}),
        zones=zones,
        signs=signs,
        campaigns=campaigns,
    )


def campaign(id_: str, *slots: LedSlot, **more: Any) -> Campaign:
    return Campaign(id=id_, title=id_, led=slots, **more)


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


def test_spans_tell_what_campaigns_want_when() -> None:
    one = campaign("c", led("x", "06:00-22:00"), led("y", "07:00-08:00", zones="tat-ca"))
    bao = campaign("bao", led("bao", "21:00-23:00", air_class=AirClass.URGENT))
    found = spans(station(one, bao), instant("05:00"), instant("23 06:30"))
    assert [
        (
            span.sign,
            f"{span.from_:%d %H:%M}",
            f"{span.until:%d %H:%M}",
            " / ".join(slogan.text for slogan in span.content.slogans),
        )
        for span in found
    ] == [
        ("cong", "22 06:00", "22 07:00", "x"),
        ("cong", "22 07:00", "22 08:00", "x / y"),
        ("cong", "22 08:00", "22 21:00", "x"),
        ("cong", "22 21:00", "22 23:00", "bao"),
        ("cong", "23 06:00", "23 06:30", "x"),
        ("nha", "22 07:00", "22 08:00", "y"),
    ]


def test_spans_join_where_the_content_goes_on() -> None:
    of = station(campaign("c", led("x", "00:00-12:00 12:00-00:00")))
    (span,) = spans(of, instant("05:00"), instant("25 06:00"))
    assert (span.from_, span.until) == (instant("05:00"), instant("25 06:00"))


def test_spans_begin_with_what_goes_on_from_the_evening_before() -> None:
    of = station(campaign("c", led("x", "18:00-02:00")))
    (span,) = spans(of, instant("23 00:00"), instant("23 12:00"))
    assert (span.from_, span.until) == (instant("23 00:00"), instant("23 02:00"))


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("05:00", "06:00"),
        ("06:00", "22:00"),
        ("22:00", "23 06:00"),
        ("23 22:00", "25 06:00"),
    ],
)
def test_the_next_change(now: str, expected: str) -> None:
    rule = DayRule(holidays="skip")
    of = station(campaign("c", led("x", "06:00-22:00", days=rule)))
    assert next_change(of, instant(now)) == instant(expected)


def test_the_next_change_looks_over_midnights_and_months() -> None:
    night = campaign("c", led("x", "18:00-02:00"), led("y", "01:00-03:00"))
    assert next_change(station(night), instant("23 00:30")) == instant("23 01:00")
    assert next_change(station(night), instant("23 01:30")) == instant("23 02:00")
    far = campaign("c", led("x", "06:00-22:00"), from_=date(2026, 6, 1))
    expected = datetime(2026, 6, 1, 6, tzinfo=HANOI)
    assert next_change(station(far), instant("05:00")) == expected


def test_no_change_is_ahead_of_what_is_over_or_disabled() -> None:
    over = campaign("c", led("x", "06:00-22:00"), until=date(2025, 9, 1))
    hidden = campaign("d", led("y", "06:00-22:00", enabled=False))
    assert next_change(station(over, hidden), instant("05:00")) is None


def test_the_time_of_what_may_not_show_comes_too() -> None:
    of = station(campaign("d", led("y", "06:00-22:00", fault=msg("no"))))
    assert next_change(of, instant("05:00")) == instant("06:00")


def told(of: Station, from_: datetime, until: datetime) -> list[str]:
    return [
        f"{each.from_:%d %H:%M}-{each.until:%d %H:%M} {each.sign} {each.campaign}/{each.slot.id}"
        f" ! {each.reason}"
        for each in withheld(of, from_, until)
    ]


def test_what_may_not_show_is_told_with_its_reason_on_each_of_its_signs() -> None:
    of = station(
        campaign(
            "c",
            led("x", "06:00-08:00 20:00-02:00", zones="tat-ca", fault=msg("no")),
            led("y", "07:00-08:00", fault=msg("not this"), air_class=AirClass.URGENT),
            led("z", "07:00-08:00", zones="loa cho", fault=msg("no zone")),
            led("right", "06:00-22:00"),
            led("off", "06:00-22:00", fault=msg("no"), enabled=False),
        ),
        campaign("off", led("x", "06:00-22:00", fault=msg("no")), enabled=False),
        campaign("later", led("x", "06:00-22:00", fault=msg("no")), from_=date(2025, 9, 23)),
    )
    assert told(of, instant("07:00"), instant("23 00:00")) == [
        "22 06:00-22 08:00 cong c/x ! no",
        "22 06:00-22 08:00 nha c/x ! no",
        "22 07:00-22 08:00 ? c/z ! no zone",
        "22 07:00-22 08:00 cong c/y ! not this",
        "22 20:00-23 02:00 cong c/x ! no",
        "22 20:00-23 02:00 nha c/x ! no",
    ]
    (now, *_) = withheld_now(of, instant("23 01:59"))
    assert now.key == "c/x/2025-09-22T20:00+07:00/cong"
    assert withheld_now(of, instant("23 02:00")) == []


def test_a_range_that_the_clocks_skip_is_refused() -> None:
    of = station(campaign("c", led("x", "02:00-02:30")), tz=BERLIN)
    day = datetime(2025, 3, 30, tzinfo=BERLIN)
    assert told(of, day, day.replace(day=31)) == [
        "30 03:00-30 03:00 cong c/x ! the clocks skip 02:00-02:30 on this day"
    ]
    gap = datetime(2025, 3, 30, 3, tzinfo=BERLIN)
    assert next_change(of, gap.replace(hour=0)) == gap
    assert len(withheld_now(of, gap)) == 1
    assert withheld_now(of, gap.replace(minute=1)) == []


def test_a_range_that_the_clocks_skip_shows_nothing() -> None:
    of = station(campaign("c", led("x", "02:00-02:30"), led("y", "02:30-04:00")), tz=BERLIN)
    found = spans(of, datetime(2025, 3, 30, tzinfo=BERLIN), datetime(2025, 3, 31, tzinfo=BERLIN))
    assert [(f"{each.from_:%H:%M}", f"{each.until:%H:%M}") for each in found] == [
        ("03:00", "04:00")
    ]
