from datetime import timedelta

import pytest

from broadcaster.domain.airing import Entry, Rundown
from broadcaster.domain.campaign import JOIN, AirClass
from broadcaster.domain.record import AirState
from broadcaster.messages import msg
from broadcaster.planning.due import Due, Lead, due, offset
from tests.planning.making import campaign, instant, line, planned, slot, zone

ZONES = (zone("xa"), zone("yb"), zone("zc", "loa-xa"))
TEN = {"late": timedelta(minutes=10)}


def plan(*slots: object, minutes: float = 5) -> Rundown:
    return planned([campaign("c", *slots)], *ZONES, minutes=minutes)  # type: ignore[arg-type]


def key(slot_at_zone: str) -> str:
    name, at, zone_id = slot_at_zone.split()
    return f"c/{name}/2025-09-22T{at}+07:00/{zone_id}"


def busy(*speakers: str) -> Entry:
    """Give something on air there."""
    (entry,) = plan(slot("khac", "05:00")).entries
    return entry._replace(speakers=speakers)


def ahead(seconds: float) -> Lead:
    return lambda _: timedelta(seconds=seconds)


def told(what: Due) -> dict[str, object]:
    """Give what isn't empty, in words."""
    rows = {
        "air": [line(entry) for entry in what.air],
        "missed": [f"{line(entry)} ? {reason}" for entry, reason in what.missed],
        "refused": [line(entry) for entry in what.refused],
        "cancelled": [f"{line(entry)} ? {reason}" for entry, reason in what.cancelled],
        "wake": what.wake,
    }
    return {name: row for name, row in rows.items() if row}


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("05:29:59", {"wake": instant("05:30")}),
        ("05:30", {"air": ["05:30 c/x xa"], "wake": instant("17:00")}),
        ("05:31", {"air": ["05:30 c/x xa"], "wake": instant("17:00")}),
        (
            "05:31:01",
            {
                "missed": ["05:30 c/x xa ? planned for 05:30; it may begin at most 1m late"],
                "wake": instant("17:00"),
            },
        ),
        ("17:00:30", {"air": ["17:00 c/x xa"]}),
    ],
)
def test_an_airing_starts_at_its_instant_or_as_late_as_it_may(
    now: str, expected: dict[str, object]
) -> None:
    done = {key("x 05:30 xa"): AirState.ENDED} if now.startswith("17") else {}
    assert told(due(plan(slot("x", "05:30 17:00")), done, instant(now))) == expected


def test_a_policy_of_no_lateness_still_lets_a_machine_wake() -> None:
    strict = plan(slot("x", "05:30", late=timedelta(0)))
    woken = instant("05:30") + timedelta(milliseconds=300)
    assert told(due(strict, {}, woken)) == {"air": ["05:30 c/x xa"]}
    assert "missed" in told(due(strict, {}, instant("05:30:01")))


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        # A crash before the first sound: it may.
        (AirState.INTENT, {"air": ["05:30 c/x xa"]}),
        # Heard, or done with: never again.
        (AirState.AUDIBLE, {}),
        (AirState.ENDED, {}),
    ],
)
def test_the_ledger_says_what_is_still_due(state: AirState, expected: dict[str, object]) -> None:
    states = {key("x 05:30 xa"): state}
    assert told(due(plan(slot("x", "05:30")), states, instant("05:30:20"))) == expected


def test_what_was_about_to_sound_and_is_too_late_is_missed() -> None:
    states = {key("x 05:30 xa"): AirState.INTENT}
    assert list(told(due(plan(slot("x", "05:30")), states, instant("06:00")))) == ["missed"]


def test_what_follows_at_its_own_minute_is_late_from_where_it_was_to_begin() -> None:
    rundown = plan(slot("x", "05:30"), slot("y", "05:30", order=1))
    states = {key("x 05:30 xa"): AirState.ENDED}
    assert told(due(rundown, states, instant("05:35:50"))) == {"air": ["05:35 c/y xa"]}
    assert told(due(rundown, states, instant("05:36:01"))) == {
        "missed": ["05:35 c/y xa ? planned for 05:35; it may begin at most 1m late"]
    }


def test_a_busy_speaker_is_waited_for_and_named_when_it_was_too_long() -> None:
    rundown = plan(slot("x", "05:30", "xa yb"))
    assert told(due(rundown, {}, instant("05:30"), [busy("loa-khac")]))["air"]
    waiting = due(rundown, {}, instant("05:30:20"), [busy("loa-xa")])
    assert told(waiting) == {"air": ["05:30 c/x yb"], "wake": instant("05:31:01")}
    over = due(
        rundown, {key("x 05:30 yb"): AirState.AUDIBLE}, instant("05:31:01"), [busy("loa-xa")]
    )
    ((_, reason),) = over.missed
    assert str(reason) == (
        "planned for 05:30, but its loudspeakers were in use until it was too late"
    )


def test_a_group_waits_a_moment_for_its_busy_speakers_then_goes_without() -> None:
    rundown = plan(slot("x", "05:30", "xa yb"))
    assert told(due(rundown, {}, instant("05:30:05"), [busy("loa-xa")])) == {
        "wake": instant("05:30:15")
    }
    assert told(due(rundown, {}, instant("05:30:05"))) == {"air": ["05:30 c/x xa", "05:30 c/x yb"]}


