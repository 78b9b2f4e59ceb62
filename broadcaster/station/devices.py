"""Reads devices.toml: the station, its guard and voice, its zones and what they are made of."""

from __future__ import annotations

import datetime as dt
import re
import zoneinfo
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from broadcaster.domain.station import Station
from broadcaster.messages import Message, msg
from broadcaster.station.airtime import station_airtime
from broadcaster.station.document import Document
from broadcaster.station.ids import as_id, did_you_mean, is_id, nearest
from broadcaster.station.kinds import date, list_of, text, without_repeats
from broadcaster.station.notify import notify
from broadcaster.station.passwords import passwords
from broadcaster.station.shared_links import shared_links
from broadcaster.station.signs import signs
from broadcaster.station.speakers import speakers
from broadcaster.station.table import Cell, Table, table, top_table
from broadcaster.station.voice import loudness, voice
from broadcaster.station.zones import Devices, Zones, zones

S = TypeVar("S")

_SEVEN_AHEAD = re.compile(r"\s*(?:GMT|UTC)?\s*\+\s*0?7(?::?00)?\s*", re.ASCII | re.IGNORECASE)
_OFFSET = re.compile(r"\s*(?:GMT|UTC)?\s*[+-]", re.IGNORECASE)
_VIETNAM = re.compile("viet-?nam|ha-?noi|ho-?chi-?minh|sai-?gon|hai-?phong|da-?nang")
"""As ids would have them: what people call their own time zone."""


@dataclass(frozen=True)
class Read:
    """What devices.toml gives."""

    station: Station | None
    """Without scripts and campaigns; None where it lacks a name, a time zone or its format."""
    zones: Zones


def devices(folder: Path, document: Document) -> Read | None:
    """Read all of it; None where nothing can be said of what it holds."""
    top = top_table(document)
    if top is None:
        return None
    headed = document.fault_since(0) is None
    head = _station(top)
    airtime = station_airtime(top)
    voices, level, told = voice(top, folder), loudness(top), notify(top, folder)
    heard, heard_ids = _by_id(top, "speakers", speakers)
    passwords(folder, document, heard)
    shown, shown_ids = _by_id(top, "signs", lambda cell: shared_links(document, heard, signs(cell)))
    found = top.optional("zones", lambda cell: zones(cell, airtime, heard_ids, shown_ids), Zones())
    top.close()
    if head is None or not headed:
        return Read(None, found)
    name, timezone, holidays = head
    station = Station(
        folder=folder,
        name=name,
        timezone=timezone,
        holidays=holidays,
        airtime=airtime,
        voice=voices,
        loudness=level,
        notify=told,
        zones=found.zones,
        speakers=heard,
        signs=shown,
    )
    return Read(station, found)


def _station(top: Table) -> tuple[str, dt.tzinfo, frozenset[dt.date]] | None:
    of = top.required("station", table)
    if of is None:
        return None
    name = of.required("name", text)
    timezone = of.required("timezone", _timezone)
    holidays = of.optional("holidays", without_repeats(list_of(date, may_be_empty=True)), ())
    of.close()
    if name is None or timezone is None:
        return None
    return name, timezone, frozenset(holidays)


def _timezone(cell: Cell) -> dt.tzinfo | None:
    name = text(cell)
    if name is None:
        return None
    try:
        return zoneinfo.ZoneInfo(name)
    except (ValueError, OSError, KeyError):
        wrong = msg('must be a time zone like "Asia/Ho_Chi_Minh", not {found}')
        cell.wrong(wrong, _meant_zone(name))
        return None


def _meant_zone(name: str) -> Message | None:
    if _VIETNAM.search(as_id(name)) or _SEVEN_AHEAD.fullmatch(name):
        return did_you_mean("Asia/Ho_Chi_Minh")
    # Names like Etc/GMT-7 are for those who know that they go the other way.
    return None if _OFFSET.match(name) else nearest(name, zoneinfo.available_timezones())


def _by_id(
    top: Table, key: str, read: Callable[[Cell], dict[str, S]]
) -> tuple[dict[str, S], Devices]:
    """Read a table of devices: those that are right, and which ids it names at all."""
    found = top.optional(key, read, {})
    given = top.cell.value.get(key)
    named = filter(is_id, given) if isinstance(given, dict) else ()
    return found, Devices(tuple(named), tuple(found))
