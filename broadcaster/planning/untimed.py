"""Slots whose times of day can't be read: the days on which they would have been."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from typing import NamedTuple

from broadcaster.domain.campaign import Campaign, LedSlot, RadioSlot
from broadcaster.messages import Message
from broadcaster.planning.days import days_of


class Untimed(NamedTuple):
    """A slot on a day of its own, at no time that anybody knows."""

    day: date
    campaign: str
    slot: RadioSlot | LedSlot
    reason: Message


def untimed(
    campaigns: Iterable[Campaign], days: Iterable[date], holidays: Collection[date]
) -> list[Untimed]:
    """Give them in order of day, campaign and slot; they are refused for their slot's fault."""
    calendar = list(days)
    found = [
        Untimed(day, campaign.id, slot, slot.fault)
        for campaign in campaigns
        if campaign.enabled
        for slot in _slots(campaign)
        if slot.enabled and slot.fault is not None and not _times(slot)
        for day in days_of(campaign, slot.days, calendar, holidays)
    ]
    return sorted(found, key=lambda each: (each.day, each.campaign, each.slot.id))


def _slots(campaign: Campaign) -> tuple[RadioSlot | LedSlot, ...]:
    return *campaign.radio, *campaign.led


def _times(slot: RadioSlot | LedSlot) -> Collection[object]:
    return slot.at if isinstance(slot, RadioSlot) else slot.between
