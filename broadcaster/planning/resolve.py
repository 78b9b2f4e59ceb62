"""Airings to a rundown: who begins when, and who may not, and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from functools import partial
from operator import attrgetter, itemgetter
from typing import NamedTuple

from broadcaster.domain.airing import Airing, Entry, Rundown
from broadcaster.domain.campaign import JOIN, AirClass
from broadcaster.domain.station import Zone
from broadcaster.messages import Message
from broadcaster.planning.clashes import clash as clash_with
from broadcaster.planning.clashes import may_slip, unfit
from broadcaster.planning.cutting import OVER, left_too_long, rejoined
from broadcaster.planning.days import steady
from broadcaster.planning.guard import NEVER
from broadcaster.planning.occupancy import SpeakerPlan, Wish, ZonePlan, ZoneState
from broadcaster.planning.settled import Rest, Settled


def resolve(airings: Iterable[Airing], zones: Mapping[str, Zone]) -> Rundown:
    """Plan airings, sorted as `expand` gives them.

    One waits for what sounds before it on any of its speakers: without limit for what is planned
    at its own minute, within its late policy for the rest. Of those that wait a higher class goes
    first, whenever it was planned for; what has begun goes on. An urgent one waits for urgent ones
    alone: what else has begun is cut, and what is left of it waits as if it were planned first of
    its class. Airings of a group begin together, at the earliest instant that suits all of its
    zones that are not refused.
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
    """What is planned, or refused, for what is yet to begin: a group, or the rest of a cut one."""

    again: partial[None]
    """Plans it anew."""
    names: frozenset[str]
    """The speakers of its zones."""
    rank: int
    settled: datetime
    """Nothing that is planned for later can change it any more, of whatever class."""
    row: list[Entry]
    before: list[tuple[ZonePlan, ZoneState]]
    """How its zones stood before it was planned."""
    rest: Rest | None = None

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
        self._settled = Settled(self._zones, cuts=self._highest is AirClass.URGENT)
        self._waiting: list[_Waiting] = []

    def rundown(self) -> Rundown:
        """Give all that was planned and refused, in order."""
        for each in self._waiting:
            self._settled.add(each.row)
        return self._settled.rundown()

    def place(self, group: list[Airing]) -> None:
        """Plan the airings of one group, before what waits and is of a lower class."""
        if group[0].start is not self._start[0]:
            self._settle(self._utc(group[0].start))
        displaced = self._displaced(group) if self._waiting else []
        again = [(each.rank, partial(self._put_rest, each)) for each in self._put(group)]
        for _, plan in sorted([*again, *displaced], key=itemgetter(0)):
            plan()

    def _settle(self, start: datetime) -> None:
        """Keep as waiting only what an airing of this start may still go before."""
        self._settled.forget(start)
        for each in self._waiting:
            if each.settled < start:
                self._settled.begun(each.row)
        self._waiting = [each for each in self._waiting if each.settled >= start]

    def _displaced(self, group: list[Airing]) -> list[tuple[int, partial[None]]]:
        """Take back what waits, is of a lower class and in the way, or behind what is.

        Gives the class's rank of each, and what plans it anew.
        """
        air_class = group[0].slot.air_class
        if all(each.rank <= air_class.rank for each in self._waiting):
            return []
        touched = set(self._speakers(group))
        if air_class is AirClass.URGENT:
            touched = self._settled.touched(touched)
        taken, kept = [], []
        for each in self._waiting:
            if each.rank > air_class.rank and not touched.isdisjoint(each.names):
                touched |= each.names
                taken.append(each)
            else:
                kept.append(each)
        self._waiting = kept
        # What shares a speaker with one of these and isn't of them was planned before it.
        for each in reversed(taken):
            each.take_back()
            if each.rest is not None:
                self._settled.give_up(each.rest.places)
        return [(each.rank, each.again) for each in taken]

    def _speakers(self, group: Iterable[Airing]) -> frozenset[str]:
        zones = (self._zones.get(airing.zone) for airing in group)
        return frozenset(name for zone in zones if zone for name in zone.names)

    def _put(self, group: list[Airing]) -> list[Rest]:
        """Plan a group; gives what is left of those that it cuts, to be planned behind it."""
        start = self._utc(group[0].start)
        wishes, refused = self._heard(group, start)
        air_class = group[0].slot.air_class
        cut = self._cut(wishes) if wishes and air_class is AirClass.URGENT else []
        row: list[Entry] = []
        if air_class is not self._highest:
            again = partial(self._put_again, group)
            self._wait(again, self._speakers(group), air_class.rank, (wishes, refused), row)
        for wish, reason in refused:
            row.append(Entry(wish[0], start, reason))
        row += [self._zones[wish[0].zone].take(wish) for wish in wishes]
        if air_class is self._highest:
            self._settled.add(row)
        return cut

    def _put_again(self, group: list[Airing]) -> None:
        # It is of no class that cuts.
        self._put(group)

    def _wait(
        self,
        again: partial[None],
        names: frozenset[str],
        rank: int,
        judged: tuple[list[Wish], list[Verdict]],
        row: list[Entry],
        rest: Rest | None = None,
    ) -> None:
        """Keep what is about to be planned as waiting."""
        wishes, refused = judged
        settled = wishes[0][1] if wishes else max([wish[1] for wish, _ in refused])
        zones = [self._zones[wish[0].zone] for wish in wishes]
        before = [(zone, zone.state) for zone in zones]
        self._waiting.append(_Waiting(again, names, rank, settled, row, before, rest))

    def _cut(self, wishes: list[Wish]) -> list[Rest]:
        """Cut what sounds where these begin; what sounds for no time cuts nothing."""
        airing, at, _, offset = wishes[0]
        if airing.seconds <= offset:
            return []
        by = f"{airing.campaign}/{airing.slot.id}"
        return self._settled.cut(at, by, self._speakers(wish[0] for wish in wishes))

    def _put_rest(self, rest: Rest) -> None:
        """Plan what is left of a cut group behind what cut it, or give it up."""
        places = {self._settled[place].airing.key: place for place in rest.places}
        verdicts = [self._going_on(self._settled[place], rest) for place in rest.places]
        wishes, refused = self._together(verdicts)
        self._wait(
            partial(self._put_rest, rest), rest.names, rest.rank, (wishes, refused), [], rest
        )
        for wish, reason in refused:
            self._settled.give_up([places[wish[0].key]], reason)
        for wish in wishes:
            self._zones[wish[0].zone].take(wish)
            self._settled.take_up(places[wish[0].key], wish[1], wish[3])

    def _going_on(self, entry: Entry, rest: Rest) -> Verdict:
        airing, zone = entry.airing, self._zones[entry.airing.zone]
        begins, _ = zone.free(rest.at, airing.start)
        offset = rejoined(entry, rest.offset, begins)
        local = _local(airing.start, airing.start.astimezone(UTC), begins)
        wish = airing, begins, local, offset
        over = OVER if offset >= airing.seconds else None
        return wish, left_too_long(rest.at, begins) or over or zone.breach(wish)

    def _utc(self, local: datetime) -> datetime:
        if local is not self._start[0]:
            self._start = local, local.astimezone(UTC)
        return self._start[1]

    def _heard(self, group: list[Airing], start: datetime) -> tuple[list[Wish], list[Verdict]]:
        """Part a group into those that begin together and those that may not."""
        return self._together([self._verdict(airing, start) for airing in group])

    def _together(self, verdicts: list[Verdict]) -> tuple[list[Wish], list[Verdict]]:
        wishes = [wish for wish, reason in verdicts if reason is None]
        refused = [each for each in verdicts if each[1] is not None]
        if len(wishes) > 1:
            wishes, unable = self._agree(wishes)
            refused += unable
        return wishes, refused

    def _verdict(self, airing: Airing, start: datetime) -> Verdict:
        zone = self._zones.get(airing.zone)
        if zone is None or airing.slot.fault is not None or not zone.speakers:
            return (airing, start, airing.start, 0.0), unfit(airing, zone)
        cuts = airing.slot.air_class is AirClass.URGENT
        begins, clash = zone.free(start, airing.start, cuts=cuts)
        offset = 0.0
        if clash:
            slip = clash.ends - start
            if not may_slip(airing, slip):
                reason = clash_with(airing, start, clash)
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


def _local(local: datetime, start: datetime, begins: datetime) -> datetime:
    """Give `begins` in the station's zone; `local` is `start` there."""
    if steady(local.date(), local.tzinfo):
        return local + (begins - start)
    return begins.astimezone(local.tzinfo)
