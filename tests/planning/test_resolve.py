from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from broadcaster.domain.airing import Rundown
from broadcaster.domain.campaign import JOIN, AirClass, IfCut
from broadcaster.domain.station import Airtime
from broadcaster.messages import msg
from tests.planning.making import (
    HANOI,
    MONDAY,
    campaign,
    hours,
    instant,
    line,
    lines,
    planned,
    slot,
    zone,
)

SHARED = (zone("xa", "loa-1 loa-2"), zone("yb", "loa-2"), zone("zc", "loa-3"))
LATE = timedelta(minutes=10)


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


URGENT = {"air_class": AirClass.URGENT}
PRIORITY = {"air_class": AirClass.PRIORITY}


@pytest.mark.parametrize(
    ("late", "n2"),
    [
        (
            {},
            (
                "05:30 c/n2 xa ! clashes with c/p, which goes first, from 05:31:12 until 05:32:24: "
                "it may begin at most 1m late"
            ),
        ),
        ({"late": LATE}, "05:32:24 c/n2 xa"),
    ],
)
def test_what_waits_lets_a_higher_class_go_first(late: dict[str, timedelta], n2: str) -> None:
    one = campaign(
        "c", slot("n1", "05:30"), slot("n2", "05:30", **late), slot("p", "05:31", **PRIORITY)
    )
    assert lines(planned([one], minutes=1.2)) == sorted(
        ["05:30 c/n1 xa", "05:31:12 c/p xa", n2], key=lambda line: line[:8].split()[0]
    )


def test_class_decides_at_every_arrival_among_what_has_not_begun() -> None:
    one = campaign(
        "c",
        slot("n1", "05:30", late=LATE * 6),
        slot("n2", "05:31", late=LATE * 6),
        slot("n3", "05:36", late=LATE * 6),
        slot("p", "05:37", late=LATE, **PRIORITY),
        slot("u", "05:38", late=LATE, **URGENT),
    )
    rundown = planned([one], minutes=5)
    assert lines(rundown) == [
        "05:30 c/n1 xa",
        "05:35 c/n2 xa",
        "05:38 c/u xa",
        "05:43 c/p xa",
        "05:50 c/n3 xa",
    ]
    # What is left of n2 waits for what is higher, and goes before its like.
    assert cuts(rundown) == ["c/n2 xa: cut at 05:38 by c/u, on at 05:48 from 180"]


def test_what_begins_at_a_higher_class_s_own_start_lets_it_go_first() -> None:
    one = campaign(
        "c", slot("n1", "05:30"), slot("n2", "05:30", late=LATE), slot("u", "05:35", **URGENT)
    )
    rundown = planned([one], minutes=5)
    assert lines(rundown) == ["05:30 c/n1 xa", "05:35 c/u xa", "05:40 c/n2 xa"]
    assert cuts(rundown) == []


def cuts(rundown: Rundown) -> list[str]:
    """Give each planned cut in words."""

    def clock(at: datetime | None) -> str:
        return f"{at.astimezone(HANOI):%H:%M}" if at else ""

    return [
        f"{line(entry)[6:]}: cut at {clock(cut.at)} by {cut.by}, "
        + (f"on at {clock(cut.resumes)} from {cut.offset:g}" if cut.resumes else f"! {cut.lost}")
        for entry in rundown.entries
        for cut in entry.cuts
    ]


def test_an_urgent_one_cuts_in_and_the_rest_is_planned_behind_it() -> None:
    one = campaign(
        "c", slot("n", "05:30"), slot("u", "05:31", **URGENT), slot("y", "05:35", late=LATE)
    )
    rundown = planned([one], minutes={"n": 5, "u": 2, "y": 1})
    assert lines(rundown) == ["05:30 c/n xa", "05:31 c/u xa", "05:37 c/y xa"]
    assert cuts(rundown) == ["c/n xa: cut at 05:31 by c/u, on at 05:33 from 60"]


@pytest.mark.parametrize(
    ("policy", "late", "expected", "y"),
    [
        (IfCut.RESTART, LATE, "on at 05:33 from 0", "05:38"),
        (IfCut.DROP, LATE, "! its slot gives it up when it is cut", "05:35"),
        # What joins in progress ends when it would have.
        (IfCut.RESUME, JOIN, "on at 05:33 from 180", "05:35"),
        (IfCut.RESTART, JOIN, "on at 05:33 from 0", "05:38"),
    ],
)
def test_its_policy_says_what_becomes_of_it(
    policy: IfCut, late: timedelta, expected: str, y: str
) -> None:
    one = campaign(
        "c",
        slot("n", "05:30", if_cut=policy, late=late),
        slot("u", "05:31", **URGENT),
        slot("y", "05:35", late=LATE),
    )
    rundown = planned([one], minutes={"n": 5, "u": 2, "y": 1})
    assert cuts(rundown) == [f"c/n xa: cut at 05:31 by c/u, {expected}"]
    assert lines(rundown)[2] == f"{y} c/y xa"


def test_what_is_cut_twice_goes_on_twice() -> None:
    one = campaign("c", slot("n", "05:30"), slot("u", "05:31 05:34", **URGENT))
    rundown = planned([one], minutes={"n": 5, "u": 2})
    assert cuts(rundown) == [
        "c/n xa: cut at 05:31 by c/u, on at 05:33 from 60",
        "c/n xa: cut at 05:34 by c/u, on at 05:36 from 120",
    ]
    assert rundown.entries[0].ends == instant("05:39")


