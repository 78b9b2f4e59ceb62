"""How long before it begins an airing is to be given to playout."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from broadcaster.domain.airing import Entry
from broadcaster.domain.campaign import Relay
from broadcaster.domain.station import Station
from broadcaster.planning.due import Lead

NOTHING = timedelta()


def leads(station: Station, armed: timedelta, connected: timedelta) -> Lead:
    """Give what the slowest of its loudspeakers needs: to be told, and an amplifier's warm-up.

    What begins with a stream needs `connected` at least: so long before, the stream is tried.

    All that starts together is given together, so those of every zone of its slot count.
    """
    amplifiers = {name: spec.amplifier for name, spec in station.speakers.items()}

    def slowest(speakers: Iterable[str]) -> timedelta:
        known = (amplifiers.get(name) for name in speakers)
        return max((each.warm_up for each in known if each), default=NOTHING)

    warm_ups = {zone.id: slowest(zone.speakers) for zone in station.zones.values()}

    def lead(entry: Entry) -> timedelta:
        slot = entry.airing.slot
        told = armed + max((warm_ups.get(zone, NOTHING) for zone in slot.zones), default=NOTHING)
        first = slot.items[:1]
        return max(told, connected) if any(isinstance(one, Relay) for one in first) else told

    return lead
