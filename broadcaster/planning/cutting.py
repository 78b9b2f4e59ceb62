"""Who yields to an urgent airing, from where what was cut goes on, and when it is given up."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

from broadcaster.domain.airing import Airing, Entry
from broadcaster.domain.campaign import JOIN, AirClass, IfCut, RadioSlot
from broadcaster.messages import Message, msg

TAKE_UP = timedelta(minutes=30)
"""What was cut longer ago is not taken up: nobody would know what it goes on with."""
DROPPED = msg("its slot gives it up when it is cut")
TOO_LONG = msg("more than {minutes} minutes have passed since", minutes=30)
OVER = msg("its time is over")


def urgent(entry: Entry) -> bool:
    """Tell whether it cuts in."""
    return entry.airing.slot.air_class is AirClass.URGENT


def yielding(sounding: Iterable[Entry], speakers: Collection[str]) -> list[Entry]:
    """Give what has to be cut for these loudspeakers to be free; urgent ones never are.

    A zone that loses one of its loudspeakers is cut as a whole, and with it what shares another of
    them. Zones of the same group that are not touched play on.
    """
    left, needed = [entry for entry in sounding if not urgent(entry)], set(speakers)
    found: list[Entry] = []
    while hit := [entry for entry in left if not needed.isdisjoint(entry.speakers)]:
        found += hit
        left = [entry for entry in left if needed.isdisjoint(entry.speakers)]
        needed.update(name for entry in hit for name in entry.speakers)
    return found


def cutter(entry: Entry) -> str:
    """Name it for people."""
    return f"{entry.airing.campaign}/{entry.airing.slot.id}"


def goes_on(airing: Airing, position: float) -> float | None:
    """Give the second that an airing cut at `position` is taken up from; None if it isn't."""
    match airing.slot.if_cut:
        case IfCut.RESUME:
            return position
        case IfCut.RESTART:
            return 0.0
        case IfCut.DROP:
            return None


def joins(slot: RadioSlot) -> bool:
    """Tell whether what is left of it goes on where it would be by then."""
    return slot.late == JOIN and slot.if_cut is not IfCut.RESTART


def rejoined(entry: Entry, offset: float, now: datetime) -> float:
    """Give the second to go on from at `now`: what joins in progress lets pass what it missed."""
    if not joins(entry.airing.slot):
        return offset
    return max(offset, entry.offset + (now - entry.begins).total_seconds())


def left_too_long(cut: datetime, now: datetime) -> Message | None:
    """Say so, if it was cut too long ago."""
    return TOO_LONG if now - cut > TAKE_UP else None
