from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from broadcaster.domain.campaign import AirClass, Chime, Item, RadioSlot, Relay, Speech
from broadcaster.domain.station import Airtime
from broadcaster.planning.guard import Ruling, Use, breach, counted, ruling
from tests.planning.making import HANOI, MONDAY, hours, slot

BERLIN = ZoneInfo("Europe/Berlin")
PLAIN = slot("tin", "05:30")
WEEKDAYS = frozenset(range(5))


def verdict(
    airtime: Airtime,
    begins: datetime,
    minutes: float,
    use: Use | None = None,
    of: RadioSlot = PLAIN,
) -> str | None:
    reason = breach(airtime, begins, minutes * 60, use or Use(), of)
    return str(reason) if reason else None


def at(text: str, day: int = 22, tz: ZoneInfo = HANOI) -> datetime:
    return datetime.combine(MONDAY.replace(day=day), time.fromisoformat(text), tz)


def used(airtime: Airtime, *rows: tuple[str, float], of: RadioSlot = PLAIN) -> Use:
    """Give the use after broadcasts on Monday: when, and how many minutes."""
    use = Use()
    for begins, minutes in rows:
        use = use.after(at(begins), minutes * 60, counted(airtime, of, minutes * 60))
    return use


@pytest.mark.parametrize(
    ("allowed", "begins", "minutes", "passes"),
    [
        ("05:00-07:30", "05:00", 150, True),
        ("05:00-07:30", "05:00:01", 150, False),
        ("05:00-07:30", "04:59:59", 1, False),
        ("05:00-07:30", "07:30", 0, True),
        ("05:00-07:30", "12:00", 1, False),
        # The whole of it lies within one range.
        ("05:00-07:30 16:30-19:00", "07:00", 600, False),
        ("05:00-07:30 16:30-19:00", "18:00", 60, True),
        # Two that adjoin, or overlap, are one.
        ("05:00-06:00 06:00-07:00", "05:50", 20, True),
        ("06:00-07:00 05:00-06:00", "05:50", 20, True),
        ("05:00-06:30 06:00-07:00", "05:10", 105, True),
        ("05:00-06:00 06:01-07:00", "05:50", 20, False),
        # Over midnight.
        ("22:00-02:00", "23:50", 20, True),
        ("22:00-02:00", "23:00", 181, False),
        ("22:00-02:00", "01:30", 30, True),
        ("22:00-02:00", "01:30", 31, False),
        ("22:00-02:00", "02:00", 1, False),
        ("22:00-00:00 00:00-02:00", "23:50", 20, True),
        ("22:00-00:00", "23:50", 20, False),
        ("22:00-02:00", "21:59", 5, False),
        # All day and night.
        ("00:00-00:00", "23:50", 600, True),
        ("05:00-05:00", "04:50", 20, True),
        ("05:00-17:00 17:00-05:00", "04:50", 20, True),
        ("", "12:00", 1, False),
    ],
)
def test_the_allowed_hours(allowed: str, begins: str, minutes: float, passes: bool) -> None:  # noqa: FBT001 - a table's column
    assert (verdict(Airtime(allowed=hours(allowed)), at(begins), minutes) is None) is passes


def test_reasons_name_the_rule() -> None:
    two = Airtime(allowed=hours("05:00-07:30 16:30-19:00"), days=WEEKDAYS)
    assert verdict(two, at("12:00"), 5) == (
        "outside the hours allowed for broadcasts, 05:00-07:30, 16:30-19:00"
    )
    assert verdict(Airtime(), at("12:00"), 5) == (
        "no hours are allowed for broadcasts in this zone"
    )
    assert verdict(two, at("06:00", day=27), 5) == (
        "no broadcasts are allowed on this day of the week"
    )


