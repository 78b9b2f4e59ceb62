"""What a look ahead finds: airings refused, and slots that no day is left for."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, timedelta
from typing import NamedTuple

from broadcaster.domain.airing import Entry, Rundown
from broadcaster.domain.campaign import Campaign
from broadcaster.domain.days import DayRule
from broadcaster.messages import Message, msg
from broadcaster.planning.days import days_of

OPEN_ENDED = timedelta(days=400)
"""How much of a window without an end is looked at."""


class Finding(NamedTuple):
    """Something about a slot that its editor should know."""

    campaign: str
    slot: str
    message: Message
    entries: tuple[Entry, ...] = ()
    """The airings that it befalls, in order; of several, the message speaks of the first."""


def refusals(rundown: Rundown) -> tuple[Finding, ...]:
    """Give what is refused, once for each slot and kind of reason."""
    found: dict[tuple[str, str, str], list[tuple[Entry, Message]]] = {}
    for entry in rundown.entries:
        if entry.refusal is not None:
            airing = entry.airing
            place = (airing.campaign, airing.slot.id, entry.refusal.id)
            found.setdefault(place, []).append((entry, entry.refusal))
    return tuple(
        Finding(campaign, slot, rows[0][1], tuple(entry for entry, _ in rows))
        for (campaign, slot, _), rows in found.items()
    )


def cuts(rundown: Rundown) -> tuple[Finding, ...]:
    """Give what urgent airings are planned to cut, once for each slot and what cuts it."""
    found: dict[tuple[str, str, str], list[Entry]] = {}
    for entry in rundown.entries:
        for cut in entry.cuts:
            airing = entry.airing
            found.setdefault((airing.campaign, airing.slot.id, cut.by), []).append(entry)
    return tuple(
        Finding(campaign, slot, msg("{by} cuts in", by=by), tuple(entries))
        for (campaign, slot, by), entries in found.items()
    )


def never_due(campaigns: Iterable[Campaign], holidays: Collection[date]) -> tuple[Finding, ...]:
    """Give the enabled slots, of sound and of signs, that no day is left for."""
    rules = (
        (campaign, slot.id, slot.days)
        for campaign in campaigns
        if campaign.enabled
        for slots in (campaign.radio, campaign.led)
        for slot in slots
        if slot.enabled
    )
    return tuple(
        Finding(campaign.id, slot, msg("its rules and the campaign's window leave it no day"))
        for campaign, slot, rule in rules
        if not _has_day(campaign, rule, holidays)
    )


def _has_day(campaign: Campaign, rule: DayRule, holidays: Collection[date]) -> bool:
    if rule.dates:
        return bool(days_of(campaign, rule, rule.dates, holidays))
    firsts = [day for day in (campaign.from_, rule.from_) if day]
    lasts = [day for day in (campaign.until, rule.until) if day]
    first, last = max(firsts, default=None), min(lasts, default=None)
    if first is None and last is None:
        return bool(rule.weekdays)
    first = first or (last or date.min) - OPEN_ENDED
    last = last or first + OPEN_ENDED
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    return bool(days_of(campaign, rule, days, holidays))
