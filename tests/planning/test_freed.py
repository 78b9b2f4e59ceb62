"""Urgent airings wait for what really sounds, not for what was to."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from broadcaster.domain.airing import Entry
from broadcaster.domain.campaign import JOIN, AirClass
from broadcaster.domain.record import AsRun
from broadcaster.planning.freed import freed
from tests.planning.making import campaign, planned, slot, zone

URGENT = {"air_class": AirClass.URGENT, "late": timedelta(hours=1)}


def plan(*slots: tuple[str, str, str], minutes: float = 5, **more: object) -> tuple[Entry, ...]:
    made = [slot(name, at, zones, **(URGENT | more)) for name, at, zones in slots]
    zones = zone("xa"), zone("to-1", "loa-1"), zone("to-2", "loa-2"), zone("ca", "loa-1 loa-2")
    return planned([campaign("c", *made)], *zones, minutes=minutes).entries


def ended(entries: tuple[Entry, ...], after: Mapping[str, float]) -> dict[str, AsRun]:
    """Say that these ended so many minutes after they began."""
    return {
        each.airing.key: AsRun(
            key=each.airing.key, campaign="c", zone=each.airing.zone, planned=each.airing.start,
            finished=each.begins + timedelta(minutes=after[each.airing.slot.id]),
        )
        for each in entries if each.airing.slot.id in after
    }  # fmt: skip


def begins(entries: tuple[Entry, ...]) -> list[str]:
    return [
        f"{each.airing.slot.id} {each.begins + timedelta(hours=7):%H:%M:%S} {each.airing.zone}"
        for each in entries
    ]


def test_one_begins_when_the_one_before_it_really_ended() -> None:
    entries = plan(("a", "06:00", "xa"), ("b", "06:02", "xa"), ("c", "06:03", "xa"))
    assert begins(freed(entries, {})) == ["a 06:00:00 xa", "b 06:05:00 xa", "c 06:10:00 xa"]
    assert begins(freed(entries, ended(entries, {"a": 2.5}))) == [
        "a 06:00:00 xa", "b 06:02:30 xa", "c 06:07:30 xa",
    ]  # fmt: skip
    assert begins(freed(entries, ended(entries, {"a": 1}))) == [
        "a 06:00:00 xa", "b 06:02:00 xa", "c 06:07:00 xa",
    ]  # fmt: skip


def test_zones_that_begin_together_still_do() -> None:
    entries = plan(("a", "06:00", "to-1"), ("b", "06:01", "to-2"), ("c", "06:02", "to-1 to-2"))
    assert begins(freed(entries, ended(entries, {"b": 1})))[2:] == [
        "c 06:05:00 to-1", "c 06:05:00 to-2",
    ]  # fmt: skip
    assert begins(freed(entries, ended(entries, {"a": 3, "b": 1.5})))[2:] == [
        "c 06:03:00 to-1", "c 06:03:00 to-2",
    ]  # fmt: skip


def test_what_joins_in_progress_misses_less_of_itself() -> None:
    entries = plan(("a", "06:00", "xa"), ("b", "06:02", "xa"), late=JOIN)
    assert [each.offset for each in entries] == [0, 180]
    assert [each.offset for each in freed(entries, ended(entries, {"a": 3}))] == [0, 60]


def test_what_is_not_urgent_keeps_its_time() -> None:
    entries = plan(("a", "06:00", "xa"), ("b", "06:02", "xa"), air_class=AirClass.NORMAL)
    assert freed(entries, ended(entries, {"a": 3})) == entries


@given(
    st.lists(st.tuples(st.integers(0, 20), st.sampled_from(["xa", "to-1", "to-2", "ca"])),
             min_size=1, max_size=6),
    st.dictionaries(st.sampled_from("abcdef"), st.floats(0, 6)),
)  # fmt: skip
def test_none_begins_before_its_start_or_the_end_of_what_sounds_or_later_than_planned(
    slots: list[tuple[int, str]], after: dict[str, float]
) -> None:
    named = zip("abcdef", slots, strict=False)
    entries = plan(*((name, f"06:{minute:02}", place) for name, (minute, place) in named))
    runs = ended(entries, after)
    before = {each.airing.key: each.begins for each in entries}
    found = freed(entries, runs)
    for number, entry in enumerate(found):
        assert entry.airing.start <= entry.begins <= before[entry.airing.key]
        for other in found[:number]:
            if not set(other.speakers).isdisjoint(entry.speakers):
                run = runs.get(other.airing.key)
                over = min(other.ends, run.finished) if run and run.finished else other.ends
                assert over <= entry.begins
