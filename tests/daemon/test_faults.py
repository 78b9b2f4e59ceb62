"""What a daemon logs of a fault: a line where it is foreseen, once, until it changes."""

from __future__ import annotations

import asyncio
import logging

import pytest

from broadcaster.domain.airing import Entry
from tests.daemon.world import World, at, slogan, slot, station
from tests.fakes.ledger import MemoryLedger
from tests.fakes.studio import FakeStudio

FULL = "ledger: the disk is full"


class Careless(FakeStudio):
    """Fails in a way that nobody foresaw, for the slot named `a`."""

    async def prepare(self, entry: Entry) -> None:
        if entry.airing.slot.id == "a":
            raise ZeroDivisionError("nobody thought of that")
        await super().prepare(entry)


def fill_and_empty(world: World, full: str, empty: str, until: str) -> None:
    """Run with a disk that is full between two times of day."""
    ledger = world.ledger
    assert isinstance(ledger, MemoryLedger)

    async def main() -> None:
        running = asyncio.create_task(world.daemon().run(at(until)))
        for moment, is_full in ((full, True), (empty, False)):
            await world.time.sleep((at(moment) - world.time.now()).total_seconds())
            ledger.full = is_full
        await running

    world.time.run(main())


def test_a_full_disk_is_told_when_it_silences_and_when_it_loses_what_was_due(
    caplog: pytest.LogCaptureFixture,
) -> None:
    world = World(station([slot("a", "05:30"), slot("b", "05:32")]), at("05:00"))
    with caplog.at_level(logging.WARNING):
        fill_and_empty(world, "05:20", "06:00", "07:00")
    late = "planned for {}; it may begin at most 10m late"
    keys = ("ngay-hoi/a/2025-09-22T05:30+07:00", "ngay-hoi/b/2025-09-22T05:32+07:00")
    assert [(record.levelname, record.getMessage()) for record in caplog.records] == [
        ("WARNING", FULL),
        ("WARNING", FULL),
        *(("WARNING", f"{key}/phuong: missed: {late.format(key[-11:-6])}") for key in keys),
    ]
    assert all(record.exc_info is None for record in caplog.records)
    assert [record.__dict__.get("of") for record in caplog.records[:2]] == ["ledger", keys[0]]


def test_a_disk_that_fills_up_again_is_told_again(caplog: pytest.LogCaptureFixture) -> None:
    board = [slogan("s", "Chào")]
    world = World(station([slot("a", "05:30"), slot("b", "06:30")], board), at("05:00"))
    world.signs["cong"].dead = True
    with caplog.at_level(logging.WARNING):
        fill_and_empty(world, "05:20", "06:15", "06:20")
        fill_and_empty(world, "06:25", "06:50", "07:00")
    told = [record.getMessage() for record in caplog.records]
    assert told.count(FULL) == 4


def test_what_nobody_foresaw_has_its_traceback_once_and_holds_up_nobody(
    caplog: pytest.LogCaptureFixture,
) -> None:
    world = World(station([slot("a", "05:30"), slot("b", "06:00")]), at("05:00"))
    world.studio = Careless(world.time)
    with caplog.at_level(logging.WARNING):
        world.run(at("07:00"))
    assert world.outcomes() == {
        "a 05:30 phuong": ("missed", "ZeroDivisionError('nobody thought of that')"),
        "b 06:00 phuong": ("aired", ""),
    }
    (fault,) = (record for record in caplog.records if record.exc_info)
    assert fault.getMessage() == "ngay-hoi/a/2025-09-22T05:30+07:00 failed"
    assert fault.levelname == "ERROR"
    assert "b" in world.studio.made


def refused(full: str, room: str) -> World:
    """Give a world whose ledger refuses what is written between two instants."""
    world = World(station([slot("sang", "05:30")]), at("05:00"))
    ledger = world.ledger
    assert isinstance(ledger, MemoryLedger)

    async def main() -> None:
        running = asyncio.create_task(world.daemon().run(at("07:00")))
        for instant, is_full in ((full, True), (room, False)):
            await world.time.sleep((at(instant) - world.time.now()).total_seconds())
            ledger.full = is_full
        await running

    world.time.run(main())
    return world


@pytest.mark.parametrize(
    ("full", "room"),
    [("05:29:58", "05:31:03"), ("05:30:30", "05:31:03"), ("05:29:58", "05:30:30")],
)
def test_what_sounds_while_the_ledger_refuses_all_is_written_later_and_heard_once(
    full: str, room: str
) -> None:
    world = refused(full, room)
    assert world.heard() == ["22 05:30:00 sang"]
    assert world.outcomes() == {"sang 05:30 phuong": ("aired", "")}
    kinds = [each.kind for each in world.ledger.records() if each.key.startswith("ngay-hoi")]
    assert kinds == ["intent", "audible", "finished"]
    (audible,) = [record for record in world.ledger.records() if record.kind == "audible"]
    assert audible.at == at("05:30")
