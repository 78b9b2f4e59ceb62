"""The composition root: a station becomes live objects, or the same ones for a rehearsal."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from broadcaster.clock import SimulatedTime
from broadcaster.daemon.loop import Daemon
from broadcaster.domain.station import Station
from broadcaster.health.disk import Disk
from broadcaster.health.faults import Faults
from broadcaster.health.ledger import ReportingLedger
from broadcaster.links.open import make_room
from broadcaster.playout.air import Playout
from broadcaster.playout.amplifiers import Power
from broadcaster.playout.prepare import Preparer
from broadcaster.playout.relay import NoStreams, Receivers, Streams
from broadcaster.ports import Ledger, Sign, Speaker, TimeSource, Waker
from broadcaster.signs.virtual import VirtualSign
from broadcaster.speakers.file import sweep
from broadcaster.wake import SimulatedWaker
from broadcaster.wiring.devices import drawn, powers, quiet, signs, speakers
from broadcaster.wiring.place import AUDIO, RELAYS, VAR, Place, ledger_path
from broadcaster.wiring.studio import preparer


def live(station: Station, ledger: Ledger, time: TimeSource, waker: Waker) -> Daemon:
    """Make the daemon that sounds and shows; nobody else may be one of this station meanwhile."""
    sweep(station.folder / VAR / AUDIO)
    received = station.folder / VAR / RELAYS
    shutil.rmtree(received, ignore_errors=True)
    place = Place(station, station.folder / VAR, time)
    make_room(len(station.signs))
    faults = Faults(time)
    studio, streams = preparer(station, time, faults=faults), Streams(received, time)
    sounding, switched = speakers(place), powers(place)
    return _daemon(
        place,
        ledger,
        waker,
        studio,
        sounding,
        signs(place),
        streams,
        switched,
        faults,
        Disk(station.folder / VAR, ledger_path(station.folder), faults),
    )


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
    faults, waker = Faults(time), SimulatedWaker(time)
    studio, boards = preparer(station, time, heals=False, faults=faults), drawn(place)
    daemon = _daemon(place, ledger, waker, studio, quiet(place), boards, NoStreams(), {}, faults)
    return Rehearsal(daemon, studio, time, boards)


def _daemon(
    place: Place,
    ledger: Ledger,
    waker: Waker,
    studio: Preparer,
    speakers: Mapping[str, Speaker],
    signs: Mapping[str, Sign],
    receivers: Receivers,
    powers: Mapping[str, Power],
    faults: Faults,
    disk: Disk | None = None,
) -> Daemon:
    station, time = place.station, place.time
    ledger = ReportingLedger(ledger, faults)
    playout = Playout(speakers, studio, ledger, time, receivers, powers, faults)
    return Daemon(station, ledger, playout, signs, studio, time, waker, faults, disk)
