"""Short ways to write what planning takes, and to read what it gives."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

from broadcaster.domain.airing import Entry, Rundown
from broadcaster.domain.campaign import AirClass, Campaign, Chime, RadioSlot, Speech
from broadcaster.domain.days import TimeRange
from broadcaster.domain.station import Airtime, Zone
from broadcaster.planning.expand import expand
from broadcaster.planning.resolve import resolve

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
MONDAY = date(2025, 9, 22)
MINUTES = 60.0
ALL_DAY = TimeRange(0, 0)
FREE = Airtime(allowed=(ALL_DAY,))
ITEMS = (Chime(), Speech("tin"))
LATE = timedelta(minutes=10)
URGENT = {"air_class": AirClass.URGENT}
PRIORITY = {"air_class": AirClass.PRIORITY}


def hours(text: str) -> tuple[TimeRange, ...]:
    """Read `05:00-07:30 16:30-19:00`."""
    return tuple(TimeRange(*(_minute(end) for end in each.split("-"))) for each in text.split())


def _minute(text: str) -> int:
    hour, minute = text.split(":")
    return int(hour) * 60 + int(minute)


def slot(id_: str, at: str, zones: str = "xa", **more: Any) -> RadioSlot:
    times = tuple(time.fromisoformat(each) for each in at.split())
    return RadioSlot(**({"items": ITEMS} | more), id=id_, at=times, zones=tuple(zones.split()))


def campaign(id_: str, *radio: RadioSlot, **more: Any) -> Campaign:
    return Campaign(id=id_, title=id_, radio=radio, **more)


def zone(id_: str, speakers: str | None = None, airtime: Airtime = FREE) -> Zone:
    names = f"loa-{id_}" if speakers is None else speakers
    return Zone(id=id_, speakers=tuple(names.split()), airtime=airtime)


SHARED = (zone("xa", "loa-1 loa-2"), zone("yb", "loa-2"), zone("zc", "loa-3"))
"""Zones of which two share a loudspeaker."""


def planned(
    campaigns: Iterable[Campaign],
    *zones: Zone,
    days: Iterable[date] = (MONDAY,),
    tz: tzinfo = HANOI,
    minutes: float | dict[str, float] = 5,
) -> Rundown:
    """Plan days; `minutes` says how long slots sound, one figure or one a slot id."""

    def seconds(_: str, slot: RadioSlot) -> float:
        return (minutes if isinstance(minutes, int | float) else minutes[slot.id]) * 60.0

    airings = expand(campaigns, days, tz, frozenset(), seconds)
    return resolve(airings, {each.id: each for each in zones or (zone("xa"),)})


def lines(rundown: Rundown, tz: tzinfo = HANOI) -> list[str]:
    """Give `05:30 campaign/slot zone`, and for what is refused the reason behind a `!`."""
    return [line(entry, tz) for entry in rundown.entries]


def line(entry: Entry, tz: tzinfo = HANOI) -> str:
    airing, begins = entry.airing, entry.begins.astimezone(tz)
    shown = f"{begins:%H:%M:%S}" if begins.second else f"{begins:%H:%M}"
    text = f"{shown} {airing.campaign}/{airing.slot.id} {airing.zone}"
    return f"{text} ! {entry.refusal}" if entry.refusal else text


def cuts(rundown: Rundown) -> list[str]:
    """Give each planned cut in words."""

    def clock(at: datetime | None) -> str:
        return f"{at.astimezone(HANOI):%H:%M}" if at else ""

    return [
        f"{line(entry)[6:]}: cut at {clock(cut.at)} by {cut.by}, "
        + (f"on at {clock(cut.resumes)} from {cut.offset:g}" if cut.resumes else f"! {cut.lost}")
        for entry in rundown.entries
        for cut in entry.cuts
    ]


def instant(text: str, tz: tzinfo = HANOI) -> datetime:
    """Read `05:30` of Monday, or `23 05:30` of another September day, in UTC as clocks give it."""
    day, _, clock = text.rpartition(" ")
    local = datetime.combine(
        MONDAY.replace(day=int(day)) if day else MONDAY, time.fromisoformat(clock), tz
    )
    return local.astimezone(UTC)


def after(**length: float) -> timedelta:
    return timedelta(**length)
