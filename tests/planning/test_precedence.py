"""Of what has not begun, the higher class goes first."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.planning.making import (
    LATE,
    PRIORITY,
    URGENT,
    campaign,
    cuts,
    lines,
    planned,
    slot,
)


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
