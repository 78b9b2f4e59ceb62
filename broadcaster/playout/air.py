"""Puts a group of airings on air: prepare, say so, sound on every speaker at once, record."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial

from broadcaster.domain.airing import Entry
from broadcaster.domain.record import Outcome
from broadcaster.domain.sound import Played, Prepared
from broadcaster.errors import DeviceError
from broadcaster.health.faults import FaultKind, Faults
from broadcaster.health.patrol import Look
from broadcaster.messages import Message, msg
from broadcaster.planning.cutting import cutter, urgent, yielding
from broadcaster.planning.due import offset
from broadcaster.planning.guard import Ruling
from broadcaster.planning.words import clock
from broadcaster.playout.air_log import AirLog, Results
from broadcaster.playout.amplifiers import Amplifiers, Audible, Power
from broadcaster.playout.outcome import label
from broadcaster.playout.relay import Receivers, Reception
from broadcaster.playout.turn import Silence, Then, Turn
from broadcaster.ports import Ledger, Speaker, Studio, TimeSource

Verdict = Callable[[Entry, datetime], Ruling]
"""Whether an airing may begin at this instant after all."""

FAILED = "speaker-failed"
TAKEN = msg("an urgent announcement took its loudspeakers")


class UnpreparedError(DeviceError):
    """A programme that could not be made; nothing sounded or was written: it may be tried again."""


class Playout:
    """The loudspeakers of one station."""

    def __init__(
        self,
        speakers: Mapping[str, Speaker],
        studio: Studio,
        ledger: Ledger,
        time: TimeSource,
        receivers: Receivers,
        powers: Mapping[str, Power],
        faults: Faults | None = None,
    ) -> None:
        self._receivers = receivers
        self._speakers = speakers
        self._studio = studio
        self._time = time
        self._faults = faults or Faults(time)
        self._amplifiers = Amplifiers(powers, time, self._faults)
        self._log = AirLog(ledger, time)
        self._turns: list[Turn] = []

    async def air(
        self, group: Sequence[Entry], verdict: Verdict, done: Callable[[Entry], None]
    ) -> None:
        """Air what starts together, at its instant where that is still ahead.

        The guard is asked here, after preparing, as late as can be. Every airing of the group ends
        in the ledger or is cut there, whatever fails then, and `done` is called with it; raises
        UnpreparedError before, and DeviceError when the ledger itself can't be written before a
        sound is made: then there is no sound.
        """
        turn = Turn(group, self._speakers)
        self._turns.append(turn)
        try:
            async with turn.made_ready() as ready:
                await self._air(turn, group, verdict, done, ready)
        finally:
            self._turns.remove(turn)

    async def cut(self, keys: Collection[str], reason: Message) -> None:
        """Silence airings, to be taken up later where they were; what has not begun may begin."""
        await self._silence(keys, Silence(reason, Then.GOES_ON))

    async def end(self, keys: Collection[str], reason: Message) -> None:
        """Silence airings for good: what sounded is recorded as partial, with this reason."""
        await self._silence(keys, Silence(reason, Then.OVER))

    def settle(self) -> None:
        """Write what the ledger refused before of what has happened; raises DeviceError."""
        self._log.settle()

    @property
    def on_air(self) -> list[Entry]:
        """Give what sounds, or is about to."""
        return [entry for turn in self._turns for entry in turn.sounding]

    async def stop(self, reason: Message) -> None:
        """Silence everything; what sounded is recorded as partial, with this reason.

        What has not begun may still air when the station runs again.
        """
        keys = [entry.airing.key for entry in self.on_air]
        await self._silence(keys, Silence(reason, Then.OVER, station_stops=True))

    async def _silence(self, keys: Collection[str], silence: Silence) -> None:
        await asyncio.gather(*(turn.fall_silent(keys, silence) for turn in self._turns))

    async def _air(
        self,
        turn: Turn,
        group: Sequence[Entry],
        verdict: Verdict,
        done: Callable[[Entry], None],
        ready: Awaitable[object],
    ) -> None:
        begins = group[0].begins
        try:
            programmes = await self._studio.programmes(group[0], sorted(turn.speakers), begins)
            await ready
        except DeviceError as error:
            raise UnpreparedError(error.device, error.message) from error
        finally:
            self._end_unheard(turn, group, done)
        at = self._start(begins, turn.speakers)
        group = turn.sounding
        judged = [(entry, verdict(entry, at)) for entry in group]
        self._log.bar((entry, ruling.barred) for entry, ruling in judged if ruling.barred)
        cleared = [
            entry._replace(passed=ruling.passed) for entry, ruling in judged if not ruling.barred
        ]
        if cleared:
            await self._sound(turn, cleared, programmes, at, done)

    def _end_unheard(
        self, turn: Turn, group: Sequence[Entry], done: Callable[[Entry], None]
    ) -> None:
        """Record what somebody ended while its sound was made: it is not to be heard later."""
        for entry in group:
            silence = turn.silence(entry.airing.key)
            if silence and silence.then is Then.OVER and not silence.station_stops:
                self._log.bar([(entry, silence.reason)], Outcome.MISSED)
                turn.ended(entry)
                done(entry)

    def _start(self, begins: datetime, speakers: Mapping[str, Speaker]) -> datetime:
        """Give when they can sound together: on time, or once the slowest is armed and warm."""
        slowest = max(max(of.arming, self._amplifiers.cold(n)) for n, of in speakers.items())
        return max(begins, self._time.now() + timedelta(seconds=slowest))

    @property
    def speakers(self) -> Mapping[str, Speaker]:
        """Give what it sounds on, by name."""
        return self._speakers

    def sounds(self, speaker: str) -> bool:
        """Tell whether a loudspeaker is in use, or about to be."""
        return any(turn.keys(speaker) for turn in self._turns)

    def looks(self) -> list[Look]:
        """Give what is to be looked at of the amplifiers while nobody needs them."""
        return self._amplifiers.looks()

    def take(
        self, speakers: Mapping[str, Speaker], studio: Studio, powers: Mapping[str, Power]
    ) -> None:
        """Sound on these from now on; what is on air ends where it began."""
        self._speakers, self._studio = speakers, studio
        self._amplifiers.take(powers)

    def begin(self) -> None:
        """Release every amplifier, whatever it was left as."""
        self._amplifiers.begin()

    async def close(self) -> None:
        """Release every amplifier, when nothing sounds any more."""
        await self._amplifiers.close()

    async def _sound(
        self,
        turn: Turn,
        group: Sequence[Entry],
        programmes: Mapping[str, Prepared],
        at: datetime,
        done: Callable[[Entry], None],
    ) -> None:
        names = sorted({name for entry in group for name in entry.speakers})
        skip = offset(group[0], at)
        self._log.intend(group, programmes, skip)
        silent = {entry.airing.key: entry.speakers for entry in group}
        audible = partial(self._heard, silent)
        sounded_on = {name: programmes[name] for name in names}
        open_: list[tuple[Entry, Results]] = []
        async with self._receivers.receive(sounded_on, at, skip) as reception:
            given = reception.programmes
            playing = {
                name: asyncio.create_task(
                    self._play(turn, name, given[name], group[0], skip, at, audible)
                )
                for name in names
            }

            async def follow(entry: Entry) -> None:
                results = await asyncio.gather(*(playing[name] for name in entry.speakers))
                played = dict(zip(entry.speakers, results, strict=True))
                silence = turn.silence(entry.airing.key)
                sounded = entry.airing.key not in silent
                if silence and sounded and self._log.cut(entry, played, skip, silence):
                    turn.ended(entry)
                    done(entry)
                else:
                    open_.append((entry, played))

            await asyncio.gather(*map(follow, group))
        for entry, played in open_:
            sounded = entry.airing.key not in silent
            self._finish(turn, entry, played, reception, skip, sounded=sounded)
            turn.ended(entry)
            done(entry)

    def _heard(self, silent: dict[str, tuple[str, ...]], name: str, at: datetime) -> None:
        """Write the first sample of each airing that was silent until this loudspeaker sounded."""
        first = [key for key, speakers in silent.items() if name in speakers]
        for key in first:
            del silent[key]
        if first:
            self._log.heard(first, at)

    def _finish(
        self,
        turn: Turn,
        entry: Entry,
        played: Results,
        reception: Reception,
        skip: float,
        *,
        sounded: bool,
    ) -> None:
        silence = turn.silence(entry.airing.key)
        failed = any(isinstance(result, DeviceError) for result in played.values())
        # Silenced before its first sample, it may still air, unless somebody ended it.
        waits = silence and (silence.station_stops or silence.then is not Then.OVER)
        if sounded or failed or not waits:
            self._log.finish(entry, played, reception, skip, silence, sounded=sounded)

    async def _play(
        self,
        turn: Turn,
        name: str,
        audio: Prepared,
        entry: Entry,
        skip: float,
        at: datetime,
        audible: Callable[[str, datetime], None],
    ) -> Played | DeviceError:
        speaker = turn.speakers[name]

        async def play(audible: Audible) -> Played:
            await self._free(turn, name, entry, at)
            turn.plays(name)
            try:
                if all(turn.silence(key) for key in turn.keys(name)):
                    return Played(at, 0.0, whole=False)
                return await speaker.play(audio, label(entry), skip, at, audible)
            finally:
                turn.over(name)

        try:
            played = await self._amplifiers.around(speaker, at, play, partial(audible, name))
        except DeviceError as error:
            self._faults.tell(FaultKind.SPEAKER, name, error, FAILED)
            return error
        self._judge(name, played)
        return played

    async def _free(self, turn: Turn, name: str, entry: Entry, at: datetime) -> None:
        """Have what yields to an urgent one fall silent on a loudspeaker, as late as can be."""
        if not urgent(entry):
            if any(name in each.claims for each in self._turns):
                await turn.fall_silent(turn.keys(name), Silence(TAKEN, Then.BY_POLICY))
            return
        arming = turn.speakers[name].arming
        await self._time.sleep((at - self._time.now()).total_seconds() - arming)
        turn.claims.add(name)
        tz = entry.airing.start.tzinfo or UTC
        by = msg("cut at {time} by {other}", time=clock(at, tz), other=cutter(entry))
        for each in self._turns:
            keys = [one.airing.key for one in yielding(each.sounding, [name])]
            await each.fall_silent(keys, Silence(by, Then.BY_POLICY))

    def _judge(self, name: str, played: Played) -> None:
        if played.reason is not None:
            self._faults.tell(FaultKind.SPEAKER, name, played.reason, FAILED)
        elif played.seconds:
            self._faults.over(FaultKind.SPEAKER, name)
