"""Why one airing may not begin for another's sake, in words."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Literal

from broadcaster.domain.airing import Airing
from broadcaster.domain.campaign import JOIN
from broadcaster.messages import Message, msg
from broadcaster.planning.occupancy import Sound, ZonePlan
from broadcaster.planning.words import clock, span


def unfit(airing: Airing, zone: ZonePlan | None) -> Message:
    """Say why it can't sound whenever it is planned for."""
    if airing.slot.fault is not None:
        return airing.slot.fault
    if zone is None:
        return msg("zone {zone} is not in devices.toml", zone=airing.zone)
    return msg("zone {zone} has no loudspeakers", zone=airing.zone)


def may_slip(airing: Airing, slip: timedelta) -> bool:
    """Tell whether it may begin so much late."""
    late = airing.slot.late
    return slip.total_seconds() < airing.seconds if late == JOIN else slip <= late


def clash(airing: Airing, start: datetime, other: Sound) -> Message:
    """Say what keeps its loudspeakers from it for too long."""
    tz, late = airing.start.tzinfo, airing.slot.late
    name = f"{other.airing.campaign}/{other.airing.slot.id}"
    begins, until = clock(other.begins, tz), clock(other.ends, tz)
    if other.begins > start:
        return _goes_first(name, begins, until, late)
    if late == JOIN:
        return msg(
            "clashes with {other}, on air until {until}: nothing is left to join",
            other=name,
            until=until,
        )
    return msg(
        "clashes with {other}, on air until {until}: it may begin at most {late} late",
        other=name,
        until=until,
        late=span(late),
    )


def _goes_first(name: str, begins: str, until: str, late: timedelta | Literal["join"]) -> Message:
    if late == JOIN:
        return msg(
            "clashes with {other}, which goes first, from {begins} until {until}: "
            "nothing is left to join",
            other=name,
            begins=begins,
            until=until,
        )
    return msg(
        "clashes with {other}, which goes first, from {begins} until {until}: "
        "it may begin at most {late} late",
        other=name,
        begins=begins,
        until=until,
        late=span(late),
    )
