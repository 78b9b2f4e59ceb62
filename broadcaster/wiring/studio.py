"""Who speaks, and what renders a station's programmes."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from broadcaster.audio.cache import Cache
from broadcaster.domain.station import Station
from broadcaster.health.faults import Faults
from broadcaster.playout.prepare import Preparer
from broadcaster.ports import Synthesizer, TimeSource
from broadcaster.speech.command import Command
from broadcaster.speech.espeak import Espeak
from broadcaster.speech.piper import Piper
from broadcaster.speech.system import System
from broadcaster.wiring.place import VAR


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


def engines(station: Station, cache: Cache) -> dict[str, Synthesizer]:
    """Make every speech engine that a script may name."""
    made = {name: make(station, cache) for name, make in ENGINES.items()}
    return {name: engine for name, engine in made.items() if engine is not None}


def preparer(
    station: Station, time: TimeSource, *, heals: bool = True, faults: Faults | None = None
) -> Preparer:
    """Make what renders a station's programmes; they are kept in var/cache."""
    cache = Cache(station.folder / VAR / "cache")
    made = engines(station, cache)
    tried = [made.pop(name) for name in station.voice.engines if name in made]
    return Preparer(station, cache, tried, time, heals, tuple(made.values()), faults)
