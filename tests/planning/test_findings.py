from datetime import date
from typing import Any

import pytest

from broadcaster.domain.campaign import LedSlot
from broadcaster.domain.days import DayRule
from broadcaster.messages import msg
from broadcaster.planning.findings import never_due, refusals
from tests.planning.making import MONDAY, campaign, hours, planned, slot

DAYS = [MONDAY, date(2025, 9, 23), date(2025, 9, 24)]
WINDOW: dict[str, Any] = {"from_": date(2025, 9, 22), "until": date(2025, 9, 26)}


def test_what_is_refused_is_told_once_a_slot_and_reason() -> None:
    one = campaign(
        "c",
        slot("x", "05:30"),
        slot("y", "05:32 05:33"),
        slot("z", "12:00", fault=msg("script z is missing")),
    )
    found = refusals(planned([one], days=DAYS))
    assert [(each.campaign, each.slot, str(each.message), len(each.entries)) for each in found] == [
        ("c", "y", "clashes with c/x, on air until 05:35: it may begin at most 1m late", 6),
        ("c", "z", "script z is missing", 3),
    ]
    assert [f"{entry.airing.start:%d %H:%M}" for entry in found[0].entries[:3]] == [
        "22 05:32",
        "22 05:33",
        "23 05:32",
    ]


@pytest.mark.parametrize(
    ("rule", "window", "due"),
    [
        (DayRule(), WINDOW, True),
        (DayRule(), {}, True),
        (DayRule(weekdays=frozenset({5, 6})), WINDOW, False),
        (DayRule(weekdays=frozenset({5, 6})), {}, True),
        (DayRule(weekdays=frozenset({5})), {"from_": date(2025, 9, 22)}, True),
        (DayRule(weekdays=frozenset({5})), {"until": date(2025, 9, 22)}, True),
        (DayRule(weekdays=frozenset()), {}, False),
        (DayRule(from_=date(2025, 9, 27)), WINDOW, False),
        (DayRule(until=date(2025, 9, 21)), WINDOW, False),
        (DayRule(dates=frozenset({date(2025, 9, 26)})), WINDOW, True),
        (DayRule(dates=frozenset({date(2025, 9, 27)})), WINDOW, False),
        (DayRule(dates=frozenset({date(2030, 9, 27)})), {}, True),
        (DayRule(dates=frozenset({date(2025, 9, 24)}), holidays="skip"), WINDOW, False),
        (DayRule(from_=date(2025, 9, 24), until=date(2025, 9, 24), holidays="skip"), {}, False),
        (DayRule(from_=date(2025, 9, 26), except_=frozenset({date(2025, 9, 26)})), WINDOW, False),
    ],
)
def test_a_slot_without_a_day_is_told(rule: DayRule, window: dict[str, Any], due: bool) -> None:  # noqa: FBT001 - a table's column
    led = LedSlot(id="l", between=hours("06:00-22:00"), zones=("b",), slogans=("x",), days=rule)
    one = campaign("c", slot("r", "05:30", days=rule), led=(led,), **window)
    found = never_due([one], {date(2025, 9, 24)})
    assert [each.slot for each in found] == ([] if due else ["r", "l"])


def test_what_is_disabled_is_not_told() -> None:
    never = DayRule(weekdays=frozenset())
    off = campaign("c", slot("x", "05:30", days=never), enabled=False)
    half = campaign("d", slot("x", "05:30", days=never, enabled=False))
    assert never_due([off, half], ()) == ()
