"""The composition root: a station becomes live objects, or the same ones for a rehearsal."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from broadcaster.clock import SimulatedTime
from broadcaster.daemon.equipment import Equipment
from broadcaster.daemon.loop import Daemon
from broadcaster.domain.station import Station
from broadcaster.health.disk import Disk
from broadcaster.health.faults import Faults
from broadcaster.health.ledger import ReportingLedger
from broadcaster.playout.air import Playout
from broadcaster.playout.prepare import Preparer
from broadcaster.playout.relay import NoStreams, Receivers, Streams
from broadcaster.ports import Ledger, TimeSource, Waker
from broadcaster.signs.virtual import VirtualSign
from broadcaster.speakers.file import sweep
from broadcaster.wake import SimulatedWaker
from broadcaster.wiring.devices import drawn, quiet
from broadcaster.wiring.outfit import Outfit
from broadcaster.wiring.place import AUDIO, RELAYS, VAR, Place, ledger_path
from broadcaster.wiring.studio import preparer


@dataclass(frozen=True, slots=True)
class Live:
    """The daemon that sounds and shows, and what belongs to it."""

    daemon: Daemon
    outfit: Outfit
    ledger: ReportingLedger

    async def take(self, edited: Station, files: Sequence[str]) -> None:
        """Have it run its station as these files of it were edited."""
        await self.daemon.take(self.outfit.fit(edited), files)


def live(station: Station, ledger: Ledger, time: TimeSource, waker: Waker) -> Live:
    """Make the daemon of a station; nobody else may be one of it meanwhile."""
    sweep(station.folder / VAR / AUDIO)
    received = station.folder / VAR / RELAYS
    shutil.rmtree(received, ignore_errors=True)
    faults, streams = Faults(time), Streams(received, time)
    outfit = Outfit(time, faults)
    disk = Disk(station.folder / VAR, ledger_path(station.folder), faults)
    reporting = ReportingLedger(ledger, faults)
    daemon = _daemon(outfit.fit(station), reporting, time, waker, streams, faults, disk)
    return Live(daemon, outfit, reporting)


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """A station in simulated time, every device of it files in a folder."""

    daemon: Daemon
    studio: Preparer
    time: SimulatedTime
    signs: Mapping[str, VirtualSign]


def rehearsal(station: Station, out: Path, ledger: Ledger, start: datetime) -> Rehearsal:
    """Make the same daemon in simulated time."""
    time = SimulatedTime(start)
    place = Place(station, out, time)
    faults = Faults(time)
    studio, boards = preparer(station, time, heals=False, faults=faults), drawn(place)
    equipment = Equipment(station, studio, quiet(place), {}, boards)
    reporting = ReportingLedger(ledger, faults)
    daemon = _daemon(equipment, reporting, time, SimulatedWaker(time), NoStreams(), faults)
    return Rehearsal(daemon, studio, time, boards)


def _daemon(
    with_: Equipment,
    ledger: Ledger,
    time: TimeSource,
    waker: Waker,
    receivers: Receivers,
    faults: Faults,
    disk: Disk | None = None,
) -> Daemon:
    playout = Playout(with_.speakers, with_.studio, ledger, time, receivers, with_.powers, faults)
    return Daemon(
        with_.station, ledger, playout, with_.signs, with_.studio, time, waker, faults, disk
    )
