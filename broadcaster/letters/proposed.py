"""When a drafted campaign is proposed to sound: within the station's airtime."""

from __future__ import annotations

from collections.abc import Sequence

from broadcaster.domain.days import TimeRange
from broadcaster.domain.station import Station

MOST = 2
"""Broadcasts a day: morning and evening, as wards do."""
IN, APART = 30, 15
"""Minutes into a part of the day that is allowed, and between two campaigns of a letter."""


def times(station: Station, zones: Sequence[str], number: int) -> list[str]:
    """Give times of day that the guard of every zone allows, for the letter's campaign `number`."""
    airtimes = [station.zones[name].airtime for name in zones]
    sessions = [each.sessions_per_day for each in airtimes if each.sessions_per_day is not None]
    most = min([MOST, *sessions])
    found: list[str] = []
    for part in sorted(airtimes[0].allowed) if airtimes else ():
        minute = _minute(part, number)
        if all(any(each.covers(minute) for each in guard.allowed) for guard in airtimes):
            found.append(f"{minute // 60:02}:{minute % 60:02}")
    return [found[0], *found[1:][-(most - 1) :]] if found and most > 1 else found[:1]


def _minute(part: TimeRange, number: int) -> int:
    length = (part.end - part.start) % (24 * 60)
    return (part.start + min(IN + APART * number, max(0, length - APART))) % (24 * 60)
