"""A ward through days of crashes and faults: each daemon lives on what the last one left."""

from __future__ import annotations

import asyncio
import contextlib
import math
import random
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from broadcaster.daemon.desk import Desk
from broadcaster.daemon.edits import Edits, Files
from broadcaster.daemon.loop import Daemon
from broadcaster.domain.record import Kind, Record
from broadcaster.domain.station import Station
from broadcaster.errors import DeviceError, Problem, UserError
from broadcaster.health.faults import Faults
from broadcaster.health.ledger import ReportingLedger
from broadcaster.ledger.sqlite import SqliteLedger
from broadcaster.playout.air import Playout
from broadcaster.playout.relay import NoStreams
from broadcaster.wake import SimulatedWaker
from tests.fakes.disk import Disk
from tests.fakes.disk_vfs import opened
from tests.fakes.studio import FakeStudio
from tests.simulation.asked import Asked
from tests.simulation.clock import MortalTime
from tests.simulation.ear import listening
from tests.simulation.folder import Folder
from tests.simulation.people import People
from tests.simulation.street import Sound, Street

AROUND = 6
"""Days before and after the beginning of which it is known what is asked for."""
REBOOT = 20.0
"""Seconds after which a daemon that could not begin is started again."""


class Noting(SqliteLedger):
    """Keeps the last record that was acknowledged."""

    noted: Record | None = None

    def append_all(
        self, at: datetime, rows: Iterable[tuple[str, str, Mapping[str, Any]]]
    ) -> tuple[Record, ...]:
        added = super().append_all(at, rows)
        self.noted = added[-1] if added else self.noted
        return added


@dataclass
class Death:
    """A daemon's end that it did not choose."""

    at: float
    back: float = 0.0
    """When the next one began."""
    doubtful: list[Sound] | None = None
    """What had begun in its life and the ledger does not know of."""


class Act(NamedTuple):
    """Something that befalls the ward at an instant."""

    at: float
    name: str
    does: Callable[[World], None]