def test_of_two_that_want_one_speaker_the_higher_class_goes() -> None:
    rundown = plan(
        slot("x", "05:30", "xa", **TEN),
        slot("y", "05:35", "zc", air_class=AirClass.PRIORITY, **TEN),
        slot("z", "05:36", "yb", **TEN),
    )
    found = due(rundown, {}, instant("05:37"))
    assert told(found)["air"] == ["05:35 c/y zc", "05:36 c/z yb"]
    assert found.wake == instant("05:40:01")


def test_those_of_a_group_stand_together_in_class_order() -> None:
    rundown = planned(
        [
            campaign("b", slot("x", "05:30", "xa yb")),
            campaign("a", slot("p", "05:30", "moi", air_class=AirClass.PRIORITY)),
        ],
        *ZONES,
        zone("moi"),
    )
    found = due(rundown, {}, instant("05:30"))
    assert told(found)["air"] == ["05:30 a/p moi", "05:30 b/x xa", "05:30 b/x yb"]


def test_a_refused_one_is_told_when_its_instant_comes_and_once() -> None:
    rundown = plan(slot("x", "05:30", fault=msg("script x is missing")))
    assert told(due(rundown, {}, instant("05:29"))) == {"wake": instant("05:30")}
    refused = ["05:30 c/x xa ! script x is missing"]
    assert told(due(rundown, {}, instant("23 05:30"))) == {"refused": refused}
    states = {key("x 05:30 xa"): AirState.ENDED}
    assert told(due(rundown, states, instant("05:30"))) == {}


def test_what_is_to_start_is_given_ahead_of_its_instant_and_nothing_else_is() -> None:
    rundown = plan(
        slot("x", "05:30"), slot("y", "05:30", zones="zc", fault=msg("script y is missing"))
    )
    lead = ahead(3)
    waiting = due(rundown, {}, instant("05:29"), lead=lead)
    assert told(waiting) == {"wake": instant("05:29:57")}
    found = due(rundown, {}, instant("05:29:57"), lead=lead)
    assert told(found) == {"air": ["05:30 c/x xa"], "wake": instant("05:30")}


def test_what_needs_long_keeps_no_speaker_from_what_begins_before_it() -> None:
    rundown = plan(slot("x", "05:30"), slot("y", "05:31", "xa yb"), minutes=0.5)
    leads = {"x": 3, "y": 120}

    def lead(entry: Entry) -> timedelta:
        return timedelta(seconds=leads[entry.airing.slot.id])

    waiting = due(rundown, {}, instant("05:29:10"), lead=lead)
    assert told(waiting)["wake"] == instant("05:29:57")
    assert not waiting.air
    found = due(rundown, {}, instant("05:29:57"), lead=lead)
    assert told(found)["air"] == ["05:30 c/x xa"]
    done = {key("x 05:30 xa"): AirState.ENDED}
    found = due(rundown, done, instant("05:30:31"), lead=lead)
    assert told(found)["air"] == ["05:31 c/y xa", "05:31 c/y yb"]


def test_a_cancelled_one_is_told_when_its_instant_comes_and_never_airs() -> None:
    rundown = plan(slot("x", "06:00"))
    reasons = {key("x 06:00 xa"): msg("aired at 05:30")}
    assert told(due(rundown, {}, instant("05:59"), (), reasons)) == {"wake": instant("06:00")}
    assert told(due(rundown, {}, instant("06:00"), (), reasons)) == {
        "cancelled": ["06:00 c/x xa ? aired at 05:30"]
    }


@pytest.mark.parametrize(
    ("now", "seconds"),
    [("05:30", 0), ("05:30:00.900000", 0), ("05:30:01", 1), ("05:45", 900), ("05:59:59", 1799)],
)
def test_what_joins_may_start_until_its_end(now: str, seconds: float) -> None:
    rundown = plan(slot("ts", "05:30", late=JOIN), minutes=30)
    found = due(rundown, {}, instant(now))
    assert told(found) == {"air": ["05:30 c/ts xa"]}
    assert offset(found.air[0], instant(now)) == seconds


def test_what_joins_is_missed_at_its_end() -> None:
    rundown = plan(slot("ts", "05:30", late=JOIN), minutes=30)
    assert told(due(rundown, {}, instant("06:00"))) == {
        "missed": ["05:30 c/ts xa ? planned for 05:30, and its time is over"]
    }


def test_what_is_planned_to_join_in_progress_goes_on_from_there() -> None:
    rundown = plan(slot("x", "05:28"), slot("ts", "05:30", late=JOIN), minutes=5)
    (_, joining) = rundown.entries
    assert offset(joining, instant("05:33")) == 180
    assert offset(joining, instant("05:34")) == 240
    (plain, _) = rundown.entries
    assert offset(plain, instant("05:34")) == 0


def test_nothing_ahead_needs_no_waking() -> None:
    assert due(Rundown(()), {}, instant("05:30")) == Due()


def test_what_cannot_be_made_waits_in_nobodys_way_and_is_missed_for_that_reason() -> None:
    rundown = plan(slot("x", "05:30", **TEN), slot("y", "05:30", **TEN), minutes=0)
    unready = {"c/x/2025-09-22T05:30+07:00": msg("the disk is full")}

    def asked(now: str, states: dict[str, AirState]) -> dict[str, object]:
        return told(due(rundown, states, instant(now), (), {}, unready))

    assert asked("05:30", {})["air"] == ["05:30 c/y xa"]
    y_ended = {key("y 05:30 xa"): AirState.ENDED}
    assert asked("05:40", y_ended) == {"wake": instant("05:40:01")}
    assert asked("05:40:01", y_ended) == {"missed": ["05:30 c/x xa ? the disk is full"]}
