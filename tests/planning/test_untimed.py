from datetime import date

from broadcaster.domain.days import DayRule
from broadcaster.messages import msg
from broadcaster.planning.untimed import untimed
from tests.planning.making import MONDAY, campaign, slot

DAYS = [MONDAY.replace(day=day) for day in range(22, 26)]
HOLIDAYS = {date(2025, 9, 24)}


def test_a_slot_without_a_time_is_told_on_each_day_of_its_own() -> None:
    no = msg("no time")
    of = [
        campaign(
            "c",
            slot("x", "", fault=no, days=DayRule(holidays="skip", except_=frozenset({MONDAY}))),
            slot("right", "05:30"),
            slot("wrong", "05:30", fault=no),
            slot("off", "", fault=no, enabled=False),
        ),
        campaign("b", slot("y", "", fault=no), until=MONDAY),
        campaign("off", slot("z", "", fault=no), enabled=False),
    ]
    found = untimed(of, DAYS, HOLIDAYS)
    assert [(each.day.day, f"{each.campaign}/{each.slot.id}", each.reason) for each in found] == [
        (22, "b/y", no),
        (23, "c/x", no),
        (25, "c/x", no),
    ]
