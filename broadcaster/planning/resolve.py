"""Airings to a rundown: who begins when, and who may not, and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from operator import attrgetter, itemgetter
from typing import Literal, NamedTuple

from broadcaster.domain.airing import Airing, Entry, Rundown
from broadcaster.domain.campaign import JOIN, AirClass
from broadcaster.domain.station import Zone
from broadcaster.messages import Message, msg
from broadcaster.planning.days import steady
from broadcaster.planning.guard import NEVER
from broadcaster.planning.occupancy import Sound, SpeakerPlan, Wish, ZonePlan, ZoneState
from broadcaster.planning.words import clock, span


def resolve(airings: Iterable[Airing], zones: Mapping[str, Zone]) -> Rundown:
    """Plan airings, sorted as `expand` gives them.

    One waits for what sounds before it on any of its speakers: without limit for what is planned
    at its own minute, within its late policy for the rest. Of those that wait a higher class goes
    first, whenever it was planned for; what has begun goes on. Airings of a group begin together,
    at the earliest instant that suits all of its zones that are not refused.
    """
    airings = list(airings)
    plan = _Plan(zones, {airing.slot.air_class for airing in airings})
    for group in _groups(airings):
        plan.place(group)
    return plan.rundown()


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


class _Waiting(NamedTuple):
    """A group that is planned, or refused, for what is yet to begin."""

    group: list[Airing]
    rank: int
    settled: datetime
    """Nothing that is planned for later can change it any more, of whatever class."""
    row: list[Entry]
    before: list[tuple[ZonePlan, ZoneState]]
    """How its zones stood before it was planned."""

    def take_back(self) -> None:
        """Undo its planning; what was planned behind it has to be undone before."""
        for zone, state in self.before:
            zone.restore(state)


Verdict = tuple[Wish, Message | None]
"""How an airing would air, and why it may not; then it would begin where that was decided."""


class _Plan:
    def __init__(self, zones: Mapping[str, Zone], classes: Iterable[AirClass]) -> None:
        speakers = {name: SpeakerPlan() for zone in zones.values() for name in zone.speakers}
        self._zones = {name: ZonePlan(zone, speakers) for name, zone in zones.items()}
        self._highest = min(classes, key=attrgetter("rank"), default=AirClass.URGENT)
        self._start = NEVER, NEVER
        self._settled: list[Entry] = []
        self._waiting: list[_Waiting] = []

    def rundown(self) -> Rundown:
        """Give all that was planned and refused, in order."""
        for each in self._waiting:
            self._settled += each.row
        self._settled.sort(key=attrgetter("begins"))
        return Rundown(tuple(self._settled))

    def place(self, group: list[Airing]) -> None:
        """Plan the airings of one group, before what waits and is of a lower class."""
        if self._waiting and group[0].start is not self._start[0]:
            self._settle(self._utc(group[0].start))
        displaced = self._displaced(group) if self._waiting else ()
        self._put(group)
        for each in displaced:
            self._put(each)

    def _settle(self, start: datetime) -> None:
        """Keep as waiting only what an airing of this start may still go before."""
        for each in self._waiting:
            if each.settled < start:
                self._settled += each.row
        self._waiting = [each for each in self._waiting if each.settled >= start]

    def _displaced(self, group: list[Airing]) -> list[list[Airing]]:
        """Take back what waits, is of a lower class and in the way, or behind what is."""
        rank = group[0].slot.air_class.rank
        if all(each.rank <= rank for each in self._waiting):
            return []
        touched = {name for airing in group for name in self._speakers(airing)}
        taken, kept = [], []
        for each in self._waiting:
            names = {name for airing in each.group for name in self._speakers(airing)}
            if each.rank > rank and not touched.isdisjoint(names):
                touched |= names
                taken.append(each)
            else:
                kept.append(each)
        self._waiting = kept
        # What shares a speaker with one of these and isn't of them was planned before it.
        for each in reversed(taken):
            each.take_back()
        return [each.group for each in sorted(taken, key=attrgetter("rank"))]

    def _speakers(self, airing: Airing) -> tuple[str, ...]:
        zone = self._zones.get(airing.zone)
        return zone.names if zone else ()

    def _put(self, group: list[Airing]) -> None:
        start = self._utc(group[0].start)
        wishes, refused = self._heard(group, start)
        row, before = self._settled, []
        air_class = group[0].slot.air_class
        if air_class is not self._highest:
            settled = wishes[0][1] if wishes else max([wish[1] for wish, _ in refused])
            row, zones = [], [self._zones[wish[0].zone] for wish in wishes]
            before = [(zone, zone.state) for zone in zones]
            self._waiting.append(_Waiting(group, air_class.rank, settled, row, before))
        for wish, reason in refused:
            row.append(Entry(wish[0], start, reason))
        for wish in wishes:
            row.append(self._zones[wish[0].zone].take(wish))

    def _utc(self, local: datetime) -> datetime:
        if local is not self._start[0]:
            self._start = local, local.astimezone(UTC)
        return self._start[1]

    def _heard(self, group: list[Airing], start: datetime) -> tuple[list[Wish], list[Verdict]]:
        """Part a group into those that begin together and those that may not."""
        wishes: list[Wish] = []
        refused: list[Verdict] = []
        for airing in group:
            wish, reason = self._verdict(airing, start)
            if reason is None:
                wishes.append(wish)
            else:
                refused.append((wish, reason))
        if len(wishes) > 1:
            wishes, unable = self._agree(wishes)
            refused += unable
        return wishes, refused

    def _verdict(self, airing: Airing, start: datetime) -> Verdict:
        zone = self._zones.get(airing.zone)
        if zone is None or airing.slot.fault is not None or not zone.speakers:
            return (airing, start, airing.start, 0.0), _unfit(airing, zone)
        begins, clash = zone.free(start, airing.start)
        offset = 0.0
        if clash:
            slip = clash.ends - start
            if not _may_slip(airing, slip):
                reason = _clash(airing, start, clash)
                return (airing, clash.begins, airing.start, 0.0), reason
            if airing.slot.late == JOIN:
                offset = slip.total_seconds()
        local = airing.start if begins is start else _local(airing.start, start, begins)
        wish = airing, begins, local, offset
        return wish, zone.breach(wish)

    def _agree(self, wishes: list[Wish]) -> tuple[list[Wish], list[Verdict]]:
        """Let those of a group begin together; who can't wait for the others is refused."""
        refused: list[Verdict] = []
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
                    refused.append((agreed, reason))
            if len(able) == len(wishes):
                return [(wish[0], begins, local, offset) for wish in wishes], refused
            wishes = able


