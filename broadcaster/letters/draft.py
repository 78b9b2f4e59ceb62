"""A campaign drafted from a letter: a playlist that is switched off, and the scripts it airs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from broadcaster.domain.letter import Letter, LetterCampaign, LetterEvent
from broadcaster.domain.station import Station
from broadcaster.letters.announcing import Said, announcement, programme, reminder
from broadcaster.letters.proposed import times
from broadcaster.station.ids import as_id

DAY = dt.timedelta(days=1)
LONGEST = 32
"""Characters of an id."""
SHOWN = "06:00-22:00"
LATE = "10m"


@dataclass(frozen=True, slots=True)
class Script:
    """A script to be read by a person before anybody hears it."""

    id: str
    title: str
    paragraphs: Sequence[Said]


@dataclass(frozen=True, slots=True)
class Draft:
    """A playlist's campaign table, its rows by kind, and its scripts."""

    id: str
    head: Mapping[str, Any]
    rows: Sequence[tuple[str, Mapping[str, Any]]]
    scripts: Sequence[Script]


def drafts(letter: Letter, station: Station) -> list[Draft]:
    """Draft each campaign of a letter; each begins its broadcasts a quarter of an hour later."""
    return [
        _draft(letter, campaign, number, station)
        for number, campaign in enumerate(letter.campaigns)
    ]


def _draft(letter: Letter, campaign: LetterCampaign, number: int, station: Station) -> Draft:
    id_ = short_id(campaign.title) or f"cong-van-{number + 1}"
    heard = sorted(zone.id for zone in station.zones.values() if zone.speakers)
    shown = sorted(zone.id for zone in station.zones.values() if zone.signs)
    at = times(station, heard, number)
    days = _days(campaign.events)
    scripts = [
        Script(f"{id_}-thong-bao", campaign.title,
               announcement(letter, campaign, f"campaigns[{number}]")),
        *_of_days(id_, days),
    ]  # fmt: skip
    rows: list[tuple[str, Mapping[str, Any]]] = []
    if at and _ordered("loudspeaker", letter):
        rows += _radio(id_, heard, at, days)
    if shown and campaign.slogans and _ordered("led", letter):
        rows.append(("led", _led(campaign, shown)))
    rows += (("event", row) for row in _events(id_, days, heard, at[-1:]))
    return Draft(id_, _head(letter, campaign, days), rows, scripts)


def _ordered(channel: str, letter: Letter) -> bool:
    """Tell whether a letter has this channel used: it does where it names none."""
    return channel in letter.channels or not letter.channels


def short_id(title: str) -> str:
    """Give an id of a title, cut at a hyphen."""
    id_ = as_id(title)
    return id_ if len(id_) <= LONGEST else id_[: LONGEST + 1].rpartition("-")[0]


def _days(events: Sequence[LetterEvent]) -> list[tuple[dt.date, list[LetterEvent]]]:
    dated = [(each.date, each) for each in events if each.date is not None]
    ordered = sorted(dated, key=lambda pair: pair[0])
    return [(day, [e for _, e in pairs]) for day, pairs in groupby(ordered, key=lambda p: p[0])]


def _head(
    letter: Letter, campaign: LetterCampaign, days: Sequence[tuple[dt.date, Any]]
) -> dict[str, Any]:
    window = campaign.window
    first, last = (window.start, window.end) if window else (None, None)
    if days and first == days[0][0]:
        # So that the day before can be used to remind.
        first = days[0][0] - DAY
    ref = {"number": letter.document_no, "date": letter.date} if letter.document_no else None
    return {
        "title": campaign.title,
        "theme": campaign.theme,
        "letter": ref and {key: value for key, value in ref.items() if value is not None},
        "implements": list(letter.implements) or None,
        "from": first,
        "until": last,
        "class": "normal",
        "enabled": False,
    }


def _radio(
    id_: str, zones: list[str], at: list[str], days: Sequence[tuple[dt.date, Any]]
) -> Iterator[tuple[str, Mapping[str, Any]]]:
    slot = {"zones": zones, "late": LATE}
    yield "radio", {"id": "thong-bao", "at": at, **slot, "items": _items(f"{id_}-thong-bao")}
    for day, _ in days:
        name = f"chuong-trinh-{day:%m%d}"
        row = {"id": name, "at": at[:1], "dates": [day], **slot, "order": 10}
        yield "radio", {**row, "items": _items(f"{id_}-{name}")}


def _items(script: str) -> list[dict[str, str]]:
    return [{"chime": "default"}, {"script": script}, {"chime": "default"}]


def _led(campaign: LetterCampaign, zones: list[str]) -> dict[str, Any]:
    return {
        "id": "khau-hieu", "between": [SHOWN], "zones": zones, "slogans": list(campaign.slogans),
        "effect": "scroll-left", "dwell": "8s",
    }  # fmt: skip


def _of_days(id_: str, days: Sequence[tuple[dt.date, list[LetterEvent]]]) -> Iterator[Script]:
    for day, events in days:
        title = f"Chương trình ngày {day:%d/%m/%Y}"
        yield Script(f"{id_}-chuong-trinh-{day:%m%d}", title, programme(day, events))
        yield Script(f"{id_}-nhac-{day:%m%d}", f"Nhắc: {title.lower()}", reminder(day, events))


def _events(
    id_: str,
    days: Sequence[tuple[dt.date, list[LetterEvent]]],
    zones: list[str],
    at: list[str],
) -> Iterator[dict[str, Any]]:
    """Give the programme's rows; the first of each day reminds of all of it."""
    taken: set[str] = set()
    for day, events in days:
        for number, event in enumerate(events):
            remind = {"before": "1d", "at": at[0], "script": f"{id_}-nhac-{day:%m%d}",
                      "zones": zones} if zones and at and not number else None  # fmt: skip
            name = _free(short_id(event.title) or "su-kien", taken)
            yield {
                "id": name, "title": event.title, "date": event.date, "until": event.date_end,
                "part": None if event.time else event.part_of_day, "time": event.time,
                "place": event.place, "remind": remind,
            }  # fmt: skip


def _free(wish: str, taken: set[str]) -> str:
    name = next(n for n in (wish, *(f"{wish}-{k}" for k in range(2, 999))) if n not in taken)
    taken.add(name)
    return name