class World:
    """What outlives a daemon, and the daemon of the moment."""

    def __init__(self, station: Station, start: datetime, seed: int) -> None:
        self.chance = random.Random(seed)  # noqa: S311 - a test's dice
        self.zone = station.timezone
        self.folder = Folder(station)
        self.time = MortalTime(start)
        self.street = Street(station, self.time)
        self.studio = FakeStudio(self.time)
        self.asked = Asked(self.studio, start, AROUND)
        self.asked.add(station)
        self.disk = Disk()
        self.deaths: list[Death] = []
        self.starts: list[float] = []
        self.bugs: list[str] = []
        """What nobody foresaw."""
        self.people = People(self.street, self.asked, self.bugs)
        self.doubts: list[list[float]] = []
        """From when to when the ledger had the clock in doubt."""
        self.lied = False
        """Whether the disk ever lost what it had not synced: what it refused may come back."""
        self.edits = 0
        self._start = start
        self._intended: dict[str, float] = {}
        """When each airing was last about to sound."""
        self._last: Record | None = None
        self._daemon: Daemon | None = None
        self._waker: SimulatedWaker | None = None
        self._pause = REBOOT
        self.relapse: int | None = None
        """The step of its loop before which the next daemon that follows a death is killed too."""

    def run(self, acts: Iterable[Act], until: float) -> None:
        """Live through all of it; whatever is still broken then has to be mended by an act."""
        left = sorted(acts, key=lambda act: act.at)
        with listening(self.bugs):
            while self.time.elapsed < until:
                self._life(left, until)

    def kill(self, steps: int, pause: float) -> None:
        """Have the daemon killed so many steps of its loop from now."""
        self.time.die_at, self._pause = self.time.steps + steps, pause

    def cut(self, operations: int, pause: float) -> None:
        """Have the power cut at that operation of the disk from now on."""
        self.disk.cut_at, self._pause = self.disk.operations + operations, pause

    def stop(self) -> None:
        """Have the daemon end in good order."""
        if self._daemon is not None:
            self._daemon.stop()

    def spare(self) -> None:
        """Let the daemon live after all."""
        self.time.die_at = self.disk.cut_at = None

    def set_clock(self, ahead: timedelta) -> None:
        """Set the wall clock, that far from what is true."""
        self.time.set(ahead)

    def true(self, instant: datetime) -> float:
        """Give when an instant is, by true seconds."""
        return (instant - self._start).total_seconds()

    def poke(self) -> None:
        """Have the daemon notice that the wall clock was set."""
        if self._waker is not None:
            self._waker.poke()

    def records(self) -> list[Record]:
        """Give all that the ledger holds."""
        ledger = opened(self.disk)
        with contextlib.closing(ledger):
            return list(ledger.records())

    def _life(self, left: list[Act], until: float) -> None:
        disk = self.disk
        disk.at_death = self._die
        ledger = self._opened()
        if ledger is None:
            self._revive()
            self._do(left)
            return
        try:
            station, problems = self.folder.load()
        except UserError:  # which is told, and no daemon begins
            ledger.close()
            self.time.rest(REBOOT)
            self._do(left)
            return
        self._compare(ledger)
        self.asked.runs(station, self.time.elapsed)
        self.street.open()
        self.starts.append(self.time.elapsed)
        if self.deaths:
            self.deaths[-1].back = self.deaths[-1].back or self.time.elapsed
        main = self._main(station, problems, ledger, left, until)
        ended = self.time.live(main, disk.kill)
        self._last = ledger.noted or self._last
        with contextlib.suppress(DeviceError):
            ledger.close()
        if not ended or disk.dead:
            self._revive()
        elif self.time.elapsed < until:
            # It could not begin, or was stopped: whatever befalls the ward befalls it meanwhile.
            # What it owed a disk that refused is forgotten with it.
            self.deaths.append(Death(self.time.elapsed))
            self.time.rest(REBOOT)
            self._do(left)
        else:
            self.time.rest(REBOOT)

    def _opened(self) -> Noting | None:
        try:
            return opened(self.disk, Noting)
        except DeviceError:
            return None

    async def _main(
        self,
        station: Station,
        problems: Sequence[Problem],
        of: Noting,
        left: list[Act],
        until: float,
    ) -> None:
        actor = asyncio.create_task(self._act(left, until))
        self._waker, faults = SimulatedWaker(self.time), Faults(self.time)
        ledger, with_ = ReportingLedger(of, faults), self.street.equipment(station, self.studio)
        ledger.listen(self._recorded)
        playout = Playout(
            with_.speakers, self.studio, ledger, self.time, NoStreams(), with_.powers, faults
        )
        daemon = Daemon(
            station, ledger, playout, with_.signs, self.studio, self.time, self._waker, faults
        )

        async def take(edited: Station, files: Sequence[str]) -> None:
            self.asked.runs(edited, self.time.elapsed)
            await daemon.take(self.street.equipment(edited, self.studio), files)

        files = Files(self.folder.state, self.folder.load)
        edits = Edits(files, take, self.time, faults, self.folder.state(), problems)
        self._daemon = daemon
        try:
            # People reach it once it has begun.
            running = asyncio.ensure_future(daemon.run())
            await self.time.sleep(0)
            self.people.meet(daemon, Desk(daemon, edits, ledger, self.time))
            await running
        except DeviceError:
            pass  # which its ledger gave it, at its beginning or its end
        finally:
            self._daemon = None
            self.people.part()
            actor.cancel()
            self.street.close()

    def _recorded(self, record: Record) -> None:
        if record.kind == Kind.INTENT:
            self._intended[record.key] = self.time.elapsed
        if record.data.get("did") == "doubt":
            self.doubts.append([self.time.elapsed, math.inf])
        if record.data.get("did") == "trust" and self.doubts:
            self.doubts[-1][1] = self.time.elapsed

    async def _act(self, left: list[Act], until: float) -> None:
        while left:
            await self.time.sleep(left[0].at - self.time.elapsed)
            self._do(left)
        await self.time.sleep(until - self.time.elapsed)
        self.stop()

    def _do(self, left: list[Act]) -> None:
        while left and left[0].at <= self.time.elapsed:
            left.pop(0).does(self)

    def _die(self) -> None:
        """Be cut off from the world at once; the loop ends a moment later."""
        if not self.street.closed:
            self.deaths.append(Death(self.time.elapsed))
            self.street.close()
            self.time.die_at = self.time.steps + 1

    def _revive(self) -> None:
        before, self.disk = self.disk, self.disk.left(self.chance)
        for fault in ("room", "failing", "losing"):
            setattr(self.disk, fault, getattr(before, fault))
        self.time.rest(self._pause)
        self._pause = REBOOT
        if self.relapse is not None:
            self.kill(self.relapse, REBOOT)
            self.relapse = None

    def _compare(self, ledger: Noting) -> None:
        """See that all that was acknowledged is there, and what the last daemon's end left open."""
        if self._last is not None:
            found = next(iter(ledger.records(after=self._last.seq - 1)), None)
            assert found == self._last, f"record {self._last.seq} was lost"
        if self.deaths and self.deaths[-1].doubtful is None:
            self.deaths[-1].doubtful = self._doubtful(ledger, self.starts[-1])

    def _doubtful(self, ledger: Noting, since: float) -> list[Sound]:
        """Give what sounded in the last daemon's life and the ledger doesn't know of."""
        sounds = [sound for sound in self.street.sounds if sound.begins >= since]
        keys = {key for sound in sounds for key in self.asked.of(sound)}
        unknown = {key for key in keys if _intended(ledger, key)}
        return [
            sound
            for sound in sounds
            for key in self.asked.of(sound)
            if key in unknown and sound.begins >= self._intended.get(key, 0.0)
        ]


def _intended(ledger: Noting, key: str) -> bool:
    """Tell whether the last that a ledger has of an airing is that it is about to sound."""
    kinds = [record.kind for record in ledger.records(key) if record.kind != Kind.ALARM]
    return kinds[-1:] == [Kind.INTENT]
