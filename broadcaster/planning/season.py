"""Says plainly when there is nothing to air because no campaign is on."""

from __future__ import annotations

from datetime import date

from broadcaster.domain.station import Station
from broadcaster.messages import Message, msg


def off_season(station: Station, today: date) -> Message | None:
    """Say that every campaign is over, or none has begun; None while one is on."""
    enabled = [campaign for campaign in station.campaigns if campaign.enabled]
    if not enabled:
        return msg("no campaign is enabled: there is nothing to air")
    last = max(each.until or date.max for each in enabled)
    if last < today:
        return msg("every campaign is over: the last ended on {day}", day=f"{last:%d/%m/%Y}")
    first = min(each.from_ or date.min for each in enabled)
    if today < first:
        return msg("no campaign has begun: the first begins on {day}", day=f"{first:%d/%m/%Y}")
    if not any(_on(each.from_, each.until, today) for each in enabled):
        after = min(each.from_ for each in enabled if each.from_ and each.from_ > today)
        return msg("no campaign is on: the next begins on {day}", day=f"{after:%d/%m/%Y}")
    return None


def _on(first: date | None, last: date | None, today: date) -> bool:
    return (first or date.min) <= today <= (last or date.max)
