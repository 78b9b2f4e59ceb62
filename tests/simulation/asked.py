"""What a ward's playlists ask for, to hold what happened against."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from broadcaster.domain.airing import Airing
from broadcaster.domain.station import Station
from broadcaster.planning.expand import expand
from broadcaster.planning.plan import days_between
from tests.fakes.studio import FakeStudio
from tests.simulation.street import Sound


class Asked:
    """Every airing that a station's playlists ever ask for."""

    def __init__(self, station: Station, studio: FakeStudio) -> None:
        first = min(campaign.from_ for campaign in station.campaigns if campaign.from_)
        last = max(campaign.until for campaign in station.campaigns if campaign.until)
        days = days_between(first - timedelta(days=7), last + timedelta(days=7))
        made = expand(station.campaigns, days, station.timezone, (), studio.seconds)
        self.by_key = {airing.key: airing for airing in made}
        self._station = station
        self.by_label: dict[str, list[Airing]] = {}
        for airing in made:
            self.by_label.setdefault(label(airing), []).append(airing)

    def of(self, sound: Sound) -> list[Airing]:
        """Give the airings that a sound on a loudspeaker can be one of."""
        return [
            airing
            for airing in self.by_label.get(sound.label, ())
            if sound.speaker in self.speakers(airing)
        ]

    def speakers(self, airing: Airing) -> tuple[str, ...]:
        """Give the loudspeakers that an airing is for."""
        return self._station.zones[airing.zone].speakers

    def between(self, first: datetime, last: datetime) -> Iterable[Airing]:
        """Give those that start between two instants."""
        return (each for each in self.by_key.values() if first <= each.start < last)


def label(airing: Airing) -> str:
    """Name an airing's sound as its loudspeakers are told it."""
    return f"{airing.start:%Y-%m-%d_%H%M}_{airing.campaign}_{airing.slot.id}"
