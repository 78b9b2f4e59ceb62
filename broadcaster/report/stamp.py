"""What a report keeps of what it was made of, in its properties, so that it can be checked."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, tzinfo
from typing import NamedTuple
from zoneinfo import ZoneInfo

from broadcaster.report.figures import Window
from broadcaster.report.named import Named
from broadcaster.report.results import Results

LANGUAGE = "vi"
"""Of every report, whoever asks for it: it is an official document."""
PREFIX = "broadcaster-"
FORMAT = "1"


class Stamp(NamedTuple):
    """Which campaign, up to which record of which ledger, by whose days."""

    campaign: str
    record: int
    hash: str
    timezone: tzinfo
    window: Window | None


def stamp(results: Results, names: Named) -> Mapping[str, str]:
    """Give the properties of a report."""
    window = names.window or ()
    held = {
        "format": FORMAT,
        "campaign": results.campaign,
        "record": str(results.tip.seq),
        "hash": results.tip.hash,
        "timezone": str(names.timezone),
        "window": "/".join(day.isoformat() for day in window),
    }
    return {PREFIX + key: value for key, value in held.items()}


def read(properties: Mapping[str, str]) -> Stamp | None:
    """Give back what `stamp` gave; None where it is not all there, or of another format."""
    held = {key.removeprefix(PREFIX): value for key, value in properties.items()}
    try:
        days = [date.fromisoformat(day) for day in held["window"].split("/") if day]
        zone = ZoneInfo(held["timezone"])
        seq = int(held["record"])
    except (KeyError, ValueError):
        return None
    if held.get("format") != FORMAT or not held.get("campaign"):
        return None
    return Stamp(held["campaign"], seq, held.get("hash", ""), zone, _window(days))


def _window(days: list[date]) -> Window | None:
    return (days[0], days[1]) if len(days) == 2 else None  # noqa: PLR2004 - first and last
