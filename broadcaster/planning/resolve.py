"""Airings to a rundown: who begins when, and who may not, and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from operator import attrgetter
from typing import NamedTuple

from broadcaster.domain.airing import Airing, Entry, Rundown
from broadcaster.domain.campaign import JOIN
from broadcaster.domain.station import Zone
from broadcaster.messages import Message, msg
from broadcaster.planning.days import steady
from broadcaster.planning.guard import Guard, Use, counted
from broadcaster.planning.words import clock, span


def resolve(airings: Iterable[Airing], zones: Mapping[str, Zone]) -> Rundown:
    """Plan airings, sorted as `expand` gives them.

    One waits for what sounds before it on any of its speakers: without limit for what is planned
    at its own minute, within its late policy for the rest. Airings of a group begin together, at
    the earliest instant that suits all of its zones that are not refused.
    """
    plan = _Plan(zones)
    for group in _groups(airings):
        plan.place(group)
    plan.entries.sort(key=attrgetter("begins"))
    return Rundown(tuple(plan.entries))


def _groups(airings: Iterable[Airing]) -> Iterator[list[Airing]]:
    group: list[Airing] = []
    for airing in airings:
        if group and not _together(group[0], airing):
            yield group
            group = []
        group.append(airing)
    if group:
        yield group


def _together(one: Airing, other: Airing) -> bool:
    return (
        one.slot.id == other.slot.id and one.campaign == other.campaign and one.start == other.start
    )


class _Sounding(NamedTuple):
    """The last that is planned on a speaker."""

    airing: Airing
    ends: datetime
    before: tuple[Airing, datetime] | None
    """The last of an earlier minute, and its end."""


class _Wish(NamedTuple):
    """An airing that may air."""

    airing: Airing
    begins: datetime
    """When its own speakers let it, in UTC."""
    local: datetime
    """The same, in the station's zone."""
    offset: float


class _Plan:
    def __init__(self, zones: Mapping[str, Zone]) -> None:
        self.entries: list[Entry] = []
        self._zones = zones
        self._guards = {zone.id: Guard(zone.airtime) for zone in zones.values()}
        self._uses = dict.fromkeys(zones, Use())
        self._last: dict[str, _Sounding] = {}

    def place(self, group: list[Airing]) -> None:
        """Plan the airings of one group."""
        start = group[0].start.astimezone(UTC)
        wishes = []
        for airing in group:
            wish = self._wish(airing, start)
            if isinstance(wish, Message):
                self.entries.append(Entry(airing, start, wish))
            else:
                wishes.append(wish)
        if len(wishes) > 1:
            wishes = self._agree(wishes, start)
        for wish in wishes:
            self._take(wish)

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
        local = airing.start if begins is start else _local(airing, start, begins)
        offset = 0.0
        if clash:
            slip = clash[1] - start
            if not _may_slip(airing, slip):
                return _clash(airing, *clash)
            if slot.late == JOIN:
                offset = slip.total_seconds()
        seconds = airing.seconds - offset
        reason = self._guards[airing.zone].breach(local, seconds, self._uses[airing.zone], slot)
        return reason or _Wish(airing, begins, local, offset)

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

    def _agree(self, wishes: list[_Wish], start: datetime) -> list[_Wish]:
        """Let those of a group begin together; who can't wait for the others is refused."""
        while True:
            begins = max([wish.begins for wish in wishes])
            offset = max([wish.offset for wish in wishes])
            local = _local(wishes[0].airing, start, begins)
            agreed = [_Wish(wish.airing, begins, local, offset) for wish in wishes]
            able = [
                wish
                for wish, same in zip(wishes, agreed, strict=True)
                if same == wish or self._still_may(same, start)
            ]
            if len(able) == len(wishes):
                return agreed
            wishes = able

    def _still_may(self, wish: _Wish, start: datetime) -> bool:
        airing, _, local, offset = wish
        seconds, use = airing.seconds - offset, self._uses[airing.zone]
        reason = self._guards[airing.zone].breach(local, seconds, use, airing.slot)
        if reason:
            self.entries.append(Entry(airing, start, reason))
        return reason is None

    def _take(self, wish: _Wish) -> None:
        airing, begins, local, offset = wish
        zone = self._zones[airing.zone]
        seconds = airing.seconds - offset
        ends = begins + _length(seconds)
        counts = counted(zone.airtime, airing.slot, seconds)
        self.entries.append(Entry(airing, begins, None, zone.speakers, offset))
        self._uses[airing.zone] = self._uses[airing.zone].then(local.date(), begins, ends, counts)
        for speaker in zone.speakers:
            last = self._last.get(speaker)
            if last is None or last.ends <= begins:
                before = None if last is None else _of_other_minute(last, airing)
                self._last[speaker] = _Sounding(airing, ends, before)


@lru_cache(maxsize=1024)
def _length(seconds: float) -> timedelta:
    return timedelta(seconds=seconds)


def _local(airing: Airing, start: datetime, begins: datetime) -> datetime:
    """Give `begins` in the station's zone; `start` is the airing's own, in UTC."""
    local = airing.start
    if steady(local.date(), local.tzinfo):
        return local + (begins - start)
    return begins.astimezone(local.tzinfo)


def _of_other_minute(last: _Sounding, airing: Airing) -> tuple[Airing, datetime] | None:
    return last.before if last.airing.start == airing.start else (last.airing, last.ends)


def _may_slip(airing: Airing, slip: timedelta) -> bool:
    late = airing.slot.late
    return slip.total_seconds() < airing.seconds if late == JOIN else slip <= late


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
