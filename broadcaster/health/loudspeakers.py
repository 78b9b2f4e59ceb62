"""Looks after loudspeakers that do not sound: a glance each round, a thorough check rarely."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from broadcaster.errors import DeviceError
from broadcaster.health.faults import FaultKind, Faults
from broadcaster.ports import Speaker, TimeSource

FRESH = 3 * 3600.0
"""Seconds for which a thorough check is good enough for an airing to come."""
FIRST, LONGEST = 30.0, 600.0
"""Seconds to the next thorough check of what failed one: twice as long each time."""
FAILED, LOST = "speaker-failed", "speaker-lost"
NEVER = object()
"""What nobody saw yet is like nothing that is seen."""


@dataclass(slots=True)
class _Known:
    """What is known of one loudspeaker."""

    speaker: Speaker
    seen: object = NEVER
    """What a glance gave when it last passed a thorough check."""
    failed: object = NEVER
    """What a glance gave when it last failed one."""
    checked: float = -math.inf
    again: float = -math.inf
    pause: float = FIRST


class Loudspeakers:
    """All loudspeakers of a station; `busy` says which must be left alone now."""

    def __init__(self, faults: Faults, time: TimeSource, busy: Callable[[str], bool]) -> None:
        self._faults = faults
        self._time = time
        self._busy = busy
        self._known: dict[str, _Known] = {}

    async def look(self, speaker: Speaker, *, needed: bool) -> None:
        """Glance at one; check it thoroughly where that shows a change, or it is `needed` soon."""
        if self._busy(speaker.id):
            return
        known = self._of(speaker)
        try:
            seen = await speaker.watch()
        except DeviceError as error:
            known.seen = NEVER
            self._tell(speaker, error, LOST)
            return
        if self._due(known, seen, needed=needed) and not self._busy(speaker.id):
            await self._check(known, seen)

    def _of(self, speaker: Speaker) -> _Known:
        known = self._known.get(speaker.id)
        if known is None or known.speaker is not speaker:
            known = self._known[speaker.id] = _Known(speaker)
        return known

    def _due(self, known: _Known, seen: object, *, needed: bool) -> bool:
        """Tell whether only a thorough check can say how it is."""
        now = self._time.monotonic()
        doubtful = seen != known.seen or self._faults.fault(FaultKind.SPEAKER, known.speaker.id)
        if doubtful:
            return now >= known.again or seen != known.failed
        return needed and now >= known.checked + FRESH

    async def _check(self, known: _Known, seen: object) -> None:
        try:
            await known.speaker.check()
        except DeviceError as error:
            now = self._time.monotonic()
            known.again, known.pause = now + known.pause, min(2 * known.pause, LONGEST)
            known.failed = seen
            self._tell(known.speaker, error, FAILED)
        else:
            known.seen, known.failed, known.pause = seen, NEVER, FIRST
            known.checked = self._time.monotonic()
            self._faults.over(FaultKind.SPEAKER, known.speaker.id)

    def _tell(self, speaker: Speaker, error: DeviceError, action: str) -> None:
        # An airing that began meanwhile took it away from us, and finds out for itself.
        if not self._busy(speaker.id):
            self._faults.tell(FaultKind.SPEAKER, speaker.id, error, action)
