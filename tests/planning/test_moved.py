from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from broadcaster.domain.record import AsRun, Outcome
from broadcaster.planning.moved import moved
from tests.planning.making import HANOI, MONDAY, campaign, planned, slot, zone

TUESDAY = date(2025, 9, 23)


def run(
    at: str,
    times: str = "",
    *,
    zone_id: str = "xa",
    day: date = MONDAY,
    tz: ZoneInfo = HANOI,
    outcome: Outcome = Outcome.AIRED,
) -> AsRun:
    """Give what the ledger has of `c/x`; what was cancelled or missed was never heard."""
    start = datetime.combine(day, time.fromisoformat(at), tz)
    heard = outcome not in {Outcome.CANCELLED, Outcome.MISSED}
    return AsRun(
        key=f"c/x/{start.isoformat(timespec='minutes')}/{zone_id}",
        campaign="c",
        zone=zone_id,
        planned=datetime.fromisoformat(start.isoformat()),
        started=start if heard else None,
        finished=start,
        outcome=outcome,
        data={"times": (times or at).split()},
    )


def gone(
    plan: str, *runs: AsRun, zones: str = "xa", days: tuple[date, ...] = (MONDAY,)
) -> list[str]:
    """Give the planned times that have been used up."""
    rundown = planned(
        [campaign("c", slot("x", plan, zones))], *map(zone, zones.split()), days=days, minutes=1
    )
    cancelled = moved(rundown.entries, runs)
    return [
        f"{entry.airing.start:%H:%M}" for entry in rundown.entries if entry.airing.key in cancelled
    ]


@pytest.mark.parametrize(
    ("aired", "planned_then", "plan", "expected"),
    [
        # As it was.
        ("05:30", "05:30", "05:30", []),
        ("05:30", "05:30 17:00", "05:30 17:00", []),
        # Moved later, moved earlier.
        ("05:30", "05:30", "06:00", ["06:00"]),
        ("05:30", "05:30", "05:00", ["05:00"]),
        ("05:30", "05:30", "17:00", ["17:00"]),
        # Removed, one of two: the other was planned anyway.
        ("05:30", "05:30 17:00", "17:00", []),
        # One added.
        ("05:30", "05:30", "05:30 17:00", []),
        # One of two moved.
        ("05:30", "05:30 17:00", "06:00 17:00", ["06:00"]),
        # Both moved, one had aired: the nearer is used up.
        ("05:30", "05:30 17:00", "06:00 18:00", ["06:00"]),
        ("17:00", "05:30 17:00", "06:00 18:00", ["18:00"]),
        # Moved, and one added: the nearer is what was moved.
        ("05:30", "05:30", "06:00 17:00", ["06:00"]),
        # Halfway between two: the earlier.
        ("05:30", "05:30", "05:00 06:00", ["05:00"]),
    ],
)
def test_one_that_aired_uses_up_what_it_was_moved_to(
    aired: str, planned_then: str, plan: str, expected: list[str]
) -> None:
    assert gone(plan, run(aired, planned_then)) == expected


def test_two_that_aired_and_were_moved_use_up_two() -> None:
    heard = run("05:30", "05:30 17:00"), run("17:00", "05:30 17:00")
    assert gone("06:00 18:00", *heard) == ["06:00", "18:00"]
    assert gone("06:00 18:00 20:00", *heard) == ["06:00", "18:00"]
    assert gone("06:00", *heard) == ["06:00"]


def test_moved_twice_it_still_does_not_air_again() -> None:
    first = run("05:30")
    assert gone("06:00", first) == ["06:00"]
    cancelled = run("06:00", outcome=Outcome.CANCELLED)
    assert gone("07:00", first, cancelled) == ["07:00"]
    # Back where it was: what aired is in the plan again, and uses up nothing else.
    assert gone("05:30 08:00", first, cancelled) == []


def test_what_aired_at_a_new_time_is_what_counts() -> None:
    # Moved from 05:30 to 06:00 before it aired, aired, then moved back.
    assert gone("05:30", run("06:00")) == ["05:30"]


def test_one_cancelled_for_it_before_is_used_first() -> None:
    cancelled = run("07:00", outcome=Outcome.CANCELLED)
    assert gone("06:00 07:00", run("05:30"), cancelled) == ["07:00"]


def test_swapped_times_air_as_planned() -> None:
    # 05:30 aired when the plan had both; then 05:30 goes to 17:00 and 17:00 to 05:30.
    assert gone("05:30 17:00", run("05:30", "05:30 17:00")) == []


def test_what_was_missed_uses_up_nothing() -> None:
    assert gone("06:00", run("05:30", outcome=Outcome.MISSED)) == []


def test_another_day_zone_or_slot_is_another_matter() -> None:
    assert gone("06:00", run("05:30", day=TUESDAY)) == []
    assert gone("06:00", run("05:30"), days=(MONDAY, TUESDAY)) == ["06:00"]
    assert gone("06:00", run("05:30", zone_id="yb"), zones="xa yb") == ["06:00"]
    rundown = planned([campaign("c", slot("khac", "06:00"))])
    assert moved(rundown.entries, [run("05:30")]) == {}


def test_a_refused_airing_may_be_what_it_was_moved_to() -> None:
    rundown = planned([campaign("c", slot("x", "06:00 06:30", "cho"))])
    assert list(moved(rundown.entries, [run("05:30", zone_id="cho")])) == [
        "c/x/2025-09-22T06:00+07:00/cho"
    ]


def test_the_reason_names_both_times() -> None:
    rundown = planned([campaign("c", slot("x", "06:00"))])
    (reason,) = moved(rundown.entries, [run("05:30")]).values()
    assert str(reason) == "aired at 05:30 that day, before it was moved to 06:00"


def test_times_that_the_clocks_skipped_were_planned_too() -> None:
    berlin, sunday = ZoneInfo("Europe/Berlin"), date(2025, 3, 30)
    # 02:30 doesn't exist: it airs at 03:00, and that was in the plan when 01:00 aired.
    rundown = planned([campaign("c", slot("x", "02:30"))], days=[sunday], tz=berlin)
    heard = run("01:00", "01:00 02:30", day=sunday, tz=berlin)
    assert moved(rundown.entries, [heard]) == {}
