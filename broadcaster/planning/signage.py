"""What each sign is to show, at any instant."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import NamedTuple

from broadcaster.domain.airing import ShownSlogan, SignContent
from broadcaster.domain.campaign import AirClass, Effect, LedSlot
from broadcaster.domain.station import Percent, Station
from broadcaster.messages import Message
from broadcaster.planning.led_times import (
    DAY,
    Wanted,
    around,
    at_minute,
    signs_of,
    times,
    wanted,
)

IDLE_DWELL = 8.0
MINUTE = timedelta(minutes=1)
HORIZON = 400
"""Days ahead in which a change is looked for: a year, with some room."""
AHEAD = timedelta(minutes=10)
"""How far beyond the next change signs are told of their own: no board takes longer to fill."""


class Coming(NamedTuple):
    """What a sign is to show from an instant on."""

    at: datetime
    content: SignContent


class Course(NamedTuple):
    """What a sign is to show now, and next."""

    content: SignContent
    coming: Coming | None = None

    def by(self, at: datetime) -> Course:
        """Give it as it is from an instant on."""
        return Course(self.coming.content) if self.coming and self.coming.at <= at else self


class SignSpan(NamedTuple):
    """What campaigns want a sign to show between two instants."""

    sign: str
    from_: datetime
    until: datetime
    content: SignContent


NO_SIGN = "?"
"""Stands in where a slot's zones have no sign: it is to be seen refused somewhere."""


class Withheld(NamedTuple):
    """A time in which a slot would show on a sign, and may not."""

    sign: str
    from_: datetime
    until: datetime
    campaign: str
    slot: LedSlot
    reason: Message

    @property
    def key(self) -> str:
        """Name it for ever, as an airing is named."""
        start = self.from_.isoformat(timespec="minutes")
        return f"{self.campaign}/{self.slot.id}/{start}/{self.sign}"


def desired(station: Station, sign: str, now: datetime) -> SignContent:
    """Give what a sign is to show now: the slogans of the highest class present, or its idle.

    And how bright: `spans` and what they tell leave that out.
    """
    return courses(station, now)[sign].content


def courses(station: Station, now: datetime) -> dict[str, Course]:
    """Give what every sign is to show now, and next.

    What comes next is told where it comes by `next_change` or a little later: ask again then.
    """
    edges = _edges(station, now)
    last = edges[-1] if edges else now
    slots = list(wanted(station, around(station, now, last)))
    present = _desired(station, slots, now)
    coming: dict[str, Coming] = {}
    for edge in edges:
        for name, content in _desired(station, slots, edge).items():
            if content != present[name]:
                coming.setdefault(name, Coming(edge, content))
    return {name: Course(content, coming.get(name)) for name, content in present.items()}


def spans(station: Station, from_: datetime, until: datetime) -> list[SignSpan]:
    """Give what campaigns want on signs between two instants; where they want nothing, no span.

    In order of sign and time; instants are in the station's zone.
    """
    found: list[SignSpan] = []
    slots = _placed(station, wanted(station, around(station, from_, until)))
    for sign in station.signs:
        mine = [each for each, signs in slots if sign in signs]
        edges = {edge for each in mine for edge in (each.from_, each.until)}
        cuts = sorted({from_, until} | {edge for edge in edges if from_ < edge < until})
        for start, end in pairwise(cuts):
            content = _content([each for each in mine if each.from_ <= start < each.until])
            if content is not None:
                tz = station.timezone
                _extend(found, SignSpan(sign, start.astimezone(tz), end.astimezone(tz), content))
    return found


def withheld(station: Station, from_: datetime, until: datetime) -> list[Withheld]:
    """Give all that would show at some time between two instants and may not, and why.

    In order of time and sign; instants are in the station's zone, and what begins before or ends
    after is given whole.
    """
    tz = station.timezone
    found = [
        Withheld(sign, each.from_.astimezone(tz), each.until.astimezone(tz),
                 each.campaign.id, each.slot, reason)
        for each in wanted(station, around(station, from_, until))
        if each.from_ < until and each.until >= from_
        for sign in signs_of(station, each.slot) or [NO_SIGN]
        if (reason := each.barred(sign))
    ]  # fmt: skip
    return sorted(found, key=lambda one: (one.from_.astimezone(UTC), one.sign, one.key))


