"""The loop: asks what is due, gives it to playout, waits for the next instant that matters."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping, Sequence
from datetime import datetime, time, timedelta
from itertools import groupby

from broadcaster.domain.airing import Entry, Rundown
from broadcaster.domain.record import AirState, Kind, Outcome
from broadcaster.domain.station import Station
from broadcaster.errors import DeviceError
from broadcaster.messages import msg
from broadcaster.planning import asrun, signage
from broadcaster.planning.days import instant
from broadcaster.planning.due import Due, due, limit
from broadcaster.planning.guard import Ruling, ruling
from broadcaster.planning.lead import leads
from broadcaster.planning.moved import moved
from broadcaster.planning.plan import days_between, plan
from broadcaster.playout.ahead import Ahead
from broadcaster.playout.air import Playout, UnpreparedError
from broadcaster.playout.board import Board
from broadcaster.playout.history import History
from broadcaster.playout.outcome import ended_unseen, ending
from broadcaster.playout.relay import ARMING
from broadcaster.playout.sign_log import SignLog
from broadcaster.playout.told import Told
from broadcaster.playout.withheld import withhold
from broadcaster.ports import Ledger, Sign, Studio, TimeSource, Waker

DAY = timedelta(days=1)
ARMED = timedelta(seconds=3)
"""Speakers are told this long before their first sample, to place it on the second."""
RETRY = timedelta(seconds=5)
"""The pause after a fault of the ledger, before it is tried again."""
STOPPED = msg("the station was stopped while it sounded")

logger = logging.getLogger(__name__)


class Daemon:
    """One station, running."""

    def __init__(
        self,
        station: Station,
        ledger: Ledger,
        playout: Playout,
        signs: Mapping[str, Sign],
        studio: Studio,
        time: TimeSource,
        waker: Waker,
    ) -> None:
        self._station = station
        self._ledger = ledger
        self._playout = playout
        self._sign_log = SignLog(ledger, time)
        self._boards = {name: Board(sign, self._sign_log, time) for name, sign in signs.items()}
        self._studio = studio
        self._time = time
        self._waker = waker
        self._on_air: dict[str, tuple[asyncio.Task[None], Sequence[Entry]]] = {}
        self._ahead = Ahead(studio, time, waker.poke)
        self._told = Told()
        self._lead = leads(station, ARMED, timedelta(seconds=ARMING))
        self._stopping = False
        self._until: datetime | None = None

    async def run(self, until: datetime | None = None) -> None:
        """Run until that instant or `stop`; raises DeviceError when the ledger can't be begun."""
        self._until = until
        self._start()
        try:
            self._playout.begin()
            while not self._stopping and (until is None or self._time.now() < until):
                wake = self._step()
                await self._waker.wait(min(filter(None, (wake, until)), default=None))
            if not self._stopping:
                await asyncio.gather(*(task for task, _ in self._on_air.values()))
                self._give_up()
        finally:
            await self._close()

    def stop(self) -> None:
        """Silence what sounds, record it, and end `run`."""
        self._stopping = True
        self._waker.poke()

    def _start(self) -> None:
        """Take up where the ledger ends."""
        now = self._time.now()
        last = self._ledger.last()
        self._since = last.at if last else now
        self._history = History(self._ledger, self._since)
        self._ledger.append(now, Kind.STATION, "station", {"did": "start"})

    def _step(self) -> datetime | None:
        """Do what is due, and say when to look again."""
        now = self._time.now()
        try:
            wake = self._air(now)
        except DeviceError as error:
            # Without its ledger nothing may sound: what is due waits, within its late policy.
            self._told.tell("ledger", error, "ledger-failed")
            wake = now + RETRY
        else:
            self._told.over("ledger")
        local = now.astimezone(self._station.timezone)
        midnight = instant(local.date() + DAY, time(), self._station.timezone)
        return min(filter(None, (wake, midnight, self._show(now))))

    def _air(self, now: datetime) -> datetime | None:
        self._history.refresh(self._since)
        rundown = self._plan(now)
        self._end_unseen(now, rundown)
        found = due(
            rundown,
            {**self._history.states(), **self._sounding()},
            now,
            {name for _, group in self._on_air.values() for e in group for name in e.speakers},
            moved(rundown.entries, self._history.runs.values()),
            self._ahead.unready(rundown),
            self._lead,
        )
        self._record(now, found)
        withhold(self._station, self._ledger, now)
        # All that ended before is in the ledger by now.
        self._since = max(self._since, now - DAY)
        for _, group in groupby(
            filter(self._within, found.air), key=lambda entry: entry.airing.group
        ):
            self._put_on_air(list(group))
        return min(filter(None, (found.wake, self._ahead.render(rundown, now))), default=None)

    def _within(self, entry: Entry) -> bool:
        """Tell what begins while this run lasts."""
        return self._until is None or entry.begins < self._until

    def _end_unseen(self, now: datetime, rundown: Rundown) -> None:
        """End what a crash cut short, and what was about to sound and left the plan."""
        runs, sounding = self._history.runs, self._sounding()
        planned = [*(entry.airing.key for entry in rundown.entries), *sounding]
        cut = [run for run in asrun.interrupted(runs) if run.key not in sounding]
        lost = asrun.forgotten(runs, planned)
        if cut or lost:
            ends = [ended_unseen(run, heard=True) for run in cut]
            self._ledger.append_all(now, [*ends, *(ended_unseen(run, heard=False) for run in lost)])
            self._history.refresh(self._since)

    def _sounding(self) -> dict[str, AirState]:
        groups = (group for _, group in self._on_air.values())
        return {entry.airing.key: AirState.AUDIBLE for group in groups for entry in group}

    def _plan(self, now: datetime) -> Rundown:
        """Give the rundown from where this run took over until the end of tomorrow."""
        tz = self._station.timezone
        first = min(self._since, now).astimezone(tz).date() - DAY
        last = now.astimezone(tz).date() + DAY
        made = plan(self._station, days_between(first, last), self._studio.seconds)
        return Rundown(tuple(entry for entry in made.entries if limit(entry) > self._since))

    def _record(self, now: datetime, found: Due) -> None:
        """Write what will not air into the ledger, and move on from what is behind."""
        rows = [
            *((Kind.MISSED, e, Outcome.MISSED, why) for e, why in found.missed),
            *((Kind.REFUSED, e, Outcome.BLOCKED, e.refusal) for e in found.refused),
            *((Kind.MISSED, e, Outcome.CANCELLED, why) for e, why in found.cancelled),
        ]
        if rows:
            self._ledger.append_all(
                now, [(kind, e.airing.key, ending(e, end, why)) for kind, e, end, why in rows]
            )
        for _, entry, outcome, why in rows:
            logger.warning(
                "%s: %s: %s", entry.airing.key, outcome.value, why,
                extra={"action": f"airing-{outcome.value}", "key": entry.airing.key},
            )  # fmt: skip

    def _give_up(self) -> None:
        """Record what had begun and could not be made when time came to its end."""
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
        self._record(now, Due(missed=lost))

    def _put_on_air(self, group: Sequence[Entry]) -> None:
        name = group[0].airing.group

        async def air() -> None:
            try:
                await self._playout.air(group, self._verdict)
                self._told.over(name)
            except UnpreparedError as error:
                self._ahead.put_off(group[0], error)
            except Exception as error:  # noqa: BLE001 - told by its kind
                # One broadcast's fault, foreseen or not, must not take the others with it.
                self._told.tell(name, error, "airing-failed")
                await self._time.sleep(RETRY.total_seconds())
            finally:
                del self._on_air[name]
                self._waker.poke()

        self._on_air[name] = asyncio.create_task(air()), group

    def _verdict(self, entry: Entry, now: datetime) -> Ruling:
        """Ask the guard again, by what was really aired, as late as can be."""
        if now >= limit(entry):
            return Ruling(msg("its sound was not ready in time"))
        self._history.refresh(self._since)
        tz, airing = self._station.timezone, entry.airing
        zone = self._station.zones[airing.zone]
        planned = {each.airing.key: each for each in self._plan(now).entries}
        use = self._history.use(zone, planned, tz)
        return ruling(zone.airtime, now.astimezone(tz), airing.seconds, use, airing.slot)

    def _show(self, now: datetime) -> datetime | None:
        """Tell every sign what it is to hold, and what next."""
        courses = signage.courses(self._station, now)
        for name, board in self._boards.items():
            board.want(*courses[name])
        return signage.next_change(self._station, now)

    async def _close(self) -> None:
        self._ahead.close()
        await self._playout.stop(STOPPED)
        tasks = [task for task, _ in self._on_air.values()]
        await asyncio.gather(*tasks, return_exceptions=True)
        await self._playout.close()
        await asyncio.gather(*(board.close() for board in self._boards.values()))
        self._sign_log.flush()
        self._ledger.append(self._time.now(), Kind.STATION, "station", {"did": "stop"})
