"""The JSON of airings, of what signs show and of problems, alike in every command."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from broadcaster.domain.airing import Cut, Entry
from broadcaster.errors import Problem
from broadcaster.planning.signage import SignSpan, Withheld
from broadcaster.planning.untimed import Untimed


def airing_row(entry: Entry) -> dict[str, Any]:
    """Give an airing as `timetable --json` has it."""
    airing = entry.airing
    row = {
        "key": airing.key,
        "group": airing.group,
        "campaign": airing.campaign,
        "slot": airing.slot.id,
        "start": airing.start.isoformat(),
        "zone": airing.zone,
        "class": airing.slot.air_class.value,
        "seconds": round(airing.seconds, 3),
        "status": "refused" if entry.refusal else "planned",
        "reason": str(entry.refusal or ""),
    }
    passed = {"passed_guard": str(entry.passed)} if entry.passed else {}
    cuts = {"cuts": [_cut_row(cut, entry) for cut in entry.cuts]} if entry.cuts else {}
    return row | passed | cuts


def _cut_row(cut: Cut, entry: Entry) -> dict[str, Any]:
    tz = entry.airing.start.tzinfo
    goes_on = cut.resumes.astimezone(tz).isoformat() if cut.resumes else None
    return {
        "at": cut.at.astimezone(tz).isoformat(),
        "by": cut.by,
        "goes_on": goes_on,
        "second": round(cut.offset, 3) if goes_on else None,
        "reason": str(cut.lost or ""),
    }


def sign_rows(span: SignSpan) -> Iterator[dict[str, Any]]:
    """Give a row a campaign: those that share a sign loop their slogans."""
    content = span.content
    for campaign in dict.fromkeys(content.campaigns):
        pairs = zip(content.slogans, content.campaigns, strict=True)
        yield {
            "sign": span.sign,
            "from": span.from_.isoformat(),
            "until": span.until.isoformat(),
            "slogans": [slogan.text for slogan, owner in pairs if owner == campaign],
            "campaign": campaign,
        }


def planned_rows(span: SignSpan) -> Iterator[dict[str, Any]]:
    """Give the same as what is planned, beside what is refused."""
    return (row | {"status": "planned", "reason": ""} for row in sign_rows(span))


def withheld_row(what: Withheld) -> dict[str, Any]:
    """Give what a sign may not show."""
    return {
        "sign": what.sign,
        "from": what.from_.isoformat(),
        "until": what.until.isoformat(),
        "slogans": list(what.slot.slogans),
        "campaign": what.campaign,
        "slot": what.slot.id,
        "status": "refused",
        "reason": str(what.reason),
    }


def untimed_row(what: Untimed) -> dict[str, Any]:
    """Give a slot that has no time on its day."""
    return {
        "day": what.day.isoformat(),
        "campaign": what.campaign,
        "slot": what.slot.id,
        "zones": list(what.slot.zones),
        "reason": str(what.reason),
    }


def problem_row(problem: Problem) -> dict[str, Any]:
    """Give a problem in English."""
    kept = asdict(problem)
    return kept | {"message": str(problem.message), "hint": str(problem.hint or "")}
