"""The composition root: a station becomes live objects, or the same ones for a rehearsal."""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from broadcaster.audio.cache import Cache
from broadcaster.clock import SimulatedTime
from broadcaster.daemon import Daemon
from broadcaster.domain.amplifier import AmplifierSpec
from broadcaster.domain.boards import Alpha
from broadcaster.domain.link import LINE, NETWORK, LinkUrl
from broadcaster.domain.outputs import Icecast, Sip
from broadcaster.domain.station import SignSpec, SpeakerSpec, Station
from broadcaster.errors import DeviceError, Refusal
from broadcaster.ledger.sqlite import SqliteLedger
from broadcaster.links.open import make_room, open_amplifiers, open_lines
from broadcaster.links.watched import Watched, outlives
from broadcaster.messages import msg
from broadcaster.playout.air import Playout
from broadcaster.playout.amplifiers import Power
from broadcaster.playout.prepare import Preparer
from broadcaster.playout.relay import NoStreams, Receivers, Streams
from broadcaster.ports import Amplifier, Ledger, Sign, Speaker, Synthesizer, TimeSource, Waker
from broadcaster.signs.drivers import driver
from broadcaster.signs.line_sign import LineSign
from broadcaster.signs.virtual import VirtualSign
from broadcaster.speakers.file import FileSpeaker, sweep
from broadcaster.speakers.player import PlayerSpeaker
from broadcaster.speech.command import Command
from broadcaster.speech.espeak import Espeak
from broadcaster.speech.piper import Piper
from broadcaster.speech.system import System
from broadcaster.talk import Line
from broadcaster.wake import SimulatedWaker

VAR = "var"
"""The folder of a station's state: never in git, safe to copy, not safe to share."""

LOCK = Path(VAR, "daemon.lock")

SDP = "sdp"
"""The folder in it of what IP loudspeakers are to be told."""

RELAYS = "relays"
"""The folder in it of what is received of streams while they are relayed."""

AUDIO = "audio"
"""The folder in it of what file speakers sounded."""


ANSWERED = 2.5
"""Seconds in which a player process is ready and its call is answered."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a station's devices are, and what time it is there."""

    station: Station
    folder: Path
    """What devices write files into."""
    time: TimeSource


def _file(spec: SpeakerSpec, place: Place) -> Speaker:
    return FileSpeaker(spec.id, place.folder / AUDIO / spec.id, place.time)


def _multicast(spec: SpeakerSpec, place: Place) -> Speaker:
    sdp = place.folder / SDP / f"{spec.id}.sdp"
    return _player(spec, place, name=spec.name or spec.id, sdp=str(sdp))


def _icecast(spec: SpeakerSpec, place: Place) -> Speaker:
    assert isinstance(spec.output, Icecast)  # noqa: S101 - the station's reader sees to it
    secret = place.station.folder / spec.output.password_file
    name = spec.name or place.station.name
    return _player(spec, place, name=name, password_file=str(secret))


def _sip(spec: SpeakerSpec, place: Place) -> Speaker:
    assert isinstance(spec.output, Sip)  # noqa: S101 - the station's reader sees to it
    file = spec.output.password_file
    secret = str(place.station.folder / file) if file else ""
    sink = {"driver": spec.driver, **asdict(spec.output), "password_file": secret}
    return PlayerSpeaker(spec.id, sink, place.time, ANSWERED)


def _player(spec: SpeakerSpec, place: Place, **more: str) -> Speaker:
    assert spec.output is not None  # noqa: S101 - the station's reader sees to it
    return PlayerSpeaker(
        spec.id, {"driver": spec.driver, **asdict(spec.output), **more}, place.time
    )


def _virtual(spec: SignSpec, place: Place) -> VirtualSign:
    return VirtualSign(spec, place.folder / "signs", place.station.timezone, place.time)


SPEAKERS: Mapping[str, Callable[[SpeakerSpec, Place], Speaker]] = {
    "file": _file,
    "icecast": _icecast,
    "multicast": _multicast,
    "sip": _sip,
    "soundcard": _player,
}


def _command(station: Station, cache: Cache) -> Synthesizer | None:
    spec = station.voice.command
    return None if spec is None else Command(spec, station.folder, cache)


ENGINES: Mapping[str, Callable[[Station, Cache], Synthesizer | None]] = {
    "espeak": lambda _, cache: Espeak(cache),
    "piper": lambda station, cache: Piper(station.folder, station.voice.piper, cache),
    "system": lambda _, cache: System(cache),
    "command": _command,
}
"""How each is made; None where the station doesn't say what it needs."""


def speakers(place: Place) -> dict[str, Speaker]:
    """Make every loudspeaker by its driver."""
    specs = place.station.speakers
    return {name: SPEAKERS[spec.driver](spec, place) for name, spec in specs.items()}


def signs(place: Place) -> dict[str, Sign]:
    """Make every sign; those with a link hang on its line, and may share it."""
    specs = place.station.signs
    lines = open_lines((_link(spec) for spec in specs.values() if spec.link), place.time)
    return {name: _sign(spec, place, lines) for name, spec in specs.items()}


