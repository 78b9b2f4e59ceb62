"""How loud each speaker is, by the time of day."""

from __future__ import annotations

import math
from collections.abc import Iterable
from datetime import time

from broadcaster.domain.campaign import RadioSlot
from broadcaster.domain.station import SpeakerSpec, Station


def gains(station: Station, slot: RadioSlot, speakers: Iterable[str], at: time) -> dict[str, float]:
    """Give what each speaker's volume at that local time adds to a slot's own gain, in dB."""
    minute = at.hour * 60 + at.minute
    return {
        name: slot.gain_db + decibels(volume(station.speakers[name], minute)) for name in speakers
    }


def volume(spec: SpeakerSpec, minute: int) -> int:
    """Give a speaker's volume at a minute of the day, in percent of full voltage."""
    for part in spec.volume_at:
        if part.between.covers(minute):
            return part.percent
    return spec.volume


def decibels(percent: int) -> float:
    """Turn a percentage of full voltage into a gain; 0 mutes."""
    return 20 * math.log10(percent / 100) if percent else -math.inf
