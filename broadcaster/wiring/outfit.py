"""A station's live objects through its edits: what an edit leaves alone stays as it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TypeVar

from broadcaster.daemon.equipment import Equipment
from broadcaster.domain.station import Station
from broadcaster.health.faults import Faults
from broadcaster.links.open import make_room
from broadcaster.ports import TimeSource
from broadcaster.wiring.devices import line_of, powers, signs, speakers
from broadcaster.wiring.place import VAR, Place
from broadcaster.wiring.studio import preparer

Described = Mapping[str, tuple[object, object]]
"""Of each device: what it shares with others, its port say, and how it is described."""

T = TypeVar("T")


class Outfit:
    """Makes the equipment of a station, and of the same station after an edit."""

    def __init__(self, time: TimeSource, faults: Faults) -> None:
        self._time = time
        self._faults = faults
        self._last: Equipment | None = None

    def fit(self, station: Station) -> Equipment:
        """Give what the station works with: devices that are as before are the same objects."""
        place = Place(station, station.folder / VAR, self._time)
        make_room(len(station.signs))
        studio = preparer(station, self._time, faults=self._faults)
        made = Equipment(station, studio, speakers(place), powers(place), signs(place))
        self._last = made if self._last is None else _kept(self._last, made)
        return self._last


def _kept(before: Equipment, made: Equipment) -> Equipment:
    old, new = before.station, made.station
    same_speakers = _same(_speakers(old), _speakers(new))
    same_signs = _same(_signs(old), _signs(new))
    powers = dict(made.powers)
    for name in _same(_switches(old), _switches(new)):
        powers[name] = replace(powers[name], amplifier=before.powers[name].amplifier)
    return replace(
        made,
        speakers={**made.speakers, **_some(before.speakers, same_speakers)},
        signs={**made.signs, **_some(before.signs, same_signs)},
        powers=powers,
    )


def _same(before: Described, now: Described) -> set[str]:
    """Give the devices that are described as before, with all that shares something with them."""
    by = {shared for shared, _ in now.values()}
    same = {each for each in by if _sharing(before, each) == _sharing(now, each)}
    return {name for name, (shared, _) in now.items() if shared in same}


def _sharing(described: Described, what: object) -> dict[str, object]:
    return {name: spec for name, (shared, spec) in described.items() if shared == what}


def _speakers(station: Station) -> Described:
    # Listeners on the network are told the station's name.
    return {name: (name, (spec, station.name)) for name, spec in station.speakers.items()}


def _signs(station: Station) -> Described:
    zone = station.timezone
    return {name: (line_of(spec) or name, (spec, zone)) for name, spec in station.signs.items()}


def _switches(station: Station) -> Described:
    specs = {name: spec.amplifier for name, spec in station.speakers.items()}
    return {name: (spec.link, spec.switch) for name, spec in specs.items() if spec is not None}


def _some(of: Mapping[str, T], names: set[str]) -> dict[str, T]:
    return {name: of[name] for name in names}
