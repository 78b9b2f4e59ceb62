"""A letter as JSON has it; keys are those of docs/letters.md."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from broadcaster.domain.letter import Letter, LetterCampaign, LetterEvent, Period
from broadcaster.messages import tr


def letter_json(letter: Letter) -> dict[str, Any]:
    """Give all of it."""
    return {
        "document_no": letter.document_no,
        "date": letter.date,
        "issuer": letter.issuer,
        "urgency": letter.urgency,
        "implements": letter.implements,
        "campaigns": [_campaign(each) for each in letter.campaigns],
        "channels": letter.channels,
        "reporting_deadline": letter.reporting_deadline,
        "sources": {field: asdict(source) for field, source in letter.sources.items()},
        "warnings": [{"line": each.line, "message": tr(each.message)} for each in letter.doubts],
    }


def _campaign(campaign: LetterCampaign) -> dict[str, Any]:
    return {
        "title": campaign.title,
        "theme": campaign.theme,
        "contents": campaign.contents,
        "slogans": campaign.slogans,
        "window": campaign.window and _period(campaign.window),
        "extra_windows": [
            {"label": each.label, **_period(each.period)} for each in campaign.extra_windows
        ],
        "events": [_event(each) for each in campaign.events],
    }


def _period(period: Period) -> dict[str, Any]:
    return {"start": period.start, "end": period.end}


def _event(event: LetterEvent) -> dict[str, Any]:
    told = asdict(event)
    del told["line"]  # which `sources` has
    return told
