"""What signs show ahead: spans, the next change, and what may not show."""

from datetime import date, datetime

import pytest

from broadcaster.domain.campaign import AirClass
from broadcaster.domain.days import DayRule
from broadcaster.domain.station import Station
from broadcaster.messages import msg
from broadcaster.planning.signage import courses, next_change, spans, withheld, withheld_now
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


def test_a_slot_is_left_out_on_a_sign_that_can_not_show_it_alone() -> None:
    slot = led("x", "06:00-22:00", zones="tat-ca", unfit={"nha": msg("too long for it")})
    of = station(campaign("c", slot, led("y", "06:00-22:00", zones="tat-ca")))
    now = instant("07:00")
    shown = {
        sign: [each.text for each in course.content.slogans]
        for sign, course in courses(of, now).items()
    }
    assert shown == {"cong": ["x", "y"], "nha": ["y"]}
    assert told(of, now, now) == ["22 06:00-22 22:00 nha c/x ! too long for it"]
    kept = [
        (span.sign, [each.text for each in span.content.slogans])
        for span in spans(of, now, instant("08:00"))
    ]
    assert kept == [("cong", ["x", "y"]), ("nha", ["y"])]


def ahead(of: Station, now: str) -> dict[str, tuple[str, str] | None]:
    """Give what each sign is to show next, and when."""
    return {
        sign: then
        and (f"{then.at.astimezone(HANOI):%H:%M}", " ".join(x.text for x in then.content.slogans))
        for sign, (_, then) in courses(of, instant(now)).items()
    }


def test_each_sign_is_told_of_its_own_next_change_a_while_ahead() -> None:
    of = station(
        campaign(
            "c",
            led("x", "06:00-06:05"),
            led("y", "06:05-06:12", zones="tat-ca"),
            led("z", "06:16-22:00", zones="tat-ca"),
        )
    )
    assert ahead(of, "05:00") == {"cong": ("06:00", "x"), "nha": ("06:05", "y")}
    assert ahead(of, "06:00") == {"cong": ("06:05", "y"), "nha": ("06:05", "y")}
    assert ahead(of, "06:05") == {"cong": ("06:12", ""), "nha": ("06:12", "")}
    assert ahead(of, "22:00") == {"cong": ("06:00", "x"), "nha": ("06:05", "y")}
    late = station(campaign("c", led("x", "06:00-07:00"), led("y", "08:00-09:00", zones="tat-ca")))
    assert ahead(late, "05:00") == {"cong": ("06:00", "x"), "nha": None}


def test_what_ends_as_the_same_begins_is_no_change_of_the_sign() -> None:
    of = station(campaign("c", led("x", "06:00-12:00 12:00-13:00")))
    assert next_change(of, instant("07:00")) == instant("12:00")
    assert ahead(of, "07:00") == {"cong": None, "nha": None}


def test_the_signs_of_one_zone_share_their_content() -> None:
    found = courses(
        station(campaign("c", led("x", "06:00-22:00", zones="tat-ca"))), instant("07:00")
    )
    assert found["cong"].content is found["nha"].content


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