def _unfit(airing: Airing, zone: ZonePlan | None) -> Message:
    if airing.slot.fault is not None:
        return airing.slot.fault
    if zone is None:
        return msg("zone {zone} is not in devices.toml", zone=airing.zone)
    return msg("zone {zone} has no loudspeakers", zone=airing.zone)


def _local(local: datetime, start: datetime, begins: datetime) -> datetime:
    """Give `begins` in the station's zone; `local` is `start` there."""
    if steady(local.date(), local.tzinfo):
        return local + (begins - start)
    return begins.astimezone(local.tzinfo)


def _may_slip(airing: Airing, slip: timedelta) -> bool:
    late = airing.slot.late
    return slip.total_seconds() < airing.seconds if late == JOIN else slip <= late


def _clash(airing: Airing, start: datetime, other: Sound) -> Message:
    tz, late = airing.start.tzinfo, airing.slot.late
    name = f"{other.airing.campaign}/{other.airing.slot.id}"
    begins, until = clock(other.begins, tz), clock(other.ends, tz)
    if other.begins > start:
        return _goes_first(name, begins, until, late)
    if late == JOIN:
        return msg(
            "clashes with {other}, on air until {until}: nothing is left to join",
            other=name,
            until=until,
        )
    return msg(
        "clashes with {other}, on air until {until}: it may begin at most {late} late",
        other=name,
        until=until,
        late=span(late),
    )


def _goes_first(name: str, begins: str, until: str, late: timedelta | Literal["join"]) -> Message:
    if late == JOIN:
        return msg(
            "clashes with {other}, which goes first, from {begins} until {until}: "
            "nothing is left to join",
            other=name,
            begins=begins,
            until=until,
        )
    return msg(
        "clashes with {other}, which goes first, from {begins} until {until}: "
        "it may begin at most {late} late",
        other=name,
        begins=begins,
        until=until,
        late=span(late),
    )
