"""The loop: asks what is due, gives it to playout, waits for the next instant that matters."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Any

from broadcaster.daemon.airings import Airings
from broadcaster.daemon.announcements import Announcement, Announcements
from broadcaster.daemon.boards import Boards
from broadcaster.daemon.doubt import AGAIN, START, Doubt
from broadcaster.daemon.equipment import Equipment
from broadcaster.daemon.pause import PAUSE, RESUME, Pause, pause_in
from broadcaster.daemon.rounds import Rounds
from broadcaster.daemon.silenced import SILENCE, silenced
from broadcaster.domain.order import Order
from broadcaster.domain.record import Kind
from broadcaster.domain.station import Station
from broadcaster.errors import DeviceError
from broadcaster.health.disk import Disk
from broadcaster.health.faults import FaultKind, Faults
from broadcaster.health.notifier import Notifier
from broadcaster.messages import Message, msg
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
        self.station = station
        """As it runs: its files, and what was ordered since."""
        self.paused: Pause | None = None
        self.announcements = Announcements(ledger)
        self._edited = station
        """As its files have it."""
        self._ledger = ledger
        self._playout = playout
        self.airings = Airings(station, ledger, playout, studio, time, waker, faults)
        self._boards = Boards(signs, ledger, time, faults)
        self._rounds = self._notifier = None
        if disk is not None:
            boards = self._boards
            self._rounds = Rounds(faults, time, self.airings, playout, lambda: boards.held, disk)
            self._notifier = Notifier(faults, time)
        self._doubt = Doubt(ledger, time, faults)
        self._standing: asyncio.Task[None] | None = None
        self._time = time
        self._waker = waker
        self.stopping = False
        """Whether it was told to stop."""
        self._until: datetime | None = None

    async def run(self, until: datetime | None = None) -> None:
        """Run until that instant or `stop`; raises DeviceError when the ledger can't be begun."""
        self._until = until
        await self._start()
        watching = list(self._watch())
        try:
            self._playout.begin()
            while not self.stopping and (until is None or self._time.now() < until):
                wake = self._step()
                await self._waker.wait(min(filter(None, (wake, until)), default=None))
            if not self.stopping:
                await self.airings.finish()
        finally:
            for task in watching:
                task.cancel()
            await self._close()

    def stop(self) -> None:
        """Silence what sounds, record it, and end `run`."""
        self.stopping = True
        self._waker.poke()

    async def take(self, equipment: Equipment, files: Sequence[str]) -> None:
        """Run this station from now on, as these files of it were edited; maybe none was.

        What is on air plays to its end, unless it was removed.
        """
        self._edited = equipment.station
        self.station = self.announcements.added(self._edited, self._time.now())
        self._forget(equipment)
        if files:
            self._note("edit", files=list(files))
        equipment.studio.extend(self.station)
        await self.airings.take(replace(equipment, station=self.station))
        self._waker.poke()
        await self._boards.take(equipment.signs)
        self._waker.poke()

    def announce(self, order: Order, by: str) -> Announcement:
        """Announce at once what a person orders; raises UserError, and DeviceError: then not."""
        now = self._time.now()
        made = self.announcements.order(order, self.station, now, by)
        self._extend(now)
        return made

    async def silence(self, by: str) -> list[str]:
        """End what sounds, for good; gives the keys of it."""
        keys = await self.airings.silence(silenced(by))
        self._note(SILENCE, by=by, stopped=keys)
        return keys

    async def pause(self, by: str) -> None:
        """Let nothing but what is urgent begin, and cut what sounds, until `resume`."""
        if self.paused is None:
            # In the ledger first: a `resume` that comes while it cuts is to stand behind it.
            self._note(PAUSE, by=by)
            await self._hold(Pause(self._time.now(), by))

    def resume(self, by: str) -> bool:
        """Go on after a pause; says whether there was one."""
        if self.paused is None:
            return False
        self.paused = None
        self.airings.resume()
        self.faults.over(FaultKind.STATION, PAUSE)
        self._note(RESUME, by=by)
        self._waker.poke()
        return True

    def trust(self, by: str) -> None:
        """Hear that a person confirmed the clock."""
        self._note("clock", by=by)
        self._waker.poke()

    async def _hold(self, pause: Pause) -> None:
        self.paused = pause
        self.faults.tell(FaultKind.STATION, PAUSE, pause.reason, "paused")
        await self.airings.pause(pause.reason)

    def _extend(self, now: datetime) -> None:
        """Have announcements in the plan."""
        self.station = self.announcements.added(self._edited, now)
        self.airings.extend(self.station)
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
            yield asyncio.create_task(self._notifier.run(lambda: self.station))

    def _since(self, last: datetime) -> datetime:
        """Give from when on airings are to have their end in the ledger.

        Not from its last record: that may be of a daemon that died before it looked at anything.
        """
        first = next(iter(self._ledger.records()), None)
        return max(first.at, last - DAY) if first else last

    async def _start(self) -> None:
        now = self._time.now()
        self._doubt.begin()
        self.airings.begin(self._since(self._doubt.settled or now))
        if self._doubt.before is not None:
            self.airings.doubted(*self._doubt.before)
        self.announcements.begin(self.station, now)
        self._extend(now)
        if (pause := pause_in(self._ledger)) is not None:
            await self._hold(pause)
        boot = {"boot": self._time.boot} if self._time.boot else {}
        self._ledger.append(now, Kind.STATION, "station", {"did": START} | boot)

    def _step(self) -> datetime | None:
        """Do what is due, and say when to look again."""
        now, trusted, before = self._time.now(), self._doubt.trusted, self._doubt.reason
        if (doubt := self._doubt.look(now)) is not None:
            self._stand_back(doubt, anew=before is None)
            return now + AGAIN
        if before is not None:
            self.airings.doubted(self._doubt.since or now, now)
        try:
            if trusted is None:
                # What it said before it was first trusted is no time to air from.
                self.airings.begin(now)
            if self.announcements.outrun(now):
                self._extend(now)
            wake = self.airings.step(now, self._until)
        except DeviceError:
            # Without its ledger, which tells of its faults itself, nothing may sound: what is due
            # waits, within its late policy.
            wake = now + RETRY
        local = now.astimezone(self.station.timezone)
        midnight = instant(local.date() + DAY, time(), self.station.timezone)
        return min(filter(None, (wake, midnight, self._boards.show(self.station, now))))

    def _stand_back(self, doubt: Message, *, anew: bool) -> None:
        """Begin nothing, and show nothing that may be of another time."""
        if anew:
            self._standing = asyncio.create_task(self.airings.stand_back(doubt))
        self._boards.darken()

    async def _close(self) -> None:
        await self.airings.close(STOPPED)
        await self._boards.close()
        self._ledger.append(self._time.now(), Kind.STATION, "station", {"did": "stop"})
