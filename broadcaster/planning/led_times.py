"""When LED slots show, and on which signs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import NamedTuple

from broadcaster.domain.campaign import Campaign, LedSlot
from broadcaster.domain.days import MINUTES_A_DAY, TimeRange
from broadcaster.domain.station import Station
from broadcaster.messages import Message, msg
from broadcaster.planning.days import days_of, instant

DAY = timedelta(days=1)


class Wanted(NamedTuple):
    """A slot's slogans on its signs between two instants, in UTC."""

    from_: datetime
    until: datetime
    campaign: Campaign
    slot: LedSlot
    between: TimeRange

    def barred(self, sign: str) -> Message | None:
        """Say why it may not show on a sign, if it may not."""
        if self.slot.fault is None and self.from_ == self.until:
            return msg("the clocks skip {range} on this day", range=str(self.between))
        return self.slot.fault or self.slot.unfit.get(sign)


def around(station: Station, from_: datetime, until: datetime) -> list[date]:
    """Give the local days whose ranges may touch a time: over midnight, the day before too."""
    first, last = (at.astimezone(station.timezone).date() for at in (from_ - DAY, until))
    return [first + DAY * number for number in range((last - first).days + 1)]


def wanted(station: Station, days: Sequence[date]) -> Iterator[Wanted]:
    """Give when slots show that are not disabled; a range over midnight is of the day it begins."""
    for campaign, slot in _slots(station):
        for day in days_of(campaign, slot.days, days, station.holidays):
            for each in slot.between:
                yield Wanted(*times(day, each, station.timezone), campaign, slot, each)


def signs_of(station: Station, slot: LedSlot) -> list[str]:
    """Name the signs of a slot's zones."""
    zones = [station.zones[name] for name in slot.zones if name in station.zones]
    return sorted({sign for zone in zones for sign in zone.signs if sign in station.signs})


def times(day: date, each: TimeRange, tz: tzinfo) -> tuple[datetime, datetime]:
    """Give a range of a local day as instants in UTC."""
    return at_minute(day, each.start, tz), at_minute(day, each.end + _over_midnight(each), tz)


def at_minute(day: date, minute: int, tz: tzinfo) -> datetime:
    """Give a minute of a local day, or of one that follows it, in UTC."""
    days, minute = divmod(minute, MINUTES_A_DAY)
    local = instant(day + DAY * days, time(minute // 60, minute % 60), tz)
    return local.astimezone(UTC)


def _over_midnight(each: TimeRange) -> int:
    return MINUTES_A_DAY if each.end <= each.start else 0


def _slots(station: Station) -> list[tuple[Campaign, LedSlot]]:
    return [
        (campaign, slot)
        for campaign in station.campaigns
        if campaign.enabled
        for slot in campaign.led
        if slot.enabled
    ]
