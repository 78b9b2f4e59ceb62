"""What each sign is to show, at any instant."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from itertools import pairwise
from typing import NamedTuple

from broadcaster.domain.airing import ShownSlogan, SignContent
from broadcaster.domain.campaign import AirClass, Campaign, Effect, LedSlot
from broadcaster.domain.days import MINUTES_A_DAY, TimeRange
from broadcaster.domain.station import SignSpec, Station
from broadcaster.messages import Message, msg
from broadcaster.planning.days import days_of, instant

IDLE_DWELL = 8.0
DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)
HORIZON = 400
"""Days ahead in which a change is looked for: a year, with some room."""


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


class _Wanted(NamedTuple):
    """A slot's slogans on a sign between two instants."""

    from_: datetime
    until: datetime
    campaign: Campaign
    slot: LedSlot
    between: TimeRange


def desired(station: Station, sign: str, now: datetime) -> SignContent:
    """Give what a sign is to show now: the slogans of the highest class present, or its idle.

    And how bright: `spans` and what they tell leave that out.
    """
    wanted = _wanted(station, _slots_on(station, sign), _around(station, now, now))
    here = [each for each in wanted if each.from_ <= now < each.until]
    content = _content(here) or _idle(station.signs[sign].idle)
    return replace(content, brightness=_brightness(station, station.signs[sign], now))


def spans(station: Station, from_: datetime, until: datetime) -> list[SignSpan]:
    """Give what campaigns want on signs between two instants; where they want nothing, no span.

    In order of sign and time; instants are in the station's zone.
    """
    found: list[SignSpan] = []
    days = _around(station, from_, until)
    for sign in station.signs:
        wanted = list(_wanted(station, _slots_on(station, sign), days))
        edges = {edge for each in wanted for edge in (each.from_, each.until)}
        cuts = sorted({from_, until} | {edge for edge in edges if from_ < edge < until})
        for start, end in pairwise(cuts):
            content = _content([each for each in wanted if each.from_ <= start < each.until])
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
        for each in _wanted(station, _slots(station), _around(station, from_, until))
        if each.from_ < until and each.until >= from_
        for sign in _signs_of(station, each.slot) or [NO_SIGN]
        if (reason := _barred(each) or each.slot.unfit.get(sign))
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
    slots = _slots(station)
    first = _around(station, now, now)[0]
    ahead: set[datetime] = set()
    for day in (first + DAY * number for number in range(HORIZON)):
        times = [(each.from_, each.until) for each in _wanted(station, slots, [day])]
        times += [
            _times(day, part.between, station.timezone)
            for spec in station.signs.values()
            for part in spec.brightness_at
        ]
        ahead.update(edge for ends in times for edge in ends if edge > now)
        # A later day's ranges begin after this day's end.
        if ahead and min(ahead) < _at(day + DAY, 0, station.timezone):
            break
    return min(ahead, default=None)


def _around(station: Station, from_: datetime, until: datetime) -> list[date]:
    """Give the local days whose ranges may touch a time: over midnight, the day before too."""
    first, last = (at.astimezone(station.timezone).date() for at in (from_ - DAY, until))
    return [first + DAY * number for number in range((last - first).days + 1)]


def _slots(station: Station) -> list[tuple[Campaign, LedSlot]]:
    return [
        (campaign, slot)
        for campaign in station.campaigns
        if campaign.enabled
        for slot in campaign.led
        if slot.enabled
    ]


def _slots_on(station: Station, sign: str) -> list[tuple[Campaign, LedSlot]]:
    here = {zone.id for zone in station.zones.values() if sign in zone.signs}
    return [
        (campaign, slot)
        for campaign, slot in _slots(station)
        if slot.fault is None and slot.slogans and sign not in slot.unfit
        if not here.isdisjoint(slot.zones)
    ]


def _signs_of(station: Station, slot: LedSlot) -> list[str]:
    zones = [station.zones[name] for name in slot.zones if name in station.zones]
    return sorted({sign for zone in zones for sign in zone.signs if sign in station.signs})


def _barred(wanted: _Wanted) -> Message | None:
    if wanted.slot.fault is None and wanted.from_ == wanted.until:
        return msg("the clocks skip {range} on this day", range=str(wanted.between))
    return wanted.slot.fault


def _wanted(
    station: Station, slots: Iterable[tuple[Campaign, LedSlot]], days: list[date]
) -> Iterator[_Wanted]:
    """Give when slots show; a range over midnight is of the day that it begins on."""
    for campaign, slot in slots:
        for day in days_of(campaign, slot.days, days, station.holidays):
            for each in slot.between:
                yield _Wanted(*_times(day, each, station.timezone), campaign, slot, each)


def _brightness(station: Station, sign: SignSpec, now: datetime) -> int:
    for part in sign.brightness_at:
        for day in _around(station, now, now):
            from_, until = _times(day, part.between, station.timezone)
            if from_ <= now < until:
                return part.percent
    return 100


def _times(day: date, each: TimeRange, tz: tzinfo) -> tuple[datetime, datetime]:
    return _at(day, each.start, tz), _at(day, each.end + _over_midnight(each), tz)


def _over_midnight(each: TimeRange) -> int:
    return MINUTES_A_DAY if each.end <= each.start else 0


def _at(day: date, minute: int, tz: tzinfo) -> datetime:
    days, minute = divmod(minute, MINUTES_A_DAY)
    local = instant(day + DAY * days, time(minute // 60, minute % 60), tz)
    return local.astimezone(UTC)


def _content(wanted: list[_Wanted]) -> SignContent | None:
    if not wanted:
        return None
    rank = min(each.slot.air_class.rank for each in wanted)
    shown = {
        (each.slot.order, each.campaign.id, each.slot.id): each.slot
        for each in wanted
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
