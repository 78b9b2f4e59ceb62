"""A ward's files as people edit them while its daemon runs: now and then they break them."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, time, timedelta

from broadcaster.daemon.edits import State
from broadcaster.domain.campaign import Campaign, RadioSlot
from broadcaster.domain.station import Station
from broadcaster.errors import Problem, UserError
from broadcaster.messages import msg
from tests.simulation.ward import FIRST, LATE, slogan, slot

BROKEN = msg("is no time of day")
FILE = "playlists/{}.toml"


class Folder:
    """What a station's files say; `right` is what they said when they were last right."""

    def __init__(self, station: Station) -> None:
        self.right = station
        self._now: Station | None = station
        self._problems: tuple[Problem, ...] = ()
        self._saved = 0

    def state(self) -> State:
        """Give what changes with every edit."""
        return {FILE.format("dot-1"): self._saved}

    def load(self) -> tuple[Station, Sequence[Problem]]:
        """Read them; raises UserError where nothing of the station is right."""
        if self._now is None:
            raise UserError(self._problems)
        return self._now, self._problems

    def save(self, station: Station) -> None:
        """Write what is right."""
        self.right = self._now = station
        self._problems, self._saved = (), self._saved + 1

    def spoil(self, campaign: int, *, whole: bool) -> None:
        """Write a mistake into a playlist, or into devices.toml: then nothing is left."""
        wrong = self.right.campaigns[campaign]
        left = tuple(each for each in self.right.campaigns if each is not wrong)
        self._now = None if whole else replace(self.right, campaigns=left)
        name = "devices.toml" if whole else FILE.format(wrong.id)
        self._problems, self._saved = (Problem(name, 7, "at", BROKEN),), self._saved + 1


def edited(chance: random.Random, station: Station, number: int) -> Station:
    """Give a station after an edit at random."""
    if chance.random() < 0.15:
        return _shrunk(chance, station)
    which = chance.randrange(len(station.campaigns))
    campaign = chance.choice(_EDITS)(chance, station.campaigns[which], station, number)
    campaigns = list(station.campaigns)
    campaigns[which] = campaign
    return replace(station, campaigns=tuple(campaigns))


def _shrunk(chance: random.Random, station: Station) -> Station:
    """Take a loudspeaker out of a zone that has others."""
    large = [zone for zone in station.zones.values() if len(zone.speakers) > 1]
    if not large:
        return station
    zone = chance.choice(large)
    left = tuple(sorted(chance.sample(zone.speakers, len(zone.speakers) - 1)))
    return replace(station, zones={**station.zones, zone.id: replace(zone, speakers=left)})


def _changed(campaign: Campaign, which: int, **more: object) -> Campaign:
    """Change one of its slots."""
    slots = list(campaign.radio)
    slots[which] = replace(slots[which], **more)  # type: ignore[arg-type]
    return replace(campaign, radio=tuple(slots))


def _any(chance: random.Random, campaign: Campaign, **more: object) -> Campaign:
    radio = campaign.radio
    return _changed(campaign, chance.randrange(len(radio)), **more) if radio else campaign


def _move(chance: random.Random, campaign: Campaign, _s: Station, _n: int) -> Campaign:
    if not campaign.radio:
        return campaign
    by = timedelta(minutes=chance.choice((-31, -1, 1, 2, 31, 120)))
    which = chance.randrange(len(campaign.radio))
    return _changed(campaign, which, at=_times(campaign.radio[which], by))


def _times(slot: RadioSlot, by: timedelta) -> tuple[time, ...]:
    moved = {(datetime.combine(FIRST, at) + by).time() for at in slot.at}
    return tuple(sorted(moved))


def _remove(chance: random.Random, campaign: Campaign, _s: Station, _n: int) -> Campaign:
    left = list(campaign.radio)
    if left:
        del left[chance.randrange(len(left))]
    return replace(campaign, radio=tuple(left))


def _add(chance: random.Random, campaign: Campaign, station: Station, number: int) -> Campaign:
    heard = [zone.id for zone in station.zones.values() if zone.speakers]
    return replace(campaign, radio=(*campaign.radio, slot(chance, f"moi-{number}", heard)))


def _rezone(chance: random.Random, campaign: Campaign, station: Station, _n: int) -> Campaign:
    heard = [zone.id for zone in station.zones.values() if zone.speakers]
    zones = tuple(sorted(chance.sample(heard, chance.randrange(1, len(heard) + 1))))
    return _any(chance, campaign, zones=zones)


def _relax(chance: random.Random, campaign: Campaign, _s: Station, _n: int) -> Campaign:
    return _any(chance, campaign, late=chance.choice(LATE))


def _disable(_c: random.Random, campaign: Campaign, _s: Station, _n: int) -> Campaign:
    return replace(campaign, enabled=not campaign.enabled)


def _show(chance: random.Random, campaign: Campaign, _s: Station, number: int) -> Campaign:
    return replace(campaign, led=(slogan(chance, f"chu-moi-{number}"),))


_EDITS: Sequence[Callable[[random.Random, Campaign, Station, int], Campaign]] = (
    _move, _move, _remove, _add, _rezone, _relax, _disable, _show,
)  # fmt: skip
