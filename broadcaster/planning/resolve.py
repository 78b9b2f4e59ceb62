"""Airings to a rundown: who begins when, and who may not, and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from broadcaster.domain.airing import Airing, Entry, Rundown
from broadcaster.domain.campaign import JOIN
from broadcaster.domain.station import Zone
from broadcaster.messages import Message, msg
from broadcaster.planning.guard import Use, breach, counted
from broadcaster.planning.words import clock, span


def resolve(airings: Iterable[Airing], zones: Mapping[str, Zone]) -> Rundown:
    """Plan airings, sorted as `expand` gives them.

    One waits for what sounds before it on any of its speakers: without limit for what is planned
    at its own minute, within its late policy for the rest. Airings of a group begin together, at
    the earliest instant that suits all of its zones that are not refused.
    """
    plan = _Plan(zones)
    entries = [entry for group in _groups(airings) for entry in plan.place(group)]
    entries.sort(key=_begins)
    return Rundown(tuple(entries))


def _begins(entry: Entry) -> datetime:
    return entry.begins


def _groups(airings: Iterable[Airing]) -> Iterator[list[Airing]]:
    group: list[Airing] = []
    for airing in airings:
        if group and not (
            airing.start == group[0].start
            and airing.slot.id == group[0].slot.id
            and airing.campaign == group[0].campaign
        ):
            yield group
            group = []
        group.append(airing)
    if group:
        yield group


class _Sounding(NamedTuple):
    """The last that is planned on a speaker."""

    airing: Airing
    ends: datetime
    before: tuple[Airing, datetime] | None
    """The last of an earlier minute, and its end."""


class _Wish(NamedTuple):
    """An airing that may air, and when its own speakers let it."""

    airing: Airing
    zone: Zone
    begins: datetime
    slip: timedelta
    """How long what was planned at other minutes keeps it waiting."""


class _Plan:
    def __init__(self, zones: Mapping[str, Zone]) -> None:
        self._zones = zones
        self._last: dict[str, _Sounding] = {}
        self._uses = dict.fromkeys(zones, Use())

    def place(self, group: list[Airing]) -> list[Entry]:
        """Plan the airings of one group."""
        start = group[0].start.astimezone(UTC)
        entries: list[Entry] = []
        wishes: list[_Wish] = []
        for airing in group:
            wish = self._wish(airing, start)
            if isinstance(wish, Message):
                entries.append(Entry(airing, start, wish))
            else:
                wishes.append(wish)
        while wishes:
            begins = max([wish.begins for wish in wishes])
            offset = max([_offset(wish) for wish in wishes])
            refused = [
                (wish, reason)
                for wish in wishes
                if wish.begins != begins and (reason := self._breach(wish, begins, offset))
            ]
            if not refused:
                return entries + [self._take(wish, begins, offset) for wish in wishes]
            entries += [Entry(wish.airing, start, reason) for wish, reason in refused]
            unable = [wish for wish, _ in refused]
            wishes = [wish for wish in wishes if wish not in unable]
        return entries

    def _wish(self, airing: Airing, start: datetime) -> _Wish | Message:
        slot = airing.slot
        if slot.fault is not None:
            return slot.fault
        zone = self._zones.get(airing.zone)
        if zone is None:
            return msg("zone {zone} is not in devices.toml", zone=airing.zone)
        if not zone.speakers:
            return msg("zone {zone} has no loudspeakers", zone=zone.id)
        begins, clash = self._free(airing, zone, start)
        slip = clash[1] - start if clash else timedelta()
        if clash and not _may_slip(airing, slip):
            return _clash(airing, *clash)
        wish = _Wish(airing, zone, begins, slip)
        return self._breach(wish, begins, _offset(wish)) or wish

    def _free(
        self, airing: Airing, zone: Zone, start: datetime
    ) -> tuple[datetime, tuple[Airing, datetime] | None]:
        """Give when its speakers are free, and what of another minute sounds on them till when."""
        begins, clash = start, None
        for speaker in zone.speakers:
            last = self._last.get(speaker)
            if last is None or last.ends <= start:
                continue
            begins = max(begins, last.ends)
            other = _of_other_minute(last, airing)
            if other and other[1] > (clash[1] if clash else start):
                clash = other
        return begins, clash

    def _breach(self, wish: _Wish, begins: datetime, offset: float) -> Message | None:
        airing = wish.airing
        return breach(
            wish.zone.airtime,
            _local(airing, begins),
            airing.seconds - offset,
            self._uses[wish.zone.id],
            airing.slot,
        )

    def _take(self, wish: _Wish, begins: datetime, offset: float) -> Entry:
        airing, zone = wish.airing, wish.zone
        entry = Entry(airing, begins, None, zone.speakers, offset)
        seconds = airing.seconds - offset
        self._uses[zone.id] = self._uses[zone.id].after(
            _local(airing, begins), seconds, counted(zone.airtime, airing.slot, seconds)
        )
        ends = entry.ends
        for speaker in zone.speakers:
            last = self._last.get(speaker)
            before = _of_other_minute(last, airing) if last else None
            if last is None or last.ends < ends:
                self._last[speaker] = _Sounding(airing, ends, before)
        return entry


def _local(airing: Airing, at: datetime) -> datetime:
    return at.astimezone(airing.start.tzinfo)


def _of_other_minute(last: _Sounding, airing: Airing) -> tuple[Airing, datetime] | None:
    return last.before if last.airing.start == airing.start else (last.airing, last.ends)


def _may_slip(airing: Airing, slip: timedelta) -> bool:
    late = airing.slot.late
    return slip.total_seconds() < airing.seconds if late == JOIN else slip <= late


def _offset(wish: _Wish) -> float:
    return wish.slip.total_seconds() if wish.airing.slot.late == JOIN else 0.0


def _clash(airing: Airing, other: Airing, until: datetime) -> Message:
    name, till = f"{other.campaign}/{other.slot.id}", clock(until, airing.start.tzinfo)
    if airing.slot.late == JOIN:
        return msg(
            "clashes with {other}, on air until {until}: nothing is left to join",
            other=name,
            until=till,
        )
    return msg(
        "clashes with {other}, on air until {until}: it may begin at most {late} late",
        other=name,
        until=till,
        late=span(airing.slot.late),
    )
