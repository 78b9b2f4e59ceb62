"""What an urgent airing cuts: the rest is planned behind it, or given up."""

from __future__ import annotations

from datetime import timedelta

import pytest

from broadcaster.domain.campaign import JOIN, IfCut
from broadcaster.domain.station import Airtime
from tests.planning.making import (
    LATE,
    SHARED,
    URGENT,
    campaign,
    cuts,
    hours,
    instant,
    lines,
    planned,
    slot,
    zone,
)


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
