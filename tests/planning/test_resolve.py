"""What clashes on a loudspeaker waits, follows or is refused; a group begins together."""

from __future__ import annotations

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest

from broadcaster.domain.campaign import JOIN, AirClass
from broadcaster.domain.station import Airtime
from broadcaster.messages import msg
from tests.planning.making import (
    LATE,
    MONDAY,
    SHARED,
    campaign,
    hours,
    lines,
    planned,
    slot,
    zone,
)


def test_at_one_minute_they_follow_one_another_however_long_it_takes() -> None:
    one = campaign("b", slot("x", "05:30"), slot("y", "05:30", late=timedelta(0)))
    two = campaign("a", slot("urgent", "05:30", air_class=AirClass.URGENT))
    assert lines(planned([one, two], minutes=20)) == [
        "05:30 a/urgent xa",
        "05:50 b/x xa",
        "06:10 b/y xa",
    ]


@pytest.mark.parametrize(
    ("late", "expected"),
    [
        ({}, "05:34 c/y xa ! clashes with c/x, on air until 05:40: it may begin at most 1m late"),
        (
            {"late": timedelta(minutes=5, seconds=59)},
            "05:34 c/y xa ! clashes with c/x, on air until 05:40: it may begin at most 359s late",
        ),
        ({"late": timedelta(minutes=6)}, "05:40 c/y xa"),
    ],
)
def test_an_overlap_of_two_minutes_is_for_the_late_policy(
    late: dict[str, timedelta], expected: str
) -> None:
    one = campaign("c", slot("x", "05:30"), slot("y", "05:34", **late))
    assert lines(planned([one], minutes=10)) == ["05:30 c/x xa", expected]


def test_what_begins_as_another_ends_is_no_clash() -> None:
    one = campaign("c", slot("x", "05:30"), slot("y", "05:35", late=timedelta(0)))
    assert lines(planned([one], minutes=5)) == ["05:30 c/x xa", "05:35 c/y xa"]


def test_seconds_count() -> None:
    one = campaign("c", slot("x", "05:30"), slot("y", "05:35"))
    assert lines(planned([one], minutes=5.5)) == ["05:30 c/x xa", "05:35:30 c/y xa"]


def test_following_at_ones_own_minute_hides_no_clash_with_another() -> None:
    one = campaign(
        "c", slot("x", "05:30"), slot("y", "05:34", late=LATE), slot("z", "05:34", order=1)
    )
    assert lines(planned([one], minutes=7)) == [
        "05:30 c/x xa",
        "05:34 c/z xa ! clashes with c/x, on air until 05:37: it may begin at most 1m late",
        "05:37 c/y xa",
    ]


def test_one_that_is_refused_takes_no_time() -> None:
    one = campaign("c", slot("x", "05:30", fault=msg("script x is missing")), slot("y", "05:31"))
    assert lines(planned([one], minutes={"x": 30, "y": 5})) == [
        "05:30 c/x xa ! script x is missing",
        "05:31 c/y xa",
    ]


def test_zones_that_share_a_speaker_wait_for_each_other_and_others_do_not() -> None:
    one = campaign(
        "c",
        slot("x", "05:30", "xa"),
        slot("y", "05:32", "yb", late=LATE),
        slot("z", "05:32", "zc", late=LATE),
        slot("w", "05:33", "yb"),
    )
    assert lines(planned([one], *SHARED, minutes=5)) == [
        "05:30 c/x xa",
        "05:32 c/z zc",
        (
            "05:33 c/w yb ! clashes with c/y, which goes first, from 05:35 until 05:40: "
            "it may begin at most 1m late"
        ),
        "05:35 c/y yb",
    ]


def test_a_group_begins_together_at_the_latest_need_of_its_zones() -> None:
    one = campaign("c", slot("x", "05:30", "zc"), slot("y", "05:31", "xa yb zc", late=LATE))
    assert lines(planned([one], *SHARED, minutes=5)) == [
        "05:30 c/x zc",
        "05:35 c/y xa",
        "05:35 c/y yb",
        "05:35 c/y zc",
    ]


