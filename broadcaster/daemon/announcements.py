"""Urgent announcements that people order: in the ledger before they are heard, then airings."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import NamedTuple

from broadcaster.domain.campaign import AirClass, Campaign, Chime, RadioSlot, Speech
from broadcaster.domain.days import DayRule
from broadcaster.domain.order import CAMPAIGN, Order
from broadcaster.domain.record import Kind
from broadcaster.domain.station import Script, Station
from broadcaster.errors import Problem, UserError
from broadcaster.messages import Message, msg, tr
from broadcaster.ports import Ledger
from broadcaster.station.ids import nearest
from broadcaster.station.scripts import parted, speakable

LATE = timedelta(minutes=10)
"""How late one may begin, after a crash or behind another urgent one."""
KEPT = timedelta(days=2)
"""How long one stays in the plan, so that its airings are ended whatever happens."""
LONGEST = 10_000
"""Characters of a text."""
TITLE = msg("Urgent announcement")
OUTRUN = msg("it was ordered while the clock was ahead, which has been set back since")


class Announcement(NamedTuple):
    """One that was ordered."""

    id: str
    """Its slot's."""
    at: datetime
    """In the station's zone, a whole second."""
    order: Order


class Announcements:
    """Those of the last days, as the ledger has them."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._ordered: list[Announcement] = []
        self._outrun: set[str] = set()

    def begin(self, station: Station, now: datetime) -> None:
        """Take up what was ordered before; raises DeviceError."""
        for record in self._ledger.records(f"{CAMPAIGN}/"):
            if record.kind == Kind.ORDERED and record.at > now - KEPT:
                data = record.data
                order = Order(
                    text=data["text"],
                    script=data["script"],
                    zones=tuple(data["zones"]),
                    voice=data["voice"],
                )
                at = datetime.fromisoformat(data["at"]).astimezone(station.timezone)
                self._ordered.append(Announcement(record.key.split("/")[1], at, order))

    def order(self, order: Order, station: Station, now: datetime, by: str) -> Announcement:
        """Write one into the ledger; raises DeviceError: then it is not heard."""
        made = self.drafted(order, station, now)
        data = {
            "at": made.at.isoformat(),
            "text": order.text,
            "script": order.script,
            "zones": list(order.zones),
            "voice": order.voice,
            "by": by,
        }
        self._ledger.append(now, Kind.ORDERED, f"{CAMPAIGN}/{made.id}", data)
        self._ordered.append(made)
        return made

    def drafted(self, order: Order, station: Station, now: datetime) -> Announcement:
        """Give what would be ordered; raises UserError where it can't be."""
        problems = list(_wrong(order, station))
        if problems:
            raise UserError(problems)
        at = now.astimezone(station.timezone).replace(microsecond=0)
        ids = {each.id for each in self._ordered}
        # Two of one second are two all the same.
        names = (f"{at:%Y%m%d-%H%M%S}{suffix}" for suffix in ("", *(f"-{n}" for n in range(2, 99))))
        return Announcement(next(name for name in names if name not in ids), at, order)

    def outrun(self, now: datetime) -> bool:
        """Tell whether any stand hours ahead now that the clock was set back: nobody awaits them.

        They are not heard any more.
        """
        ahead = {each.id for each in self._ordered if each.at > now + LATE} - self._outrun
        self._outrun |= ahead
        return bool(ahead)

    def added(self, station: Station, now: datetime) -> Station:
        """Give the station with all of them in its plan."""
        self._ordered = [each for each in self._ordered if each.at > now - KEPT]
        return with_(station, self._ordered, self._outrun) if self._ordered else station


def with_(
    station: Station, announcements: list[Announcement], outrun: Collection[str] = ()
) -> Station:
    """Give a station that airs these, too, but for those that are outrun."""
    scripts = {each.id: script_of(each, station) for each in announcements}
    known = {script.id: script for script in scripts.values() if script is not None}
    slots = (
        _slot(each, scripts[each.id], OUTRUN if each.id in outrun else None)
        for each in announcements
    )
    campaign = Campaign(id=CAMPAIGN, title=tr(TITLE), radio=tuple(slots))
    return replace(
        station,
        scripts={**station.scripts, **known},
        campaigns=(*station.campaigns, campaign),
    )


def script_of(announcement: Announcement, station: Station) -> Script | None:
    """Give what is spoken; None where its script is gone."""
    order, id_ = announcement.order, f"{CAMPAIGN}-{announcement.id}"
    if order.text is not None:
        text = unicodedata.normalize("NFC", order.text)
        return Script(
            id=id_, title=tr(TITLE), paragraphs=parted(text.splitlines()), voice=order.voice
        )
    found = station.scripts.get(order.script or "")
    if found is None or order.voice is None:
        return found
    return replace(found, id=id_, voice=order.voice, recording=None)


def _slot(announcement: Announcement, script: Script | None, outrun: Message | None) -> RadioSlot:
    gone = msg("the script {id} is gone", id=announcement.order.script or "")
    return RadioSlot(
        id=announcement.id,
        name=tr(TITLE),
        at=(announcement.at.time(),),
        days=DayRule(dates=frozenset({announcement.at.date()})),
        zones=announcement.order.zones,
        air_class=AirClass.URGENT,
        late=LATE,
        items=(Chime(), Speech(script.id)) if script else (),
        fault=outrun if script else gone,
    )


def _wrong(order: Order, station: Station) -> Iterator[Problem]:
    if (order.text is None) == (order.script is None):
        yield _problem("text", msg("give either a text or a script"))
    elif order.text is not None:
        yield from _wrong_text(order.text)
    elif order.script not in station.scripts:
        missing = msg('there is no script "{id}" that can be aired', id=order.script or "")
        yield _problem("script", missing, nearest(order.script or "", station.scripts))
    if not order.zones:
        yield _problem("zones", msg("is missing"))
    for name in order.zones:
        zone = station.zones.get(name)
        if zone is None:
            unknown = msg("zone {zone} is not in devices.toml", zone=name)
            yield _problem("zones", unknown, nearest(name, station.zones))
        elif not zone.speakers:
            yield _problem("zones", msg("zone {zone} has no loudspeakers", zone=name))


def _wrong_text(text: str) -> Iterator[Problem]:
    if not speakable([text]):
        yield _problem("text", msg("has no text to be spoken"))
    elif len(text) > LONGEST:
        yield _problem("text", msg("has over {most} characters", most=LONGEST))


def _problem(key: str, message: Message, hint: Message | None = None) -> Problem:
    return Problem("", None, key, message, hint)
