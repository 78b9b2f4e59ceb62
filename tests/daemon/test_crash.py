"""Killed at every write, the station never sounds an airing twice and never loses one."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

import pytest

from broadcaster.domain.record import Record
from broadcaster.ledger.chain import verify
from broadcaster.report.figures import results
from tests.daemon.world import TZ, World, at, slogan, slot, station
from tests.fakes.ledger import MemoryLedger
from tests.fakes.speaker import Heard

SLOTS = (
    slot("a", "05:30"),
    slot("b", "05:30", zones=("to-1",)),
    slot("c", "05:35", zones=("to-1", "to-2")),
    slot("dem", "03:15"),
)
PLANNED = {
    "a 05:30 phuong", "b 05:30 to-1", "c 05:35 to-1", "c 05:35 to-2", "dem 03:15 phuong",
}  # fmt: skip


class Killed(BaseException):
    """Passes through everything, as kill -9 would; nothing is written or sounds afterwards."""


class MortalLedger(MemoryLedger):
    """Dies at its n-th commit, with that commit on the disk or without it."""

    def __init__(self, commits: int, *, kept: bool) -> None:
        super().__init__()
        self._left = commits
        self._kept = kept
        self.last_kind = ""
        self.died = asyncio.Event()
        self.at_death: Callable[[], None] = lambda: None

    def append_all(
        self, at: datetime, rows: Iterable[tuple[str, str, Mapping[str, Any]]]
    ) -> tuple[Record, ...]:
        rows = list(rows)
        if self._left == 0:
            raise Killed
        self._left -= 1
        if self._left == 0:
            self.last_kind = rows[0][0]
            if self._kept:
                super().append_all(at, rows)
            self.died.set()
            self.at_death()
            raise Killed
        return super().append_all(at, rows)


def commits() -> int:
    """Count the commits of the day when nothing goes wrong."""
    ledger = MortalLedger(10_000, kept=True)
    World(station(SLOTS, [slogan("s", "Chào")]), at("00:00"), ledger).run(at("12:00"))
    return 10_000 - ledger._left


def run_until_killed(world: World, ledger: MortalLedger) -> None:
    heard: dict[str, list[Heard]] = {}
    ledger.at_death = lambda: heard.update({n: [*s.heard] for n, s in world.speakers.items()})

    async def main() -> None:
        running = asyncio.create_task(world.daemon().run(at("12:00")))
        await ledger.died.wait()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)
        assert running.done()
        for name, speaker in world.speakers.items():
            speaker.heard, speaker.sounding = heard[name], False

    world.time.run(main())


@pytest.mark.parametrize("kept", [True, False], ids=["after", "before"])
@pytest.mark.parametrize("number", range(1, commits()))
def test_a_kill_at_any_commit(number: int, *, kept: bool) -> None:
    mortal = MortalLedger(number, kept=kept)
    world = World(station(SLOTS, [slogan("s", "Chào")]), at("00:00"), mortal)
    run_until_killed(world, mortal)
    world.ledger = ledger = MemoryLedger()
    ledger.kept = list(mortal.kept)
    world.run(at("12:00"))

    runs = world.runs()
    assert set(runs) == PLANNED
    assert all(run.outcome is not None for run in runs.values())
    ends = [r.key for r in ledger.records() if r.kind in {"finished", "missed", "refused"}]
    assert len(ends) == len(set(ends)) == len(PLANNED)
    assert verify(ledger.records()) is None
    assert world.signs["cong"].sent[-1].slogans[0].text == "Chào"
    # The one commit of doubt: it sounded, and the ledger never came to know.
    doubt = not kept and mortal.last_kind == "audible"
    for name in world.speakers:
        labels = [each.label for each in world.speakers[name].heard]
        assert len(labels) - len(set(labels)) <= doubt


def test_what_was_due_before_a_start_that_died_at_once_is_missed_on_the_record() -> None:
    of = station([slot("sang", "06:00", late=timedelta(minutes=1))])
    before = World(of, at("05:00"))
    before.run(at("05:30"))
    # It came up and died before it looked at anything; then it came up for good.
    before.ledger.append(at("06:20"), "station", "station", {"did": "start"})
    world = World(of, at("06:21"), before.ledger)
    world.run(at("06:40"))
    assert world.outcomes()["sang 06:00 phuong"][0] == "missed"


def test_a_report_knows_how_long_what_was_missed_was_to_be_and_not_what_a_crash_broke_off() -> None:
    of = station([slot("sang", "06:00"), slot("mat", "06:20", late=timedelta(minutes=1))])
    world = World(of, at("06:00"))
    key = "ngay-hoi/sang/{}/phuong".format(at("06:00").astimezone(TZ).isoformat("T", "minutes"))
    world.ledger.append(at("06:00"), "intent", key, {"seconds": 100.0})
    world.ledger.append(at("06:00"), "audible", key, {})
    after = World(of, at("06:30"), world.ledger)
    after.run(at("06:40"))
    found = {each.slot: each for each in results(after.ledger.records(), "ngay-hoi", TZ).airings}
    assert (found["sang"].outcome, found["sang"].asked, found["sang"].given) == (
        "partial", 100.0, None,
    )  # fmt: skip
    assert found["mat"].outcome == "missed"
    assert found["mat"].asked is not None
    assert found["mat"].given == 0.0
