"""What the status of a running station tells."""

from __future__ import annotations

from tests.daemon.people import pause, resume, run, status
from tests.daemon.world import World, at, slot, station


def test_the_status_tells_what_a_pause_keeps_waiting() -> None:
    """One was cut, another is due meanwhile: both may still be heard, for as long as they may."""
    world = World(station([slot("sang", "05:30"), slot("sau", "05:40")]), at("05:00"))
    told = run(
        world, at("06:30"),
        (at("05:30:30"), pause), (at("05:41"), status), (at("05:55"), status),
        (at("05:56"), resume), (at("06:01"), status),
    )  # fmt: skip
    coming = [[f"{n['begins'][8:16]} {n['slot']}" for n in told[i]["next"]] for i in (1, 2, 4)]
    tomorrow = ["23T05:30 sang", "23T05:40 sau"]
    assert coming == [
        ["22T05:30 sang", "22T05:40 sau", *tomorrow[:1]],
        ["22T05:30 sang", *tomorrow],
        tomorrow,
    ]


def test_the_status_tells_what_is_on_air_how_far_and_what_comes() -> None:
    slots = [slot("sang", "06:00"), slot("sau", "06:30"), slot("chieu", "17:00")]
    world = World(station(slots), at("05:00"))
    (told,) = run(world, at("06:10"), (at("06:00:20"), status))
    (on_air,) = told["on_air"]
    assert (on_air["slot"], on_air["position"], on_air["ends"]) == (
        "sang", 20.0, "2025-09-22T06:01:00+07:00",
    )  # fmt: skip
    assert [each["slot"] for each in told["next"]] == ["sau", "chieu", "sang"]
    assert {each["id"] for each in told["devices"]} >= {"loa-1", "loa-2", "cong"}
    assert (told["paused"], told["clock"]["trusted"], told["season"]) == (None, True, None)