def _sign(spec: SignSpec, place: Place, lines: Mapping[str, Line]) -> Sign:
    if spec.settings is None or spec.link is None:
        return _virtual(spec, place)
    line = lines[_link(spec)]
    return LineSign(spec, driver(spec), line, place.station.timezone, place.time)


def _link(spec: SignSpec) -> str:
    """Give where a board is; an Alpha sign has no network of its own: behind a socket is a line."""
    url = LinkUrl.parse(spec.link or "")
    behind = isinstance(spec.settings, Alpha) and url.baud == NETWORK
    return f"{url}?baud={LINE}&format={url.format}" if behind else spec.link or ""


def amplifiers(place: Place) -> dict[str, Amplifier]:
    """Make what switches the amplifier of each loudspeaker that has one."""
    return open_amplifiers(_switched(place.station))


def _switched(station: Station) -> dict[str, AmplifierSpec]:
    return {name: spec.amplifier for name, spec in station.speakers.items() if spec.amplifier}


def powers(place: Place) -> dict[str, Power]:
    """Make the same to be keyed, each released even if we are killed."""
    specs, made = _switched(place.station), amplifiers(place)
    # One object for each, as those that share it are counted.
    watched = {made[n]: Watched(made[n], spec) for n, spec in specs.items() if outlives(spec)}
    return {
        name: Power(
            watched.get(made[name], made[name]),
            spec.warm_up.total_seconds(),
            spec.release.total_seconds(),
        )
        for name, spec in specs.items()
    }


def engines(station: Station, cache: Cache) -> dict[str, Synthesizer]:
    """Make every speech engine that a script may name."""
    made = {name: make(station, cache) for name, make in ENGINES.items()}
    return {name: engine for name, engine in made.items() if engine is not None}


def preparer(station: Station, time: TimeSource, *, heals: bool = True) -> Preparer:
    """Make what renders a station's programmes; they are kept in var/cache."""
    cache = Cache(station.folder / VAR / "cache")
    made = engines(station, cache)
    tried = [made.pop(name) for name in station.voice.engines if name in made]
    return Preparer(station, cache, tried, time, heals, tuple(made.values()))


def live(station: Station, ledger: Ledger, time: TimeSource, waker: Waker) -> Daemon:
    """Make the daemon that sounds and shows; nobody else may be one of this station meanwhile."""
    sweep(station.folder / VAR / AUDIO)
    received = station.folder / VAR / RELAYS
    shutil.rmtree(received, ignore_errors=True)
    place = Place(station, station.folder / VAR, time)
    make_room(len(station.signs))
    studio, streams = preparer(station, time), Streams(received, time)
    sounding, switched = speakers(place), powers(place)
    return _daemon(place, ledger, waker, studio, sounding, signs(place), streams, switched)


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
    quiet = {name: _file(spec, place) for name, spec in station.speakers.items()}
    drawn = {name: _virtual(spec, place) for name, spec in station.signs.items()}
    studio = preparer(station, time, heals=False)
    daemon = _daemon(place, ledger, SimulatedWaker(time), studio, quiet, drawn, NoStreams(), {})
    return Rehearsal(daemon, studio, time, drawn)


def _daemon(
    place: Place,
    ledger: Ledger,
    waker: Waker,
    studio: Preparer,
    speakers: Mapping[str, Speaker],
    signs: Mapping[str, Sign],
    receivers: Receivers,
    powers: Mapping[str, Power],
) -> Daemon:
    station, time = place.station, place.time
    playout = Playout(speakers, studio, ledger, time, receivers, powers)
    return Daemon(station, ledger, playout, signs, studio, time, waker)


def ledger_path(folder: Path) -> Path:
    """Name the ledger of a station folder."""
    return folder / VAR / "ledger.sqlite"


def writable(folder: Path) -> None:
    """Raise DeviceError where a station's state can't be kept."""
    var = folder / VAR
    there = next(path for path in (var, *var.absolute().parents) if path.exists())
    if not there.is_dir() or not os.access(there, os.W_OK):
        raise DeviceError("var", msg("can't be written; nothing may sound without a ledger there"))


@contextlib.contextmanager
def open_ledger(path: Path) -> Iterator[SqliteLedger]:
    """Open a ledger to write to; raises DeviceError."""
    ledger = SqliteLedger(path)
    try:
        yield ledger
    finally:
        ledger.close()


@contextlib.contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Be the only daemon of a station; raises Refusal where there is one already, or DeviceError.

    The lock is SQLite's own: the system lets go of it when a process dies, on every platform.
    """
    lock = None
    with contextlib.suppress(OSError):  # which the lock then names
        (folder / VAR).mkdir(exist_ok=True)
    try:
        lock = sqlite3.connect(folder / LOCK, timeout=0, isolation_level=None)
        lock.execute("BEGIN EXCLUSIVE")
    except sqlite3.OperationalError as error:
        raise _not_alone(folder, error) from None
    else:
        yield
    finally:
        if lock is not None:
            lock.close()


def _not_alone(folder: Path, error: sqlite3.OperationalError) -> Refusal | DeviceError:
    if error.sqlite_errorcode == sqlite3.SQLITE_BUSY:
        return Refusal(msg("another daemon runs this station already: {folder}", folder=folder))
    return DeviceError(str(folder / LOCK), msg("can't be written: {why}", why=str(error)))
