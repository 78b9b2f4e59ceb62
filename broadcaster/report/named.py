"""What a report calls things: all that it takes from the station's files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, tzinfo

from broadcaster.domain.campaign import LetterRef
from broadcaster.domain.station import Station


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """Names for people; what has none goes by its id."""

    station: str
    timezone: tzinfo
    campaign: str
    """Its id."""
    title: str
    theme: str = ""
    letter: LetterRef | None = None
    implements: tuple[str, ...] = ()
    window: tuple[date, date] | None = None
    zones: Mapping[str, str]
    """Of those with loudspeakers."""
    signs: Mapping[str, str]

    def zone(self, id_: str) -> str:
        """Name a zone."""
        return self.zones.get(id_, id_)

    def sign(self, id_: str) -> str:
        """Name a sign."""
        return self.signs.get(id_, id_)


def nameless() -> Named:
    """Give no names at all: enough to know which figures a report has."""
    return Named(station="", timezone=UTC, campaign="", title="", zones={}, signs={})


def named(station: Station, campaign: str) -> Named:
    """Take the names of a campaign, which the station may have no more, and of its places."""
    found = next((each for each in station.campaigns if each.id == campaign), None)
    zones = station.zones.values()
    return Named(
        station=station.name,
        timezone=station.timezone,
        campaign=campaign,
        title=found.title if found else campaign,
        theme=found.theme if found else "",
        letter=found.letter if found else None,
        implements=found.implements if found else (),
        window=(found.from_, found.until) if found and found.from_ and found.until else None,
        zones={zone.id: zone.name or zone.id for zone in zones if zone.speakers},
        signs={sign.id: sign.name or sign.id for sign in station.signs.values()},
    )
