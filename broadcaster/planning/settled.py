"""What nothing that is planned for later can move any more; but an urgent airing can cut it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from operator import attrgetter
from typing import Any, NamedTuple

from broadcaster.domain.airing import Cut, Entry, Rundown
from broadcaster.messages import Message
from broadcaster.planning.cutting import DROPPED, goes_on, yielding
from broadcaster.planning.occupancy import ZonePlan


class Rest(NamedTuple):
    """What is left of those of a group that were cut together."""

    places: list[int]
    """Of their entries, among those settled."""
    at: datetime
    offset: float
    """The second to be taken up from."""
    rank: int
    names: frozenset[str]
    """The speakers of their zones."""


class Settled:
    """Entries that have begun, or are refused; where any may be cut, those that still sound."""

    def __init__(self, zones: Mapping[str, ZonePlan], *, cuts: bool) -> None:
        self._zones = zones
        self._cuts = cuts
        self._entries: list[Entry] = []
        self._sounding: list[int] = []

    def __getitem__(self, place: int) -> Entry:
        """Give the entry at a place."""
        return self._entries[place]

    def rundown(self) -> Rundown:
        """Give all of them in order; no place holds any more."""
        self._entries.sort(key=attrgetter("begins"))
        return Rundown(tuple(self._entries))

    def add(self, row: Iterable[Entry]) -> None:
        """Take in what can't be cut."""
        self._entries += row

    def begun(self, row: Collection[Entry]) -> None:
        """Take in what can."""
        first = len(self._entries)
        self._entries += row
        if self._cuts:
            new = range(first, len(self._entries))
            self._sounding += [place for place in new if self._entries[place].refusal is None]

    def forget(self, until: datetime) -> None:
        """Pass over what ended before."""
        if self._sounding:
            self._sounding = [n for n in self._sounding if self._entries[n].ends > until]

    def touched(self, speakers: Collection[str]) -> set[str]:
        """Give these speakers, and those that a cut on them may leave free."""
        sounding = (self._entries[place] for place in self._sounding)
        cut = yielding(sounding, speakers)
        return {*speakers, *(name for entry in cut for name in entry.speakers)}

    def cut(self, at: datetime, by: str, speakers: Collection[str]) -> list[Rest]:
        """Cut what sounds on these speakers; gives what is left of it."""
        places = {self[n].airing.key: n for n in self._sounding if _sounds(self[n], at)}
        rests: dict[tuple[str, float], list[int]] = {}
        for entry in yielding([self[place] for place in places.values()], speakers):
            place, part = places[entry.airing.key], entry.parts[-1]
            self._zones[entry.airing.zone].cut(entry.airing, part, at)
            offset = goes_on(entry.airing, part.offset + (at - part.begins).total_seconds())
            lost = DROPPED if offset is None else None
            self._entries[place] = entry._replace(cuts=(*entry.cuts, Cut(at, by, lost=lost)))
            if offset is not None:
                rests.setdefault((entry.airing.group, offset), []).append(place)
        return [self._rest(places, at, offset) for (_, offset), places in rests.items()]

    def take_up(self, place: int, at: datetime, offset: float) -> None:
        """Say when an entry that was cut goes on, and from which second."""
        self._change(place, resumes=at, offset=offset, lost=None)

    def give_up(self, places: Iterable[int], reason: Message | None = None) -> None:
        """Say that entries that were cut do not go on, or that nobody knows yet."""
        for place in places:
            self._change(place, resumes=None, offset=0.0, lost=reason)

    def _rest(self, places: list[int], at: datetime, offset: float) -> Rest:
        rank = self[places[0]].airing.slot.air_class.rank
        names = frozenset(name for place in places for name in self[place].speakers)
        return Rest(places, at, offset, rank, names)

    def _change(self, place: int, **more: Any) -> None:
        entry = self._entries[place]
        cut = entry.cuts[-1]._replace(**more)
        self._entries[place] = entry._replace(cuts=(*entry.cuts[:-1], cut))


def _sounds(entry: Entry, at: datetime) -> bool:
    last = entry.parts[-1]
    return last.begins < at < last.ends
