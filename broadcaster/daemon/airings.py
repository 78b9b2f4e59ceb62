"""What a station airs: planned anew on every look, begun when due, ended in the ledger."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import groupby

from broadcaster.daemon.doubt import DoubtError, Stretch, lost_in
from broadcaster.daemon.ends import end_unaired, end_unseen
from broadcaster.daemon.equipment import Equipment
from broadcaster.daemon.on_air import FAILED, OnAir
from broadcaster.daemon.silenced import silenced_in
from broadcaster.domain.airing import Entry, Rundown
from broadcaster.domain.record import AirState, AsRun
from broadcaster.domain.station import Station
from broadcaster.errors import DeviceError
from broadcaster.health.faults import FaultKind, Faults
from broadcaster.messages import Message, msg
from broadcaster.planning import asrun
from broadcaster.planning.cutting import OVER, urgent
from broadcaster.planning.due import Due, ahead, due, limit, offset, together
from broadcaster.planning.freed import freed
from broadcaster.planning.guard import Ruling, ruling
from broadcaster.planning.lead import leads
from broadcaster.planning.moved import moved
from broadcaster.planning.plan import days_between, plan
from broadcaster.playout.ahead import Ahead
from broadcaster.playout.air import Playout
from broadcaster.playout.history import History
from broadcaster.playout.relay import ARMING
from broadcaster.playout.withheld import withhold
from broadcaster.ports import Ledger, Studio, Synthesizer, TimeSource, Waker

DAY = timedelta(days=1)
ARMED = timedelta(seconds=3)
"""Speakers are told this long before their first sample, to place it on the second."""
ENDED = AirState.ENDED
REMOVED = msg("it was taken out of the playlist while it sounded")
WITHDRAWN = msg("it was taken out of the playlist just before it began")

logger = logging.getLogger(__name__)


class Airings:
    """The airings of one station, from where the ledger ends."""

    def __init__(
        self,
        station: Station,
        ledger: Ledger,
        playout: Playout,
        studio: Studio,
        time: TimeSource,
        waker: Waker,
        faults: Faults,
    ) -> None:
        self._ledger = ledger
        self._playout = playout
        self._time = time
        self._waker = waker
        self._ahead = Ahead(studio, time, waker.poke, faults)
        self._on_air = OnAir(playout, self._ahead, faults, time, waker)
        self._faults = faults
        self._rundown = Rundown(())
        self._paused: Message | None = None
        self._doubted: list[Stretch] = []
        self._plan_by(station, studio)

    async def take(self, equipment: Equipment) -> None:
        """Air this station from now on; what is on air plays on, unless it was removed."""
        self._playout.take(equipment.speakers, equipment.studio, equipment.powers)
        self._ahead.take(equipment.studio)
        self._plan_by(equipment.station, equipment.studio)
        planned = {_slot(entry) for entry in self._plan(self._time.now()).entries}
        gone = [e for e in self._playout.on_air if _slot(e) not in planned or not self._has(e)]
        await self._playout.end(self._unheard(gone), WITHDRAWN)
        await self._playout.end([entry.airing.key for entry in gone], REMOVED)

    def extend(self, station: Station) -> None:
        """Air this station from now on, which is the same with something added."""
        self._studio.extend(station)
        self._plan_by(station, self._studio)

    def _has(self, entry: Entry) -> bool:
        """Tell whether its zone has the loudspeakers still that it sounds on."""
        zone = self._station.zones.get(entry.airing.zone)
        return zone is not None and set(entry.speakers) <= set(zone.speakers)

    def _plan_by(self, station: Station, studio: Studio) -> None:
        self._station = station
        self._studio = studio
        self._lead = leads(station, ARMED, timedelta(seconds=ARMING))

    def begin(self, since: datetime) -> None:
        """Take up at the instant up to which the ledger can be believed; raises DeviceError."""
        self._since = since
        self._history = History(self._ledger, self._since)
        self._silenced = silenced_in(self._ledger)

    def step(self, now: datetime, until: datetime | None) -> datetime | None:
        """Begin and end what is due, and say when to look again; raises DeviceError.

        Nothing is begun that would begin at `until` or later.
        """
        if now < self._since:
            # The clock was ahead: what it had passed by is yet to come, less what really aired.
            self.begin(now)
        self._playout.settle()
        self._history.refresh(self._since)
        self._rundown = rundown = self._plan(now)
        self._end_unseen(now, rundown)
        found = due(
            rundown,
            {**self._history.states(), **self._on_air.states},
            now,
            self._on_air.entries,
            {**moved(rundown.entries, self._history.runs.values()), **self._silenced},
            self._unready(rundown),
            self._lead,
            asrun.cut(self._history.runs),
        )
        end_unaired(self._ledger, now, found)
        withhold(self._station, self._ledger, now)
        self._settle(rundown)
        # All that ended before is in the ledger by now.
        self._since = max(self._since, now - DAY)
        within = (entry for entry in found.air if until is None or entry.begins < until)
        for _, group in groupby(within, key=together):
            self._on_air.put(list(group), self._verdict)
        return min(filter(None, (found.wake, self._ahead.render(rundown, now))), default=None)

    @property
    def engines(self) -> Sequence[Synthesizer]:
        """Give who speaks."""
        return self._studio.engines

    async def look(self) -> None:
        """See that what is planned within a day can still be aired, or have it made again."""
        if not self._ahead.idle(self._rundown, self._time.now()):
            self._waker.poke()

    def needed(self, within: timedelta) -> set[str]:
        """Give the loudspeakers that something begins on within so long."""
        now = self._time.now()
        coming = (e for e in self._rundown.planned if now <= e.begins < now + within)
        return {name for entry in coming for name in entry.speakers}

    @property
    def on_air(self) -> list[Entry]:
        """Give what sounds, or is about to."""
        return self._playout.on_air

    def run_of(self, entry: Entry) -> AsRun | None:
        """Give what the ledger has of an airing."""
        self._history.refresh(self._since)
        return self._history.runs.get(entry.airing.key)

    def coming(self) -> list[Entry]:
        """Give what is yet to begin, or waits to, or to be taken up, in order."""
        states = {**self._history.states(), **self._on_air.states}
        cut = asrun.cut(self._history.runs)
        return ahead(self._rundown, states, cut, self._time.now())

    async def silence(self, reason: Message) -> list[str]:
        """End what sounds, for good, and give the keys of it."""
        keys = [entry.airing.key for entry in self.on_air]
        await self._playout.end(keys, reason)
        return keys

    async def pause(self, reason: Message) -> None:
        """Let nothing begin that is not urgent, and cut what sounds, until `resume`."""
        self._paused = reason
        keys = [entry.airing.key for entry in self.on_air if not urgent(entry)]
        await self._playout.cut(keys, reason)

    def resume(self) -> None:
        """Go on after a pause."""
        self._paused = None

    async def stand_back(self, reason: Message) -> None:
        """Have nothing begin that has not begun; it may when it is asked for again."""
        await self._playout.cut(self._unheard(self.on_air), reason)

    def _unheard(self, entries: Iterable[Entry]) -> list[str]:
        """Give the keys of those that do not sound yet."""
        with contextlib.suppress(DeviceError):  # then by what was last read of them
            self._history.refresh(self._since)
        states = self._history.states()
        keys = (entry.airing.key for entry in entries)
        return [key for key in keys if states.get(key) is not AirState.AUDIBLE]

    def doubted(self, since: datetime, until: datetime) -> None:
        """Hear that the clock could not be trusted between these instants."""
        recent = (each for each in self._doubted if each[1] > until - 2 * DAY)
        self._doubted = [*recent, (since, until)]

    async def finish(self) -> None:
        """Let what sounds end, and record what had begun and could not be made."""
        await self._on_air.ended()
        now = self._time.now()
        self._history.refresh(self._since)
        rundown, states = self._plan(now), self._history.states()
        reasons = self._ahead.unready(rundown)
        lost = tuple(
            (entry, reasons[entry.airing.group])
            for entry in rundown.planned
            if entry.airing.group in reasons and entry.begins < now
            if states.get(entry.airing.key, AirState.INTENT) is AirState.INTENT
        )
        cut = asrun.cut(self._history.runs)
        rests = [
            e._replace(heard=cut[e.airing.key]) for e in rundown.entries if e.airing.key in cut
        ]
        found = Due(missed=lost, lost=tuple((entry, OVER) for entry in rests))
        end_unaired(self._ledger, now, found)

    async def close(self, reason: Message) -> None:
        """Silence what sounds, record it with this reason, and release every amplifier."""
        self._ahead.close()
        await self._playout.stop(reason)
        await self._on_air.ended()
        await self._playout.close()

    def _unready(self, rundown: Rundown) -> Mapping[str, Message]:
        """Give what can't begin now, and why."""
        lost = lost_in(self._doubted, rundown, self._time.now())
        unready = {**self._ahead.unready(rundown), **lost}
        if self._paused is None:
            return unready
        waiting = (entry.airing.group for entry in rundown.planned if not urgent(entry))
        return {**dict.fromkeys(waiting, self._paused), **unready}

    def _settle(self, rundown: Rundown) -> None:
        """Take what failed off the faults once it has ended in the ledger, or left the plan."""
        failed = self._faults.present(FaultKind.PLAYOUT)
        if failed:
            states = self._history.states()
            open_ = {e.airing.group for e in rundown.planned if states.get(e.airing.key) != ENDED}
            for fault in failed:
                if fault.action == FAILED and fault.of not in open_:
                    self._faults.over(FaultKind.PLAYOUT, fault.of)

    def _end_unseen(self, now: datetime, rundown: Rundown) -> None:
        """End what a crash cut short, and what was about to sound and left the plan, or may not."""
        runs, sounding = self._history.runs, self._on_air.states
        planned = {entry.airing.key for entry in rundown.entries} - self._silenced.keys()
        planned |= sounding.keys()
        if end_unseen(self._ledger, now, runs, planned, sounding, self._silenced):
            self._history.refresh(self._since)

    def _plan(self, now: datetime) -> Rundown:
        """Give the rundown from where this run took over until the end of tomorrow."""
        tz = self._station.timezone
        first = min(self._since, now).astimezone(tz).date() - DAY
        last = now.astimezone(tz).date() + DAY
        made = plan(self._station, days_between(first, last), self._studio.seconds)
        cut = asrun.cut(self._history.runs)
        entries = freed(made.entries, self._history.runs)
        kept = (e for e in entries if e.airing.key in cut or limit(e) > self._since)
        return Rundown(tuple(kept))

    def _verdict(self, entry: Entry, now: datetime) -> Ruling:
        """Ask the guard again, by what was really aired, as late as can be; raises DoubtError."""
        if self._time.doubt() is not None:
            raise DoubtError
        if now >= limit(entry):
            return Ruling(msg("its sound was not ready in time"))
        self._history.refresh(self._since)
        tz, airing = self._station.timezone, entry.airing
        planned = {each.airing.key: each for each in self._plan(now).entries}
        zone = self._station.zones.get(airing.zone)
        if zone is None or airing.key not in planned:
            return Ruling(WITHDRAWN)
        use = self._history.use(zone, planned, tz)
        seconds = airing.seconds - offset(entry, now)
        return ruling(zone.airtime, now.astimezone(tz), seconds, use, airing.slot)


def _slot(entry: Entry) -> tuple[str, str, str]:
    return entry.airing.campaign, entry.airing.slot.id, entry.airing.zone
