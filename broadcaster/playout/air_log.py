"""Writes into the ledger what becomes of airings: before the first sample, then, and after."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from broadcaster.domain.airing import Entry
from broadcaster.domain.alarm import Alarm
from broadcaster.domain.record import Kind, Outcome
from broadcaster.domain.sound import Played, Prepared
from broadcaster.errors import DeviceError
from broadcaster.messages import Message, joined, msg, to_json
from broadcaster.planning.cutting import DROPPED, goes_on
from broadcaster.playout.outcome import alarmed, ending, facts, failure, given_up, judge
from broadcaster.playout.relay import Reception
from broadcaster.playout.relayed import account, judged
from broadcaster.playout.turn import Silence, Then
from broadcaster.ports import Ledger, TimeSource

NEARLY = 0.05
"""Seconds before its end at which what is silenced has ended by itself."""

Results = Mapping[str, Played | DeviceError]
"""What each loudspeaker of an airing did."""

Row = tuple[str, str, Mapping[str, Any]]

logger = logging.getLogger(__name__)


class AirLog:
    """The airings' part of one ledger.

    What has happened and the ledger refuses is owed to it, and written before anything else:
    else it would be taken for what has not happened, and happen twice.
    """

    def __init__(self, ledger: Ledger, time: TimeSource) -> None:
        self._ledger = ledger
        self._time = time
        self._owed: list[tuple[datetime, list[Row]]] = []

    def settle(self) -> None:
        """Write what is owed; raises DeviceError where it still can't be."""
        while self._owed:
            self._ledger.append_all(*self._owed[0])
            self._owed.pop(0)

    def intend(
        self, group: Sequence[Entry], programmes: Mapping[str, Prepared], skip: float
    ) -> None:
        """Say what is about to sound; raises DeviceError."""
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
            late = {"offset": round(skip, 3)} if skip else {}
            rows.append((Kind.INTENT, entry.airing.key, facts(entry) | sound | passed | late))
        self.settle()
        self._ledger.append_all(self._time.now(), rows)

    def heard(self, keys: Iterable[str], at: datetime) -> None:
        """Say that a first sample is out."""
        keys = list(keys)
        # It sounds already: going on is better than half a broadcast.
        self._write(at, [(Kind.AUDIBLE, key, {}) for key in keys])
        for key in keys:
            said = joined(key, msg("sounding"))
            logger.info(said, extra={"action": "airing-sounds", "key": key})

    def bar(
        self, barred: Iterable[tuple[Entry, Message]], outcome: Outcome = Outcome.BLOCKED
    ) -> None:
        """Say what does not sound after all; of what was cut, that it is not taken up."""
        for entry, reason in barred:
            if entry.heard is None:
                self._end(Kind.MISSED, entry, outcome, reason)
            else:
                why = given_up(entry.heard.reason, reason)
                self._end(Kind.FINISHED, entry, Outcome.PARTIAL, why, seconds=entry.heard.seconds)

    def cut(self, entry: Entry, played: Results, skip: float, silence: Silence) -> bool:
        """Say that an airing was cut, if it was, and goes on later; tells whether it did so."""
        sounded = [each for each in played.values() if isinstance(each, Played)]
        seconds = max((each.seconds for each in sounded), default=0.0)
        position = skip + seconds
        on = position if silence.then is Then.GOES_ON else goes_on(entry.airing, position)
        if silence.then is Then.OVER or on is None or position > entry.airing.seconds - NEARLY:
            return False
        fault = failure(played) or (entry.heard and entry.heard.fault)
        self._alarm(entry.airing.key, played)
        data = facts(entry) | {
            "position": round(position, 3),
            "goes_on": round(on, 3),
            "seconds": (entry.heard.seconds if entry.heard else 0.0) + seconds,
            "reason": str(silence.reason),
            "reason_message": to_json(silence.reason),
            "fault": to_json(fault) if fault else None,
        }
        key = entry.airing.key
        logger.info(joined(key, silence.reason), extra={"action": "airing-cut", "key": key})
        self._write(self._time.now(), [(Kind.CUT, key, data)])
        return True

    def finish(
        self,
        entry: Entry,
        played: Results,
        reception: Reception,
        skip: float,
        silence: Silence | None,
        *,
        sounded: bool,
    ) -> None:
        """Say how an airing ended."""
        stopped = None if silence is None else _told(entry, silence)
        outcome, reason = judge(entry, played, skip, stopped, sounded=sounded)
        heard = [result for result in played.values() if isinstance(result, Played)]
        seconds = max((result.seconds for result in heard), default=0.0)
        outcome, reason = judged(outcome, reason, reception.relays, skip + seconds)
        audio = reception.programmes[next(iter(played))]
        relays = account(reception.relays, skip + seconds)
        self._alarm(entry.airing.key, played)
        self._end(
            Kind.FINISHED,
            entry,
            outcome,
            reason,
            seconds=(entry.heard.seconds if entry.heard else 0.0) + seconds,
            voice=audio.voice,
            audio_sha256=audio.sha256,
            **({"relays": relays} if relays else {}),
        )

    def _alarm(self, key: str, played: Results) -> None:
        """Record what was wrong with the sound, once for all loudspeakers that were given it."""
        heard = {name: each for name, each in played.items() if isinstance(each, Played)}
        of: dict[Alarm, list[str]] = {}
        for name, result in heard.items():
            for alarm in result.alarms:
                of.setdefault(alarm, []).append(name)
        rows: list[Row] = [(Kind.ALARM, key, alarmed(alarm, names)) for alarm, names in of.items()]
        if rows:
            self._write(self._time.now(), rows)

    def _end(
        self, kind: Kind, entry: Entry, outcome: Outcome, reason: Message | None, **more: Any
    ) -> None:
        key = entry.airing.key
        logger.info(
            joined(key, msg(outcome.value), reason),
            extra={"action": "airing-ended", "key": key, "outcome": outcome.value},
        )
        self._write(self._time.now(), [(kind, key, ending(entry, outcome, reason) | more)])

    def _write(self, at: datetime, rows: list[Row]) -> None:
        self._owed.append((at, rows))
        with contextlib.suppress(DeviceError):  # which the ledger tells itself
            self.settle()


def _told(entry: Entry, silence: Silence) -> Message:
    if silence.then is Then.BY_POLICY and goes_on(entry.airing, 0.0) is None:
        return msg("{one}; {other}", one=silence.reason, other=DROPPED)
    return silence.reason
