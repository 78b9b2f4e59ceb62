"""Campaigns to airings: every broadcast that the playlists ask for."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from datetime import date, datetime, time, tzinfo

from broadcaster.domain.airing import Airing
from broadcaster.domain.campaign import Campaign, Chime, Event, RadioSlot, Reminder, Speech
from broadcaster.domain.days import DayRule
from broadcaster.messages import Message, msg
from broadcaster.planning.days import days_of, instant

Seconds = Callable[[str, RadioSlot], float]
"""How long a slot of a campaign sounds."""


def expand(
    campaigns: Iterable[Campaign],
    days: Iterable[date],
    tz: tzinfo,
    holidays: Collection[date],
    seconds: Seconds,
) -> list[Airing]:
    """Give every airing that starts on these local days, a row a zone.

    Sorted by start, class, order, campaign id, slot id and zone. `seconds` is asked once for each
    slot that airs, and never for one with a fault: that sounds for 0 s.
    """
    calendar = sorted(set(days))
    starts: dict[tuple[date, time], datetime] = {}
    found: dict[datetime, list[Airing]] = {}
    for campaign, slot, meant_days in _in_order(campaigns, calendar, holidays):
        if not meant_days:
            continue
        length = 0.0 if slot.fault else seconds(campaign.id, slot)
        zones = sorted(set(slot.zones))
        for day in meant_days:
            for at in slot.at:
                start = starts.get((day, at))
                if start is None:
                    start = starts[day, at] = instant(day, at, tz)
                row = found.setdefault(start, [])
                # Two times of a slot that fall on one instant, after a gap say, are one airing.
                if not row or row[-1].slot is not slot:
                    row += [Airing(campaign.id, slot, start, zone, length) for zone in zones]
    return [airing for start in sorted(found) for airing in found[start]]


def reminder_slots(campaign: Campaign) -> list[RadioSlot]:
    """Give the reminders of a campaign's events as slots."""
    return [
        reminder_slot(campaign, event, event.remind)
        for event in campaign.events
        if event.remind is not None
    ]


def reminder_slot(campaign: Campaign, event: Event, remind: Reminder) -> RadioSlot:
    """Give an event's reminder as a slot; its fault says why when the window excludes its day."""
    day = event.date - remind.before
    return RadioSlot(
        id=event.id,
        name=event.title,
        at=(remind.at,),
        days=DayRule(dates=frozenset({day})),
        zones=remind.zones,
        air_class=campaign.air_class,
        items=(Chime(), Speech(remind.script)),
        fault=remind.fault or _outside(campaign, day),
    )


def _outside(campaign: Campaign, day: date) -> Message | None:
    if campaign.from_ and day < campaign.from_:
        return msg(
            "{day} is before the campaign's window, which opens on {first}",
            day=f"{day:%d/%m/%Y}",
            first=f"{campaign.from_:%d/%m/%Y}",
        )
    if campaign.until and day > campaign.until:
        return msg(
            "{day} is after the campaign's window, which closed on {last}",
            day=f"{day:%d/%m/%Y}",
            last=f"{campaign.until:%d/%m/%Y}",
        )
    return None


def _in_order(
    campaigns: Iterable[Campaign], calendar: list[date], holidays: Collection[date]
) -> list[tuple[Campaign, RadioSlot, list[date]]]:
    rows = []
    for campaign in campaigns:
        if campaign.enabled:
            rows += [
                (campaign, slot, days_of(campaign, slot.days, calendar, holidays))
                for slot in campaign.radio
                if slot.enabled
            ]
            # A reminder outside the window is to be seen, refused, on the day it names.
            rows += [
                (campaign, slot, [day for day in calendar if day in slot.days.dates])
                for slot in reminder_slots(campaign)
            ]
    return sorted(rows, key=_order)


def _order(row: tuple[Campaign, RadioSlot, list[date]]) -> tuple[int, int, str, str]:
    campaign, slot, _ = row
    return slot.air_class.rank, slot.order, campaign.id, slot.id