def test_an_urgent_one_waits_for_its_like_alone() -> None:
    one = campaign(
        "c",
        slot("n", "05:30", "zc"),
        slot("u", "05:31", "xa", **URGENT),
        slot("v", "05:32", "xa zc", late=LATE, **URGENT),
    )
    rundown = planned([one], *SHARED, minutes={"n": 9, "u": 3, "v": 1})
    assert lines(rundown) == [
        "05:30 c/n zc", "05:31 c/u xa", "05:34 c/v xa", "05:34 c/v zc",
    ]  # fmt: skip
    assert cuts(rundown) == ["c/n zc: cut at 05:34 by c/v, on at 05:35 from 240"]


def test_a_zone_is_cut_as_a_whole_and_zones_that_are_not_touched_play_on() -> None:
    zones = (zone("xa", "loa-1 loa-2"), zone("yb", "loa-3"), zone("zc", "loa-1"))
    one = campaign(
        "c",
        slot("n", "05:30", "xa yb"),
        slot("y", "05:32", "xa", late=LATE),
        slot("u", "05:31", "zc", **URGENT),
    )
    rundown = planned([one], *zones, minutes={"n": 5, "u": 2, "y": 1})
    assert lines(rundown) == [
        "05:30 c/n xa", "05:30 c/n yb", "05:31 c/u zc", "05:37 c/y xa",
    ]  # fmt: skip
    assert cuts(rundown) == ["c/n xa: cut at 05:31 by c/u, on at 05:33 from 60"]


def test_those_cut_together_go_on_together() -> None:
    one = campaign(
        "c", slot("n", "05:30", "xa zc"), slot("u", "05:31", "xa zc", **URGENT),
        slot("v", "05:31", "zc", **URGENT),
    )  # fmt: skip
    rundown = planned([one], *SHARED, minutes=2)
    assert cuts(rundown) == [
        "c/n xa: cut at 05:31 by c/u, on at 05:35 from 60",
        "c/n zc: cut at 05:31 by c/u, on at 05:35 from 60",
    ]


def test_the_guard_is_asked_for_the_rest_and_what_was_heard_counts() -> None:
    early = zone("xa", airtime=Airtime(allowed=hours("05:00-05:36"), minutes_per_day=10))
    one = campaign("c", slot("n", "05:30"), slot("u", "05:31", **URGENT), slot("y", "05:20"))
    rundown = planned([one], early, minutes={"n": 5, "u": 2, "y": 5})
    assert cuts(rundown) == [
        (
            "c/n xa: cut at 05:31 by c/u, "
            "! would end at 05:37, after the hours allowed for broadcasts, 05:00-05:36"
        )
    ]
    rundown = planned([one], early, minutes={"n": 4, "u": 2, "y": 5})
    assert cuts(rundown) == ["c/n xa: cut at 05:31 by c/u, on at 05:33 from 60"]


def test_what_was_cut_for_too_long_is_given_up() -> None:
    one = campaign("c", slot("n", "05:30"), slot("u", "05:31", **URGENT))
    rundown = planned([one], minutes={"n": 5, "u": 31})
    assert cuts(rundown) == [
        "c/n xa: cut at 05:31 by c/u, ! more than 30 minutes have passed since"
    ]


def test_what_cannot_sound_cuts_nothing() -> None:
    one = campaign("c", slot("n", "05:30"), slot("u", "05:31", **URGENT))
    assert cuts(planned([one], minutes={"n": 5, "u": 0})) == []


def test_what_is_refused_for_one_that_then_goes_itself_is_planned_after_all() -> None:
    of = [
        slot("n1", "05:30"),
        slot("n2", "05:34"),
        slot("n3", "05:34:30", late=LATE),
    ]
    lengths = {"n1": 5, "n2": 12, "n3": 1, "p": 1}
    assert lines(planned([campaign("c", *of)], minutes=lengths)) == [
        "05:30 c/n1 xa",
        (
            "05:34:30 c/n3 xa ! clashes with c/n2, which goes first, from 05:35 until 05:47: "
            "it may begin at most 10m late"
        ),
        "05:35 c/n2 xa",
    ]
    higher = slot("p", "05:34:40", **PRIORITY)
    assert lines(planned([campaign("c", *of, higher)], minutes=lengths)) == [
        "05:30 c/n1 xa",
        (
            "05:34 c/n2 xa ! clashes with c/p, which goes first, from 05:35 until 05:36: "
            "it may begin at most 1m late"
        ),
        "05:35 c/p xa",
        "05:36 c/n3 xa",
    ]


def test_the_plan_says_what_urgent_passes() -> None:
    early = zone("xa", airtime=Airtime(allowed=hours("05:00-05:31")))
    one = campaign("c", slot("n", "05:30"), slot("u", "05:30", **URGENT), slot("v", "05:31"))
    entries = planned([one], early, minutes=1).entries
    passed = {entry.airing.slot.id: entry.passed and str(entry.passed) for entry in entries}
    assert passed == {"u": None, "n": None, "v": None}
    entries = planned([one], early, minutes=2).entries
    assert [(e.airing.slot.id, e.passed and str(e.passed)) for e in entries if not e.refusal] == [
        ("u", "would end at 05:32, after the hours allowed for broadcasts, 05:00-05:31")
    ]


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
