"""Puts a group of airings on air: prepare, say so, sound on every speaker at once, record."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from broadcaster.domain.airing import Entry
from broadcaster.domain.alarm import Alarm
from broadcaster.domain.record import Kind, Outcome
from broadcaster.errors import DeviceError
from broadcaster.health.faults import FaultKind, Faults
from broadcaster.messages import Message, joined, msg, to_json
from broadcaster.planning.due import offset
from broadcaster.planning.guard import Ruling
from broadcaster.playout.amplifiers import Amplifiers, Power
from broadcaster.playout.outcome import alarmed, ending, facts, judge, label
from broadcaster.playout.relay import Receivers, Reception
from broadcaster.playout.relayed import account, judged
from broadcaster.ports import Ledger, Played, Prepared, Speaker, Studio, TimeSource

Verdict = Callable[[Entry, datetime], Ruling]
"""Whether an airing may begin at this instant after all."""

FAILED = "speaker-failed"

logger = logging.getLogger(__name__)


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
        self._ledger = ledger
        self._time = time
        self._faults = faults or Faults(time)
        self._amplifiers = Amplifiers(powers, time, self._faults)
        self._sounding: dict[str, Speaker] = {}
        self._stopped: Message | None = None

    async def air(self, group: Sequence[Entry], verdict: Verdict) -> None:
        """Air what starts together, at its instant where that is still ahead.

        The guard is asked here, after preparing, as late as can be. Every airing of the group ends
        in the ledger, whatever fails then; raises UnpreparedError before, and DeviceError when the
        ledger itself can't be written before a sound is made: then there is no sound.
        """
        begins = group[0].begins
        names = sorted({name for entry in group for name in entry.speakers})
        try:
            programmes = await self._studio.programmes(group[0], names, begins)
        except DeviceError as error:
            raise UnpreparedError(error.device, error.message) from error
        at = self._start(begins, names)
        judged = [(entry, verdict(entry, at)) for entry in group]
        barred = [(entry, ruling.barred) for entry, ruling in judged if ruling.barred]
        self._end(Kind.MISSED, Outcome.BLOCKED, barred)
        cleared = [
            entry._replace(passed=ruling.passed) for entry, ruling in judged if not ruling.barred
        ]
        if cleared:
            await self._sound(cleared, programmes, at)

    def _start(self, begins: datetime, names: Iterable[str]) -> datetime:
        """Give when they can sound together: on time, or once the slowest is armed and warm."""
        slowest = max(
            max(self._speakers[name].arming, self._amplifiers.cold(name)) for name in names
        )
        return max(begins, self._time.now() + timedelta(seconds=slowest))

    def begin(self) -> None:
        """Release every amplifier, whatever it was left as."""
        self._amplifiers.begin()

    async def close(self) -> None:
        """Release every amplifier, when nothing sounds any more."""
        await self._amplifiers.close()

    async def stop(self, reason: Message) -> None:
        """Silence everything; what sounded is recorded as partial, with this reason."""
        self._stopped = reason
        await asyncio.gather(*(speaker.stop() for speaker in self._sounding.values()))

    async def _sound(
        self, group: Sequence[Entry], programmes: Mapping[str, Prepared], at: datetime
    ) -> None:
        zones = {entry.airing.key: entry.speakers for entry in group}
        names = sorted({name for speakers in zones.values() for name in speakers})
        self._stopped = None
        self._intend(group, programmes)
        silent = dict(zones)
        skip = offset(group[0], at)

        def audible(name: str, at: datetime) -> None:
            first = [key for key, speakers in silent.items() if name in speakers]
            for key in first:
                del silent[key]
            if first:
                self._heard(first, at)

        sounded_on = {name: programmes[name] for name in names}
        async with self._receivers.receive(sounded_on, at, skip) as reception:
            given = reception.programmes
            results = await asyncio.gather(
                *(self._play(name, given[name], group[0], skip, at, audible) for name in names)
            )
        by_name = dict(zip(names, results, strict=True))
        for entry in group:
            played = {name: by_name[name] for name in zones[entry.airing.key]}
            sounded = entry.airing.key not in silent
            failed = any(isinstance(result, DeviceError) for result in played.values())
            # Stopped before its first sample, it may still air when the station runs again.
            if sounded or failed or self._stopped is None:
                self._finish(entry, played, reception, skip, sounded=sounded)

    async def _play(
        self,
        name: str,
        audio: Prepared,
        entry: Entry,
        skip: float,
        at: datetime,
        audible: Callable[[str, datetime], None],
    ) -> Played | DeviceError:
        self._sounding[name] = speaker = self._speakers[name]
        play = partial(speaker.play, audio, label(entry), skip, at)
        try:
            played = await self._amplifiers.around(speaker, at, play, partial(audible, name))
        except DeviceError as error:
            self._faults.tell(FaultKind.SPEAKER, name, error, FAILED)
            return error
        else:
            self._judge(name, played)
            return played
        finally:
            self._sounding.pop(name, None)

    def _judge(self, name: str, played: Played) -> None:
        if played.reason is not None:
            self._faults.tell(FaultKind.SPEAKER, name, played.reason, FAILED)
        elif played.seconds:
            self._faults.over(FaultKind.SPEAKER, name)

    def _intend(self, group: Sequence[Entry], programmes: Mapping[str, Prepared]) -> None:
        rows = []
        for entry in group:
            audio = programmes[entry.speakers[0]]
            sound = {
                "voice": audio.voice,
                "audio_sha256": audio.sha256,
                "seconds": audio.seconds,
                "lufs": audio.lufs,
                "dbtp": audio.dbtp,
            }
            passed = {"passed_guard": to_json(entry.passed)} if entry.passed else {}
            rows.append((Kind.INTENT, entry.airing.key, facts(entry) | sound | passed))
        self._ledger.append_all(self._time.now(), rows)

    def _heard(self, keys: Iterable[str], at: datetime) -> None:
        # It sounds already: going on is better than half a broadcast, and the end is recorded.
        with contextlib.suppress(DeviceError):
            self._ledger.append_all(at, [(Kind.AUDIBLE, key, {}) for key in keys])
        for key in keys:
            said = joined(key, msg("sounding"))
            logger.info(said, extra={"action": "airing-sounds", "key": key})

    def _finish(
        self,
        entry: Entry,
        played: Mapping[str, Played | DeviceError],
        reception: Reception,
        skip: float,
        *,
        sounded: bool,
    ) -> None:
        outcome, reason = judge(entry, played, skip, self._stopped, sounded=sounded)
        heard = [result for result in played.values() if isinstance(result, Played)]
        seconds = max((result.seconds for result in heard), default=0.0)
        outcome, reason = judged(outcome, reason, reception.relays, skip + seconds)
        audio = reception.programmes[next(iter(played))]
        relays = account(reception.relays, skip + seconds)
        self._alarm(entry.airing.key, played)
        self._end(
            Kind.FINISHED,
            outcome,
            [(entry, reason)],
            seconds=seconds,
            voice=audio.voice,
            audio_sha256=audio.sha256,
            **({"relays": relays} if relays else {}),
        )

    def _alarm(self, key: str, played: Mapping[str, Played | DeviceError]) -> None:
        """Record what was wrong with the sound, once for all loudspeakers that were given it."""
        heard = {name: each for name, each in played.items() if isinstance(each, Played)}
        of: dict[Alarm, list[str]] = {}
        for name, result in heard.items():
            for alarm in result.alarms:
                of.setdefault(alarm, []).append(name)
        rows = [(Kind.ALARM, key, alarmed(alarm, names)) for alarm, names in of.items()]
        if rows:
            self._ledger.append_all(self._time.now(), rows)

    def _end(
        self,
        kind: Kind,
        outcome: Outcome,
        ended: Iterable[tuple[Entry, Message | None]],
        **more: Any,
    ) -> None:
        rows = []
        for entry, reason in ended:
            key = entry.airing.key
            rows.append((kind, key, ending(entry, outcome, reason) | more))
            logger.info(
                joined(key, msg(outcome.value), reason),
                extra={"action": "airing-ended", "key": key, "outcome": outcome.value},
            )
        if rows:
            self._ledger.append_all(self._time.now(), rows)
