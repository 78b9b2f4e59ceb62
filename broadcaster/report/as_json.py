"""The figures of a report for programs: keys and reasons in English, lengths in seconds."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from broadcaster.report.results import Aired, Results, Shown, Tally


def as_json(results: Results) -> dict[str, Any]:
    """Give all of it; what the ledger doesn't tell is null."""
    tip, window = results.tip, results.window
    return {
        "campaign": results.campaign,
        "window": window and {"from": window[0].isoformat(), "until": window[1].isoformat()},
        "ledger": {"record": tip.seq, "hash": tip.hash, "until": tip.at.isoformat()},
        "rehearsed": results.rehearsed,
        "total": _tally(results.total),
        "announcements": _tally(results.announcements),
        "zones": {zone: _tally(each) for zone, each in results.zones.items()},
        "days": {day.isoformat(): _tally(each) for day, each in results.days.items()},
        "causes": [
            {"outcome": each.outcome.value, "reason": str(each.reason or ""), "count": each.count}
            for each in results.causes
        ],
        "signs": {sign: asdict(hours) for sign, hours in results.signs.items()},
        "posts": results.posts,
        "gaps": [
            {"from": gap.from_.isoformat(), "until": gap.until.isoformat(), "stopped": gap.stopped}
            for gap in results.gaps
        ],
        "airings": [_aired(each) for each in results.airings],
        "shown": [_shown(each) for each in results.shown],
    }


def _tally(tally: Tally) -> dict[str, Any]:
    return asdict(tally) | {
        "whole": tally.whole,
        "unheard": tally.unheard,
        "coverage": tally.coverage,
    }


def _aired(each: Aired) -> dict[str, Any]:
    return {
        "key": each.key,
        "zone": each.zone,
        "planned": each.planned.isoformat(),
        "started": each.started and each.started.isoformat(),
        "finished": each.finished and each.finished.isoformat(),
        "urgent": each.urgent,
        "outcome": each.outcome,
        "reason": str(each.reason or ""),
        "asked": each.asked,
        "given": each.given,
        "voice": each.voice,
    }


def _shown(each: Shown) -> dict[str, Any]:
    return {
        "sign": each.sign,
        "slogans": list(each.slogans),
        "state": each.state,
        "reason": str(each.reason or ""),
        "from": each.from_.isoformat(),
        "until": each.until.isoformat(),
        "untold_hours": each.untold,
    }
