"""A loudspeaker in memory: remembers what sounded on it, and fails when told to."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

from broadcaster.domain.alarm import between
from broadcaster.domain.sound import Played, Prepared
from broadcaster.errors import DeviceError
from broadcaster.messages import msg
from broadcaster.ports import TimeSource


class Heard(NamedTuple):
    """One sound, from its first sample on."""

    label: str
    started: datetime
    offset: float


class FakeSpeaker:
    """Sounds as long as the programme takes; `dead` before the first sample, or `dies` in it."""

    arming = 0.0

    def __init__(self, name: str, time: TimeSource) -> None:
        self.id = name
        self.heard: list[Heard] = []
        self.sounding = False
        self.is_ready = False
        self.dead = False
        self.dies = False
        self.hides = False
        """Whether only a thorough check shows that it is dead."""
        self.seen = 0
        """What can be seen of it at a glance."""
        self.checks = 0
        self.gap = 0.0
        """Seconds that it loses on the way, and goes on."""
        self._time = time
        self._stopped = asyncio.Event()

    async def play(
        self,
        audio: Prepared,
        label: str,
        offset: float,
        at: datetime,
        audible: Callable[[datetime], None],
    ) -> Played:
        self._answer()
        assert not self.sounding, "two programmes at once on one speaker"
        # What was stopped may not have ended yet.
        stopped = self._stopped = asyncio.Event()
        await self._wait(stopped, (at - self._time.now()).total_seconds())
        started = self._time.now()
        if stopped.is_set():
            return Played(started, 0.0, whole=False)
        self.sounding = True
        self.heard.append(Heard(label, started, offset))
        try:
            audible(started)
            return await self._sound(stopped, audio, offset, started)
        finally:
            self.sounding = False

    async def ready(self) -> None:
        self.is_ready = True

    async def unready(self) -> None:
        self.is_ready = False

    async def _sound(
        self, stopped: asyncio.Event, audio: Prepared, offset: float, started: datetime
    ) -> Played:
        length, begun = audio.seconds - offset, self._time.monotonic()
        await self._wait(stopped, length / 2 if self.dies else length)
        if self.dies and not stopped.is_set():
            raise DeviceError(self.id, msg("was unplugged"))
        seconds = min(length, self._time.monotonic() - begun)
        alarms = tuple(between(audio.alarms, offset, offset + seconds))
        if self.gap:
            reason = msg("{seconds:.0f} s did not arrive", seconds=self.gap)
            sounded = seconds - self.gap
            return Played(started, sounded, whole=False, alarms=alarms, reason=reason)
        return Played(started, seconds, not (offset or stopped.is_set()), alarms)

    async def _wait(self, stopped: asyncio.Event, seconds: float) -> None:
        stop = asyncio.create_task(stopped.wait())
        end = asyncio.create_task(self._time.sleep(seconds))
        try:
            await asyncio.wait({stop, end}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            stop.cancel()
            end.cancel()

    async def stop(self) -> None:
        self._stopped.set()
        # No event would do: what holds one may be of a loop that was killed.
        while self.sounding:  # noqa: ASYNC110
            await asyncio.sleep(0)  # noqa: TID251 - no time passes

    async def watch(self) -> object:
        if not self.hides:
            self._answer()
        return self.seen

    async def check(self) -> None:
        self.checks += 1
        self._answer()

    def _answer(self) -> None:
        if self.dead:
            raise DeviceError(self.id, msg("does not answer"))
