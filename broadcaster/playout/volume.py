"""How loud each speaker is, by the time of day and the zones that are addressed."""

from __future__ import annotations

import math
from collections.abc import Iterable
from datetime import time

from broadcaster.domain.campaign import RadioSlot
from broadcaster.domain.station import SpeakerSpec, Station, Zone


def gains(station: Station, slot: RadioSlot, speakers: Iterable[str], at: time) -> dict[str, float]:
    """Give what each speaker's volume at that local time adds to a slot's own gain, in dB.

    A zone's volume lowers that of its speakers. One that stands in several of a slot's zones is as
    loud as the loudest of them asks for: nobody is to miss what another zone wants quiet.
    """
    minute = at.hour * 60 + at.minute
    zones = [station.zones[name] for name in slot.zones if name in station.zones]

    def asked(name: str) -> int:
        return max((volume(zone, minute) for zone in zones if name in zone.speakers), default=100)

    return {
        name: slot.gain_db
        + decibels(volume(station.speakers[name], minute))
        + decibels(asked(name))
        for name in speakers
    }


def volume(of: SpeakerSpec | Zone, minute: int) -> int:
    """Give a speaker's or zone's volume at a minute of the day, in percent of full voltage."""
    for part in of.volume_at:
        if part.between.covers(minute):
            return part.percent
    return of.volume


def decibels(percent: int) -> float:
    """Turn a percentage of full voltage into a gain; 0 mutes."""
    return 20 * math.log10(percent / 100) if percent else -math.inf
