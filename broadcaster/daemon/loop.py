"""The loop: asks what is due, gives it to playout, waits for the next instant that matters."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, time, timedelta
from typing import Any

from broadcaster.daemon.airings import Airings
from broadcaster.daemon.boards import Boards
from broadcaster.daemon.equipment import Equipment
from broadcaster.daemon.rounds import Rounds
from broadcaster.domain.record import Kind
from broadcaster.domain.station import Station
from broadcaster.errors import DeviceError
from broadcaster.health.disk import Disk
from broadcaster.health.faults import FaultKind, Faults
from broadcaster.health.notifier import Notifier
from broadcaster.messages import msg
from broadcaster.planning.days import instant
from broadcaster.playout.air import Playout
from broadcaster.ports import Ledger, Sign, Studio, TimeSource, Waker

DAY = timedelta(days=1)
RETRY = timedelta(seconds=5)
"""The pause after a fault of the ledger, before it is tried again."""
STOPPED = msg("the station was stopped while it sounded")


class Daemon:
    """One station, running."""

    def __init__(
        self,
        station: Station,
        ledger: Ledger,
        playout: Playout,
        signs: Mapping[str, Sign],
        studio: Studio,
        time: TimeSource,
        waker: Waker,
        faults: Faults | None = None,
        disk: Disk | None = None,
    ) -> None:
        """Without a `disk`, as in simulated time, nothing is looked at while nobody uses it."""
        self.faults = faults = faults or Faults(time)
        """What is wrong now."""
        self._station = station
        self._ledger = ledger
        self._playout = playout
        self._airings = Airings(station, ledger, playout, studio, time, waker, faults)
        self._boards = Boards(signs, ledger, time, faults)
        self._rounds = self._notifier = None
        if disk is not None:
            boards = self._boards
            self._rounds = Rounds(faults, time, self._airings, playout, lambda: boards.held, disk)
            self._notifier = Notifier(faults, time)
        self._time = time
        self._waker = waker
        self.stopping = False
        """Whether it was told to stop."""
        self._until: datetime | None = None

    async def run(self, until: datetime | None = None) -> None:
        """Run until that instant or `stop`; raises DeviceError when the ledger can't be begun."""
        self._until = until
        self._start()
        watching = list(self._watch())
        try:
            self._playout.begin()
            while not self.stopping and (until is None or self._time.now() < until):
                wake = self._step()
                await self._waker.wait(min(filter(None, (wake, until)), default=None))
            if not self.stopping:
                await self._airings.finish()
        finally:
            for task in watching:
                task.cancel()
            await self._close()

    def stop(self) -> None:
        """Silence what sounds, record it, and end `run`."""
        self.stopping = True
        self._waker.poke()

    async def take(self, equipment: Equipment, files: Sequence[str]) -> None:
        """Run this station from now on, as these files of it were edited.

        What is on air plays to its end, unless it was removed.
        """
        self._station = equipment.station
        self._forget(equipment)
        self._airings.take(equipment)
        self._note("edit", files=list(files))
        self._waker.poke()
        await self._boards.take(equipment.signs)
        self._waker.poke()

    def _forget(self, equipment: Equipment) -> None:
        """Keep no fault of what the station has no more."""
        self.faults.keep(FaultKind.SPEAKER, equipment.speakers)
        self.faults.keep(FaultKind.SIGN, equipment.signs)
        switches = {power.amplifier.id for power in equipment.powers.values()}
        self.faults.keep(FaultKind.AMPLIFIER, switches)

    def _note(self, did: str, **more: Any) -> None:
        """Write what the station did; a ledger that can't be written is no hindrance."""
        with contextlib.suppress(DeviceError):  # which the ledger tells itself
            self._ledger.append(self._time.now(), Kind.STATION, "station", {"did": did} | more)

    def _watch(self) -> Iterator[asyncio.Task[None]]:
        if self._rounds is not None:
            yield asyncio.create_task(self._rounds.run())
        if self._notifier is not None:
            yield asyncio.create_task(self._notifier.run(lambda: self._station))

    def _start(self) -> None:
        now = self._time.now()
        self._airings.begin(now)
        self._ledger.append(now, Kind.STATION, "station", {"did": "start"})

    def _step(self) -> datetime | None:
        """Do what is due, and say when to look again."""
        now = self._time.now()
        try:
            wake = self._airings.step(now, self._until)
        except DeviceError:
            # Without its ledger, which tells of its faults itself, nothing may sound: what is due
            # waits, within its late policy.
            wake = now + RETRY
        local = now.astimezone(self._station.timezone)
        midnight = instant(local.date() + DAY, time(), self._station.timezone)
        return min(filter(None, (wake, midnight, self._boards.show(self._station, now))))

    async def _close(self) -> None:
        await self._airings.close(STOPPED)
        await self._boards.close()
        self._ledger.append(self._time.now(), Kind.STATION, "station", {"did": "stop"})
