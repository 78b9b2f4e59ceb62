"""A month without a restart: what the daemon keeps in memory does not grow with its days."""

from __future__ import annotations

import asyncio
import gc
import logging
import random
import tracemalloc
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from heapq import heapify
from pathlib import Path

import pytest

from broadcaster.daemon.desk import Desk
from broadcaster.daemon.edits import Edits, Files
from broadcaster.daemon.loop import Daemon
from broadcaster.domain.days import DayRule
from broadcaster.domain.order import Order
from broadcaster.domain.station import Station
from broadcaster.health.ledger import ReportingLedger
from broadcaster.ledger.sqlite import SqliteLedger
from tests.daemon.world import World
from tests.simulation.folder import Folder
from tests.simulation.ward import begin, ward

SEED = 5
FIRST = 5
"""The day from which on it is to be flat: the daemon looks back some days."""
GROWTH, NOISE = 2048, 8192
"""Bytes a day over a month that are taken for the noise of caches and of dictionaries that grow in
steps; over some days there is more of it."""
DAY = timedelta(days=1)
NOT_OURS = tracemalloc.Filter(inclusive=False, filename_pattern="*/tests/*")


class Month:
    """A ward whose people are busy every day, and what its daemon keeps at the end of each."""

    def __init__(self, days: int, folder: Path) -> None:
        self.kept: list[int] = []
        self._days = days
        self._of = of = _alike(ward(random.Random(SEED), days + 2))  # noqa: S311 - a test's dice
        self._folder = Folder(of)
        self._ledger = SqliteLedger(folder / "ledger.sqlite")
        self._world = World(of, begin(), self._ledger)

    def live(self) -> None:
        """Live through it."""
        with closing(self._ledger):
            self._world.time.run(self._main())

    async def _main(self) -> None:
        daemon = self._world.daemon()
        files = Files(self._folder.state, self._folder.load)
        ledger = daemon._ledger
        assert isinstance(ledger, ReportingLedger)

        async def take(of: Station, names: Sequence[str]) -> None:
            await daemon.take(self._world.equipped(of), names)

        edits = Edits(files, take, self._world.time, daemon.faults, files.state())
        desk = Desk(daemon, edits, ledger, self._world.time)
        running = asyncio.create_task(daemon.run())
        for _ in range(self._days):
            await self._day(daemon, desk)
            self._forget()
            self.kept.append(_kept())
        daemon.stop()
        await running

    async def _day(self, daemon: Daemon, desk: Desk) -> None:
        """Have all befall the ward that may befall it in a day."""
        time, world = self._world.time, self._world
        ends = time.now() + DAY
        await time.sleep(3600)
        zone = next(zone.id for zone in daemon.station.zones.values() if zone.speakers)
        for _ in range(3):
            await desk.interrupt(Order(text="Khẩn.", zones=(zone,)), "hoa")
            await time.sleep(200)
        await desk.pause("hoa")
        await time.sleep(600)
        await desk.resume("hoa")
        await desk.silence("hoa")
        self._folder.save(replace(self._of, campaigns=self._of.campaigns[len(self.kept) % 2 :]))
        await desk.reload("hoa")
        self._folder.spoil(0, whole=False)
        await desk.reload("hoa")
        self._folder.save(self._of)
        await desk.reload("hoa")
        for device in (*world.speakers.values(), *world.signs.values()):
            device.dead = True
        await time.sleep(3600)
        for device in (*world.speakers.values(), *world.signs.values()):
            device.dead = False
        desk.status()
        await time.sleep((ends - time.now()).total_seconds())

    def _forget(self) -> None:
        """Drop what the test's own devices and time remember."""
        sleepers = self._world.time._sleepers
        sleepers[:] = [each for each in sleepers if not each[2].done()]
        heapify(sleepers)
        for speaker in self._world.speakers.values():
            speaker.heard.clear()
        for sign in self._world.signs.values():
            del sign.sent[:-1]
            sign.arrivals.clear()


def _alike(of: Station) -> Station:
    """Have the same on every day of the week."""
    campaigns = [
        replace(each, radio=tuple(replace(slot, days=DayRule()) for slot in each.radio))
        for each in of.campaigns
    ]
    return replace(of, campaigns=tuple(campaigns))


def _kept() -> int:
    gc.collect()
    snapshot = tracemalloc.take_snapshot().filter_traces([NOT_OURS])
    return sum(trace.size for trace in snapshot.traces)


def growth(days: int, folder: Path) -> float:
    """Give the bytes by which what is kept grows each day, from the sixth on."""
    month = Month(days, folder)
    # pytest would keep all that is logged.
    logging.disable()
    tracemalloc.start()
    try:
        month.live()
    finally:
        tracemalloc.stop()
        logging.disable(logging.NOTSET)
    settled = month.kept[FIRST:]
    half = len(settled) // 2
    early, late = settled[:half], settled[-half:]
    return (sum(late) - sum(early)) / half / (len(settled) - half)


def test_some_days_leave_nothing_in_memory(tmp_path: Path) -> None:
    assert growth(9, tmp_path) < NOISE


@pytest.mark.soak
def test_a_month_leaves_nothing_in_memory(tmp_path: Path) -> None:
    assert growth(30, tmp_path) < GROWTH
