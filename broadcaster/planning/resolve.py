"""Airings to a rundown: who begins when, and who may not, and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from operator import attrgetter, itemgetter

from broadcaster.domain.airing import Airing, Entry, Rundown
from broadcaster.domain.campaign import JOIN
from broadcaster.domain.station import Zone
from broadcaster.messages import Message, msg
from broadcaster.planning.days import steady
from broadcaster.planning.guard import NEVER, Guard, Use, counted
from broadcaster.planning.words import clock, span


def resolve(airings: Iterable[Airing], zones: Mapping[str, Zone]) -> Rundown:
    """Plan airings, sorted as `expand` gives them.

    One waits for what sounds before it on any of its speakers: without limit for what is planned
    at its own minute, within its late policy for the rest. Airings of a group begin together, at
    the earliest instant that suits all of its zones that are not refused.
    """
    plan = _Plan(zones)
    entries: list[Entry] = []
    for group in _groups(airings):
        entries += plan.place(group)
    entries.sort(key=attrgetter("begins"))
    return Rundown(tuple(entries))


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


Clash = tuple[Airing, datetime]
"""What sounds already, and until when."""
Wish = tuple[Airing, datetime, datetime, float]
"""An airing that may air, when (in UTC and in the station's zone), and its offset."""


class _Speaker:
    """What is planned last on a speaker, until when, and the last of an earlier minute."""

    __slots__ = ("airing", "before", "ends")

    def __init__(self) -> None:
        self.airing: Airing | None = None
        self.ends = NEVER
        self.before: Clash | None = None

    def other(self, start: datetime) -> Clash | None:
        """Give the last that was planned at another minute than this."""
        if self.airing is None or self.airing.start == start:
            return self.before
        return self.airing, self.ends

    def take(self, airing: Airing, begins: datetime, ends: datetime) -> None:
        """Plan one more; a zone of the same group may have done so already."""
        if self.ends <= begins:
            self.before = self.other(airing.start)
            self.airing, self.ends = airing, ends


class _Zone:
    """A zone while its days are planned."""

    __slots__ = ("airtime", "guard", "names", "speakers", "use")

    def __init__(self, zone: Zone, speakers: Mapping[str, _Speaker]) -> None:
        self.airtime = zone.airtime
        self.guard = Guard(zone.airtime)
        self.names = zone.speakers
        self.speakers = [speakers[name] for name in zone.speakers]
        self.use = Use()

    def free(self, start: datetime, local: datetime) -> tuple[datetime, Clash | None]:
        """Give when its speakers are free, and what of another minute keeps them till when."""
        begins, clash = start, None
        for speaker in self.speakers:
            if speaker.ends > start:
                begins = max(begins, speaker.ends)
                other = speaker.other(local)
                if other and other[1] > (clash[1] if clash else start):
                    clash = other
        return begins, clash

    def breach(self, wish: Wish) -> Message | None:
        """Say why the guard refuses it, if so."""
        airing, _, local, offset = wish
        return self.guard.breach(local, airing.seconds - offset, self.use, airing.slot)

    def take(self, wish: Wish) -> Entry:
        """Plan it."""
        airing, begins, local, offset = wish
        seconds = airing.seconds - offset
        ends = begins + _length(seconds)
        counts = counted(self.airtime, airing.slot, seconds)
        self.use = self.use.then(local.date(), begins, ends, counts)
        for speaker in self.speakers:
            speaker.take(airing, begins, ends)
        return Entry(airing, begins, None, self.names, offset)


class _Plan:
    def __init__(self, zones: Mapping[str, Zone]) -> None:
        speakers = {name: _Speaker() for zone in zones.values() for name in zone.speakers}
        self._zones = {name: _Zone(zone, speakers) for name, zone in zones.items()}
        self._start = NEVER, NEVER

    def place(self, group: list[Airing]) -> list[Entry]:
        """Plan the airings of one group."""
        local = group[0].start
        if local is not self._start[0]:
            self._start = local, local.astimezone(UTC)
        start = self._start[1]
        entries, wishes = [], []
        for airing in group:
            wish = self._wish(airing, start)
            if isinstance(wish, Message):
                entries.append(Entry(airing, start, wish))
            else:
                wishes.append(wish)
        if len(wishes) > 1:
            wishes, refused = self._agree(wishes)
            entries += [Entry(airing, start, reason) for airing, reason in refused]
        entries += [self._zones[wish[0].zone].take(wish) for wish in wishes]
        return entries

    def _wish(self, airing: Airing, start: datetime) -> Wish | Message:
        slot = airing.slot
        if slot.fault is not None:
            return slot.fault
        zone = self._zones.get(airing.zone)
        if zone is None:
            return msg("zone {zone} is not in devices.toml", zone=airing.zone)
        if not zone.speakers:
            return msg("zone {zone} has no loudspeakers", zone=airing.zone)
        begins, clash = zone.free(start, airing.start)
        offset = 0.0
        if clash:
            slip = clash[1] - start
            if not _may_slip(airing, slip):
                return _clash(airing, *clash)
            if slot.late == JOIN:
                offset = slip.total_seconds()
        local = airing.start if begins is start else _local(airing.start, start, begins)
        wish = airing, begins, local, offset
        return zone.breach(wish) or wish

    def _agree(self, wishes: list[Wish]) -> tuple[list[Wish], list[tuple[Airing, Message]]]:
        """Let those of a group begin together; who can't wait for the others is refused."""
        refused: list[tuple[Airing, Message]] = []
        while True:
            _, begins, local, _ = max(wishes, key=itemgetter(1))
            offset = max([wish[3] for wish in wishes])
            able = []
            for wish in wishes:
                agreed = wish[0], begins, local, offset
                reason = None if agreed == wish else self._zones[wish[0].zone].breach(agreed)
                if reason is None:
                    able.append(wish)
                else:
                    refused.append((wish[0], reason))
            if len(able) == len(wishes):
                return [(wish[0], begins, local, offset) for wish in wishes], refused
            wishes = able


@lru_cache(maxsize=1024)
def _length(seconds: float) -> timedelta:
    return timedelta(seconds=seconds)


def _local(local: datetime, start: datetime, begins: datetime) -> datetime:
    """Give `begins` in the station's zone; `local` is `start` there."""
    if steady(local.date(), local.tzinfo):
        return local + (begins - start)
    return begins.astimezone(local.tzinfo)


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
