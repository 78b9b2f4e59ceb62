"""What is asked of a ward, to hold what happened against: playlists as they are edited, orders."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import NamedTuple

from broadcaster.domain.airing import Airing
from broadcaster.domain.campaign import AirClass
from broadcaster.domain.station import Station
from broadcaster.planning.expand import expand
from broadcaster.planning.plan import days_between
from tests.fakes.studio import FakeStudio
from tests.simulation.street import Sound, base


class Wanted(NamedTuple):
    """An airing, as one edition of the station's files asks for it."""

    airing: Airing
    speakers: tuple[str, ...]


class Edition(NamedTuple):
    """What a daemon ran from some instant on."""

    since: float
    station: Station
    keys: frozenset[str]


class Asked:
    """Every airing that was ever asked for, by an edition of the files or by a person."""

    def __init__(self, studio: FakeStudio, epoch: datetime, days: int) -> None:
        """Take note of what is asked for so many days before and after `epoch`."""
        around = timedelta(days=days)
        self._days = list(days_between((epoch - around).date(), (epoch + around).date()))
        self._epoch = epoch
        self._studio = studio
        self.by_key: dict[str, list[Wanted]] = defaultdict(list)
        """An airing as each edition has it that has it at all."""
        self._by_label: dict[str, set[str]] = defaultdict(set)
        self.editions: list[Edition] = []

    def runs(self, station: Station, since: float) -> None:
        """Hear that a daemon runs this station from now on."""
        if not self.editions or station is not self.editions[-1].station:
            self.editions.append(Edition(since, station, frozenset(self.add(station))))

    def add(self, station: Station) -> list[str]:
        """Have what a station asks for; gives the keys of it."""
        airings = expand(station.campaigns, self._days, station.timezone, (), self._studio.seconds)
        keys = []
        for airing in airings:
            zone = station.zones.get(airing.zone)
            wanted = Wanted(airing, zone.speakers if zone else ())
            self.by_key[airing.key].append(wanted)
            self._by_label[label(airing)].add(airing.key)
            keys.append(airing.key)
        return keys

    def of(self, sound: Sound) -> list[str]:
        """Give the airings that a sound on a loudspeaker can be one of."""
        return [
            key
            for key in sorted(self._by_label.get(base(sound.label), ()))
            if any(sound.speaker in each.speakers for each in self.by_key[key])
        ]

    def urgent(self, key: str) -> bool:
        """Tell whether an airing is of class urgent; edits leave classes alone."""
        return self.by_key[key][0].airing.slot.air_class is AirClass.URGENT

    def due(
        self, first: float, last: float, around: Callable[[float], tuple[float, float]]
    ) -> Iterator[str]:
        """Give those that start between two instants and were asked for all the while around it.

        `around` gives from when to when that is.
        """
        for key, wanted in self.by_key.items():
            at = (wanted[0].airing.start - self._epoch).total_seconds()
            if first <= at < last and all(
                key in edition.keys for edition in self._between(*around(at))
            ):
                yield key

    def _between(self, since: float, until: float) -> Iterator[Edition]:
        """Give what ran between two instants, and what a daemon that was dead then ran after."""
        ends = [*(edition.since for edition in self.editions[1:]), math.inf]
        for edition, end in zip(self.editions, ends, strict=True):
            if edition.since <= until and end >= since:
                yield edition


def label(airing: Airing) -> str:
    """Name an airing's sound as its loudspeakers are told it."""
    return f"{airing.start:%Y-%m-%d_%H%M}_{airing.campaign}_{airing.slot.id}"