def test_a_group_does_not_wait_for_those_of_its_zones_that_are_refused() -> None:
    one = campaign("c", slot("x", "05:30", "zc"), slot("y", "05:31", "xa yb zc"))
    assert lines(planned([one], *SHARED, minutes=5)) == [
        "05:30 c/x zc",
        "05:31 c/y zc ! clashes with c/x, on air until 05:35: it may begin at most 1m late",
        "05:31 c/y xa",
        "05:31 c/y yb",
    ]


def test_a_zone_whose_hours_end_can_not_wait_for_its_group() -> None:
    early = Airtime(allowed=hours("05:00-05:38"))
    zones = (zone("xa", airtime=early), zone("zc"))
    one = campaign("c", slot("x", "05:30", "zc"), slot("y", "05:31", "xa zc", late=LATE))
    assert lines(planned([one], *zones, minutes=5)) == [
        "05:30 c/x zc",
        "05:31 c/y xa ! would end at 05:40, after the hours allowed for broadcasts, 05:00-05:38",
        "05:35 c/y zc",
    ]


def test_what_joins_in_progress_ends_when_it_would_have() -> None:
    one = campaign(
        "c", slot("x", "05:30"), slot("tiep-song", "05:33", late=JOIN), slot("y", "06:03")
    )
    rundown = planned([one], minutes={"x": 5, "tiep-song": 30, "y": 5})
    assert lines(rundown) == ["05:30 c/x xa", "05:35 c/tiep-song xa", "06:03 c/y xa"]
    assert [entry.offset for entry in rundown.entries] == [0, 120, 0]


def test_nothing_is_left_to_join_when_the_time_is_over() -> None:
    one = campaign("c", slot("x", "05:30"), slot("tiep-song", "05:33", late=JOIN))
    assert lines(planned([one], minutes={"x": 33, "tiep-song": 30}))[1] == (
        "05:33 c/tiep-song xa ! clashes with c/x, on air until 06:03: nothing is left to join"
    )


def test_an_unknown_zone_and_one_without_loudspeakers_are_refused() -> None:
    one = campaign("c", slot("x", "05:30", "cho xa"), slot("y", "05:40", "bang"))
    assert lines(planned([one], zone("xa"), zone("bang", ""))) == [
        "05:30 c/x cho ! zone cho is not in devices.toml",
        "05:30 c/x xa",
        "05:40 c/y bang ! zone bang has no loudspeakers",
    ]


def test_sound_goes_on_over_midnight_and_clashes_there() -> None:
    one = campaign("c", slot("x", "23:50"), slot("y", "00:05"), slot("z", "00:20"))
    days = [MONDAY, date(2025, 9, 23)]
    assert lines(planned([one], days=days, minutes=20)) == [
        "00:05 c/y xa",
        "00:20 c/z xa ! clashes with c/y, on air until 00:25: it may begin at most 1m late",
        "23:50 c/x xa",
        "00:05 c/y xa ! clashes with c/x, on air until 00:10: it may begin at most 1m late",
        "00:20 c/z xa",
        "23:50 c/x xa",
    ]


def test_following_holds_when_clocks_change() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    one = campaign("c", slot("x", "01:50"), slot("y", "01:50", order=1))
    day = date(2025, 3, 30)
    rundown = planned([one], days=[day], tz=berlin, minutes=30)
    assert lines(rundown, berlin) == ["01:50 c/x xa", "03:20 c/y xa"]
    assert rundown.entries[1].begins - rundown.entries[0].begins == timedelta(minutes=30)


def test_the_guard_counts_what_went_before_it_that_day() -> None:
    strict = zone("xa", airtime=Airtime(allowed=hours("05:00-19:00"), minutes_per_day=20))
    one = campaign("c", slot("x", "05:30 08:00 12:00"))
    assert (
        lines(planned([one], strict, days=[MONDAY, date(2025, 9, 23)], minutes=8))
        == [
            "05:30 c/x xa",
            "08:00 c/x xa",
            "12:00 c/x xa ! more than the 20 minutes allowed a day, of which 16 are used",
        ]
        * 2
    )
