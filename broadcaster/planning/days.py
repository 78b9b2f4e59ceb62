"""Which days a rule means, and the instants of local times."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import lru_cache

from broadcaster.domain.campaign import Campaign
from broadcaster.domain.days import DayRule


def within(day: date, first: date | None, last: date | None) -> bool:
    """Tell whether a day lies between two, both included; None leaves a side open."""
    return (first is None or first <= day) and (last is None or day <= last)


def meant(rule: DayRule, day: date, holidays: Collection[date]) -> bool:
    """Tell whether a rule chooses a day."""
    return (
        day.weekday() in rule.weekdays
        and within(day, rule.from_, rule.until)
        and (not rule.dates or day in rule.dates)
        and day not in rule.except_
        and not (rule.holidays == "skip" and day in holidays)
    )


def days_of(
    campaign: Campaign, rule: DayRule, days: Collection[date], holidays: Collection[date]
) -> list[date]:
    """Give those of `days` that a slot of the campaign is meant for."""
    return [
        day
        for day in days
        if within(day, campaign.from_, campaign.until) and meant(rule, day, holidays)
    ]


@lru_cache(maxsize=4096)
def steady(day: date, tz: tzinfo | None) -> bool:
    """Tell whether the clocks stay as they are from the start of a day to the next one's end."""
    first, last = (datetime.combine(day + timedelta(days=each), time(), tz) for each in (0, 2))
    return first.utcoffset() == last.utcoffset()


def instant(day: date, at: time, tz: tzinfo) -> datetime:
    """Give a local time of a day, in `tz`.

    A time that the clocks skip becomes the first instant after the gap; of one that they repeat,
    the first is taken.
    """
    local = datetime.combine(day, at, tz)
    if steady(day, tz):
        return local
    landed = local.astimezone(UTC).astimezone(tz)
    # Both are of one zone, so they compare as clocks show them.
    return local if landed == local else _after_gap(local, tz)


def _after_gap(local: datetime, tz: tzinfo) -> datetime:
    # PEP 495: in a gap, fold 1 gives an instant before the change, fold 0 one after it.
    before, after = local.replace(fold=1).astimezone(UTC), local.astimezone(UTC)
    new = after.astimezone(tz).utcoffset()
    second = timedelta(seconds=1)
    while after - before > second:
        middle = before + (after - before) // 2 // second * second
        if middle.astimezone(tz).utcoffset() == new:
            after = middle
        else:
            before = middle
    return after.astimezone(tz)