@pytest.mark.parametrize(
    ("begins", "seconds", "reason"),
    [
        ("01:59", 60, None),
        ("01:59", 73, "would end at 02:00:13, after the hours allowed for broadcasts, "),
        # Never at the very minute that is said to be too late.
        ("01:59", 60.2, "would end at 02:00:01, after the hours allowed for broadcasts, "),
        ("23:00", 4 * 3600, "would end at 03:00, after the hours allowed for broadcasts, "),
        ("02:00", 73, "outside the hours allowed for broadcasts, "),
        ("21:59:59", 73, "outside the hours allowed for broadcasts, "),
    ],
)
def test_what_begins_in_time_and_ends_too_late_is_told_so(
    begins: str, seconds: float, reason: str | None
) -> None:
    nightly = Airtime(allowed=hours("22:00-02:00"))
    told = reason and f"{reason}22:00-02:00"
    assert verdict(nightly, at(begins), seconds / 60) == told


@pytest.mark.parametrize(
    ("day", "begins", "passes"),
    [
        (26, "23:50", True),
        # The small hours of a range belong to their own day: Saturday, which isn't allowed.
        (27, "00:10", False),
        (22, "00:10", True),
        (21, "23:50", False),
    ],
)
def test_days_are_those_that_it_begins_in(day: int, begins: str, passes: bool) -> None:  # noqa: FBT001 - a table's column
    nightly = Airtime(allowed=hours("22:00-02:00"), days=WEEKDAYS)
    assert (verdict(nightly, at(begins, day), 20) is None) is passes


@pytest.mark.parametrize(
    ("before", "begins", "passes"),
    [
        ([], "05:30", True),
        ([("05:30", 5)], "06:00", True),
        ([("05:30", 5), ("06:00", 5)], "17:00", False),
        # Less than a minute of silence: one session.
        ([("05:30", 5), ("06:00", 5)], "06:05:59", True),
        ([("05:30", 5), ("06:00", 5)], "06:06", False),
        ([("05:30", 5), ("05:35:30", 5)], "17:00", True),
    ],
)
def test_sessions_a_day(before: list[tuple[str, float]], begins: str, passes: bool) -> None:  # noqa: FBT001 - a table's column
    two = Airtime(allowed=hours("05:00-19:00"), sessions_per_day=2)
    assert (verdict(two, at(begins), 5, used(two, *before)) is None) is passes


def test_a_session_is_of_the_day_it_begins_in() -> None:
    one = Airtime(allowed=hours("00:00-00:00"), sessions_per_day=1)
    use = used(one, ("23:50", 20))
    assert verdict(one, at("00:10", 23), 5, use) is None
    use = use.after(at("00:10", 23), 300, 300)
    assert verdict(one, at("12:00", 23), 5, use) is None
    use = use.after(at("12:00", 23), 300, 300)
    assert verdict(one, at("17:00", 23), 5, use) == "more than the 1 sessions allowed a day"


@pytest.mark.parametrize(
    ("day", "minutes", "reason"),
    [
        (22, 4, None),
        (22, 4.01, "more than the 20 minutes allowed a day, of which 16 are used"),
        (23, 20, None),
        (23, 20.01, "more than the 20 minutes allowed a day, of which 0 are used"),
    ],
)
def test_minutes_a_day(day: int, minutes: float, reason: str | None) -> None:
    few = Airtime(allowed=hours("05:00-19:00"), minutes_per_day=20)
    use = used(few, ("05:30", 8), ("12:00", 8))
    assert verdict(few, at("18:00", day), minutes, use) == reason


def test_urgent_passes_every_rule_and_uses_nothing_up() -> None:
    closed = Airtime(days=frozenset(), sessions_per_day=0, minutes_per_day=0)
    urgent = slot("bao", "03:15", air_class=AirClass.URGENT)
    assert verdict(closed, at("03:15"), 600, of=urgent) is None
    use = used(closed, ("03:15", 600), of=urgent)
    assert (use.sessions, use.seconds) == (0, 0)


@pytest.mark.parametrize(
    ("begins", "minutes", "passed"),
    [
        ("05:30", 5, None),
        ("03:15", 5, "outside the hours allowed for broadcasts, 05:00-19:00"),
        ("18:59", 5, "would end at 19:04, after the hours allowed for broadcasts, 05:00-19:00"),
        ("12:00", 13, "more than the 20 minutes allowed a day, of which 8 are used"),
        ("12:00", 5, "more than the 1 sessions allowed a day"),
    ],
)
def test_what_urgent_passes_is_told(begins: str, minutes: float, passed: str | None) -> None:
    few = Airtime(allowed=hours("05:00-19:00"), minutes_per_day=20, sessions_per_day=1)
    use = used(few, ("06:00", 8)) if begins == "12:00" else Use()
    urgent = slot("bao", "03:15", air_class=AirClass.URGENT)
    told = ruling(few, at(begins), minutes * 60, use, urgent)
    assert told.barred is None
    assert (told.passed and str(told.passed)) == passed
    # Another is barred by the same, and passes nothing.
    plain = ruling(few, at(begins), minutes * 60, use, PLAIN)
    assert plain == Ruling(barred=told.passed)


