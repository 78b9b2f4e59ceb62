"""What signs show ahead: spans, the next change, and what may not show."""

from datetime import date, datetime

import pytest

from broadcaster.domain.campaign import AirClass
from broadcaster.domain.days import DayRule
from broadcaster.domain.station import Station
from broadcaster.messages import msg
from broadcaster.planning.signage import next_change, spans, withheld, withheld_now
from tests.planning.boards import BERLIN, campaign, led, station
from tests.planning.making import HANOI, instant


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