def withheld_now(station: Station, now: datetime) -> list[Withheld]:
    """Give what would show now and may not; what takes no time is now for a minute."""
    now = now.astimezone(UTC)
    return [
        each
        for each in withheld(station, now - MINUTE, now + MINUTE)
        if each.from_ <= now < max(each.until, each.from_ + MINUTE)
    ]


def next_change(station: Station, now: datetime) -> datetime | None:
    """Give the next instant at which any sign's content may change; None: not within a year.

    What may not show counts too: that is to be recorded at its time.
    """
    return next(iter(_edges(station, now)), None)


def _edges(station: Station, now: datetime) -> list[datetime]:
    """Give the next instant of a change, and those that follow it within AHEAD."""
    first = around(station, now, now)[0]
    brightness = {part for spec in station.signs.values() for part in spec.brightness_at}
    found: set[datetime] = set()
    for day in (first + DAY * number for number in range(HORIZON)):
        ends = [(each.from_, each.until) for each in wanted(station, [day])]
        ends += [times(day, part.between, station.timezone) for part in brightness]
        found.update(edge for pair in ends for edge in pair if edge > now)
        # A later day's ranges begin after this day's end.
        if found and min(found) + AHEAD < at_minute(day + DAY, 0, station.timezone):
            break
    return sorted(edge for edge in found if edge <= min(found) + AHEAD)


def _desired(station: Station, slots: Iterable[Wanted], at: datetime) -> dict[str, SignContent]:
    """Give every sign's content; those that show alike share it, as there may be a thousand."""
    here = _placed(station, (each for each in slots if each.from_ <= at < each.until))
    made: dict[object, SignContent] = {}
    found: dict[str, SignContent] = {}
    for name, spec in station.signs.items():
        mine = [each for each, signs in here if name in signs]
        alike = (*map(id, mine), spec.idle, spec.brightness_at)
        if alike not in made:
            bright = _brightness(station, spec.brightness_at, at)
            made[alike] = replace(_content(mine) or _idle(spec.idle), brightness=bright)
        found[name] = made[alike]
    return found


def _placed(station: Station, slots: Iterable[Wanted]) -> list[tuple[Wanted, frozenset[str]]]:
    """Give what may show, each with the signs that it shows on."""
    fit = [each for each in slots if each.slot.fault is None and each.slot.slogans]
    signs = {
        id(slot): frozenset(signs_of(station, slot)) - slot.unfit.keys()
        for slot in {id(each.slot): each.slot for each in fit}.values()
    }
    return [(each, signs[id(each.slot)]) for each in fit]


def _brightness(station: Station, parts: Iterable[Percent], now: datetime) -> int:
    for part in parts:
        for day in around(station, now, now):
            from_, until = times(day, part.between, station.timezone)
            if from_ <= now < until:
                return part.percent
    return 100


def _content(found: list[Wanted]) -> SignContent | None:
    if not found:
        return None
    rank = min(each.slot.air_class.rank for each in found)
    shown = {
        (each.slot.order, each.campaign.id, each.slot.id): each.slot
        for each in found
        if each.slot.air_class.rank == rank
    }
    loop = [
        (ShownSlogan(text, slot.effect.value, slot.dwell, slot.colour or ""), campaign)
        for (_, campaign, _), slot in sorted(shown.items(), key=lambda item: item[0])
        for text in slot.slogans
    ]
    return SignContent(
        tuple(slogan for slogan, _ in loop),
        tuple(owner for _, owner in loop),
        urgent=rank == AirClass.URGENT.rank,
    )


def _idle(idle: str) -> SignContent:
    if idle == "clock":
        return SignContent(clock=True)
    if idle == "blank":
        return SignContent()
    return SignContent((ShownSlogan(idle, Effect.SCROLL_LEFT.value, IDLE_DWELL),))


def _extend(found: list[SignSpan], span: SignSpan) -> None:
    last = found[-1] if found else None
    if last and (last.sign, last.until, last.content) == (span.sign, span.from_, span.content):
        found[-1] = last._replace(until=span.until)
    else:
        found.append(span)