def test_priority_does_not_pass() -> None:
    priority = slot("tin", "03:15", air_class=AirClass.PRIORITY)
    assert verdict(Airtime(allowed=hours("05:00-19:00")), at("03:15"), 5, of=priority)


def test_an_urgent_broadcast_between_two_is_no_silence() -> None:
    one = Airtime(allowed=hours("05:00-19:00"), sessions_per_day=1)
    use = used(one, ("05:30", 5)).after(at("05:35"), 600, 0)
    assert verdict(one, at("05:45"), 5, use) is None
    use = Use().after(at("05:35"), 600, 0)
    assert use.sessions == 0
    assert use.after(at("05:45"), 300, 300).sessions == 1


RELAY = Relay("https://dai/phat", 1800)


@pytest.mark.parametrize(
    ("items", "relays_count", "expected"),
    [
        ((RELAY,), True, 1800),
        ((RELAY,), False, 0),
        ((Chime(), RELAY, Speech("tin")), True, 1800),
        ((Chime(), RELAY, Speech("tin")), False, 90),
    ],
)
def test_relays_count_where_the_station_says_so(
    items: tuple[Item, ...],
    relays_count: bool,  # noqa: FBT001 - a table's column
    expected: float,
) -> None:
    airtime = Airtime(relays_count=relays_count)
    length = 1800 if len(items) == 1 or relays_count else 1890
    assert counted(airtime, slot("ts", "05:30", items=items), length) == expected


def test_a_relay_that_does_not_count_still_keeps_to_the_hours() -> None:
    strict = Airtime(
        allowed=hours("05:00-06:00"), sessions_per_day=0, minutes_per_day=0, relays_count=False
    )
    relay = slot("ts", "05:30", items=(RELAY,))
    assert verdict(strict, at("05:30"), 30, of=relay) is None
    assert verdict(strict, at("05:30:01"), 30, of=relay)


def test_slack_lets_the_end_slip_and_nothing_else() -> None:
    airtime = Airtime(allowed=hours("05:00-05:30"), minutes_per_day=30)
    whole = timedelta(minutes=30).total_seconds()
    assert breach(airtime, at("05:00:03"), whole, Use(), PLAIN)
    assert breach(airtime, at("05:00:03"), whole, Use(), PLAIN, slack=10) is None
    assert breach(airtime, at("05:00:11"), whole, Use(), PLAIN, slack=10)
    assert breach(airtime, at("04:59:59"), 60, Use(), PLAIN, slack=10)
    assert breach(airtime, at("05:00"), whole + 1, Use(), PLAIN, slack=10)


@pytest.mark.parametrize(
    ("allowed", "begins", "minutes", "passes"),
    [
        # On 30 March clocks go from 02:00 to 03:00: half an hour from 01:50 ends at 03:20.
        ("01:00-02:30", "2025-03-30 01:50", 30, False),
        ("01:00-03:30", "2025-03-30 01:50", 30, True),
        # On 26 October they go from 03:00 back to 02:00: half an hour from 02:50 ends at 02:20.
        ("02:30-04:00", "2025-10-26 02:50", 30, False),
        ("02:00-03:10", "2025-10-26 02:50", 30, False),
        ("02:00-04:00", "2025-10-26 02:50", 30, True),
    ],
)
def test_every_time_of_day_that_it_passes_is_allowed(
    allowed: str,
    begins: str,
    minutes: float,
    passes: bool,  # noqa: FBT001 - a table's column
) -> None:
    start = datetime.fromisoformat(begins).replace(tzinfo=BERLIN)
    assert (verdict(Airtime(allowed=hours(allowed)), start, minutes) is None) is passes
