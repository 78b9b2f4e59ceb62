"""Which orders make one slot come before another, and leave the rest as it was."""

from __future__ import annotations

from datetime import date, time, timedelta
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadcaster.domain.campaign import AirClass, Campaign, Event, LedSlot, RadioSlot, Reminder
from broadcaster.domain.days import DayRule, TimeRange
from broadcaster.errors import Refusal
from broadcaster.station.edit_order import orders

FIRST = date(2025, 9, 22)
DAYS = [FIRST + timedelta(days=number) for number in range(4)]


def slot(
    id_: str, order: int = 0, *, air_class: AirClass = AirClass.NORMAL, day: int | None = None
) -> RadioSlot:
    days = DayRule() if day is None else DayRule(dates=frozenset({DAYS[day]}))
    at = (time(17),)
    return RadioSlot(
        id=id_, at=at, zones=("z",), items=(), order=order, air_class=air_class, days=days
    )


def reminder(id_: str) -> Event:
    """Remind on the first of the days."""
    remind = Reminder(before=timedelta(days=1), at=time(17), script="s", zones=("z",))
    return Event(id=id_, title=id_, date=DAYS[1], remind=remind)


def led(id_: str, order: int = 0, start: int = 6) -> LedSlot:
    between = (TimeRange(start * 60, 22 * 60),)
    return LedSlot(id=id_, between=between, zones=("z",), slogans=("x",), order=order)


def move(id_: str, before: str, *slots: RadioSlot | LedSlot | Event) -> dict[str, int]:
    campaign = Campaign(
        id="c",
        title="C",
        radio=tuple(each for each in slots if isinstance(each, RadioSlot)),
        led=tuple(each for each in slots if isinstance(each, LedSlot)),
        events=tuple(each for each in slots if isinstance(each, Event)),
    )
    return orders(campaign, id_, before, DAYS, ())


@pytest.mark.parametrize(
    ("id_", "before", "slots", "set_"),
    [
        ("a", "b", [slot("a"), slot("b")], {}),
        ("b", "a", [slot("a"), slot("b")], {"b": -1}),
        ("b", "a", [slot("a", 5), slot("b", 10)], {"b": 4}),
        ("a", "b", [slot("a", 10), slot("b", 5)], {"a": 5}),
        ("c", "b", [slot("a"), slot("b"), slot("c")], {"b": 1}),
        ("c", "b", [slot("a"), slot("b", 5), slot("c", 9)], {"c": 4}),
        ("a", "c", [slot("a", -3), slot("b"), slot("c")], {"b": -4}),
        ("b", "a", [slot("a", day=0), slot("b", day=1)], {}),
        ("b", "e", [reminder("e"), slot("b", 7)], {"b": 0}),
        ("z", "e", [reminder("e"), slot("z")], {"z": -1}),
        ("e", "b", [reminder("e"), slot("b", -2)], {"b": 1}),
        ("m", "e", [reminder("a"), reminder("e"), slot("b", 7), slot("m", 3)], None),
        ("f", "e", [reminder("e"), reminder("f")], None),
        ("b", "a", [led("a"), led("b")], {"b": -1}),
        (
            "b",
            "a",
            [slot("a"), slot("b", air_class=AirClass.URGENT)],
            {},
        ),
    ],
)
def test_the_fewest_orders_are_set(
    id_: str, before: str, slots: list[RadioSlot | LedSlot | Event], set_: dict[str, int] | None
) -> None:
    if set_ is None:
        with pytest.raises(Refusal, match="a reminder stands in the way"):
            move(id_, before, *slots)
    else:
        assert move(id_, before, *slots) == set_


def test_slogans_that_are_never_shown_together_need_none() -> None:
    early = LedSlot(id="a", between=(TimeRange(0, 60),), zones=("z",), slogans=("x",))

    assert move("b", "a", early, led("b")) == {}


def test_no_order_puts_a_lower_class_first() -> None:
    with pytest.raises(Refusal) as refused:
        move("a", "b", slot("a"), slot("b", air_class=AirClass.PRIORITY))

    assert str(refused.value) == (
        "b is of class priority and goes before a of class normal, whatever their order"
    )


@pytest.mark.parametrize("other", [led("b"), Event(id="b", title="B", date=FIRST)])
def test_what_is_heard_and_what_is_seen_have_no_order(other: LedSlot | Event) -> None:
    with pytest.raises(Refusal) as refused:
        move("a", "b", slot("a"), other)

    assert str(refused.value) == (
        "a and b have no order between them: only broadcasts have, and slogans"
    )


SLOTS = st.lists(
    st.tuples(st.integers(-2, 2), st.sampled_from([None, None, 0, 1])), min_size=2, max_size=6
)


@given(SLOTS, st.data())
def test_the_moved_comes_right_before_and_no_others_change_places(
    made: list[tuple[int, int | None]], data: st.DataObject
) -> None:
    slots = [slot(f"s{number}", order, day=day) for number, (order, day) in enumerate(made)]
    moved, mark = data.draw(st.permutations(slots))[:2]
    found = move(moved.id, mark.id, *slots)

    def rank(each: RadioSlot) -> tuple[int, str]:
        return found.get(each.id, each.order), each.id

    def meet(one: RadioSlot, other: RadioSlot) -> bool:
        return not one.days.dates or not other.days.dates or one.days.dates == other.days.dates

    was = sorted(slots, key=lambda each: (each.order, each.id))
    was.remove(moved)
    was.insert(was.index(mark), moved)
    for one, other in combinations(was, 2):
        assert rank(one) < rank(other) or not meet(one, other)
