"""A loudspeaker behind a process of its own: armed before its time, silent once we are gone."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from broadcaster.audio.render import spools
from broadcaster.domain.alarm import Alarm, alarm
from broadcaster.domain.sound import Played, Prepared
from broadcaster.errors import DeviceError, why
from broadcaster.messages import from_json, joined, msg
from broadcaster.ports import TimeSource
from broadcaster.speakers.player_process import PlayerProcess
from broadcaster.speakers.watches import WATCHES

CHILD = "broadcaster.speakers.player_start"
ARMING = 0.05
"""Seconds in which a process that is ready opens its output and decodes the first second."""
READY = 1.5
"""Seconds that a process has for loading what it needs; on a machine that is busy it goes on."""
GRACE = 10.0
"""Seconds over its time after which a player that says nothing is taken for hung."""


logger = logging.getLogger(__name__)


@dataclass(slots=True, eq=False)
class Sounding:
    """One programme, from `play` on."""

    process: PlayerProcess | None = None
    stopped: bool = False
    silent: asyncio.Event = field(default_factory=asyncio.Event)
    """Once its output is let go of."""


class PlayerSpeaker:
    """Sounds through a child process, which holds the output and keeps the time.

    The child takes the end of its stdin for a stop: killed or crashed, the daemon leaves no sound
    behind. A child that hangs is killed: the loudspeaker is free again, and its fault is told.
    """

    def __init__(
        self, name: str, sink: Mapping[str, Any], time: TimeSource, arming: float = ARMING
    ) -> None:
        self.id = name
        self.arming = arming
        self._sink = sink
        self._time = time
        self._ready: PlayerProcess | None = None
        self._starting = asyncio.Lock()
        self._sounding: Sounding | None = None
        self._checking: asyncio.Task[None] | None = None

    async def ready(self) -> None:
        """Start a process for the next `play`, and wait until it has loaded what it needs."""
        async with self._starting:
            if self._ready is not None:
                return
            # What doesn't start, fails or takes its time is for `play` to find out.
            with contextlib.suppress(DeviceError):
                self._ready = process = await self._started()
                await process.event(READY)

    async def unready(self) -> None:
        """End the process that no `play` has taken."""
        async with self._starting:
            process, self._ready = self._ready, None
        if process is not None:
            await process.end()

    async def play(
        self,
        audio: Prepared,
        label: str,  # noqa: ARG002 - it leaves nothing that would need a name
        offset: float,
        at: datetime,
        audible: Callable[[datetime], None],
    ) -> Played:
        """Sound it from `offset` seconds on, the first sample at `at`."""
        sounding = self._sounding = Sounding()
        if self._checking is not None:
            # It may hold the output, which some outputs let one alone do.
            self._checking.cancel()
            await asyncio.wait({self._checking})
        request = {
            "path": str(audio.path), "offset": offset, "at": at.isoformat(),
            "pauses": audio.pauses, "relays": spools(audio.relays),
            "sink": {**self._sink, "title": audio.title},
        }  # fmt: skip
        ahead = max(0.0, (at - self._time.now()).total_seconds())
        seconds = ahead + audio.seconds - offset + GRACE
        try:
            sounding.process = process = await self._taken()
            try:
                process.ask(request)
                if sounding.stopped:
                    # A stop came while the child was being started.
                    process.stop()
                return await self._followed(sounding, process, seconds, offset, at, audible)
            finally:
                await process.end()
        finally:
            sounding.silent.set()

    async def stop(self) -> None:
        """Fall silent, if it sounds, and return once its output is let go of."""
        sounding = self._sounding
        if sounding is None:
            return
        sounding.stopped = True
        if sounding.process is not None:
            sounding.process.stop()
        await sounding.silent.wait()

    async def _taken(self) -> PlayerProcess:
        """Give the process that is ready, or a new one where there is none."""
        process, self._ready = self._ready, None
        if process is not None and process.runs:
            return process
        if process is not None:
            await process.end()
        return await self._started()

    async def _started(self) -> PlayerProcess:
        process = PlayerProcess(self.id, CHILD, self._sink["driver"])
        await process.start()
        return process

    async def check(self) -> None:
        """Raise DeviceError when the output can't be opened now; sounds nothing."""
        self._checking = checking = asyncio.create_task(self._opened())
        try:
            await asyncio.wait({checking})
        finally:
            self._checking = None
            checking.cancel()
        if checking.cancelled():
            raise DeviceError(self.id, msg("was needed for a broadcast while it was checked"))
        checking.result()

    async def watch(self) -> object:
        """Give what can be seen of the output from here."""
        try:
            return await WATCHES[self._sink["driver"]](self._sink)
        except DeviceError as error:
            raise DeviceError(self.id, error.message) from None
        except OSError as error:
            raise DeviceError(self.id, why(error)) from None

    async def _opened(self) -> None:
        async with PlayerProcess(self.id, CHILD, self._sink["driver"]) as process:
            process.ask({"sink": self._sink})
            try:
                while (await process.event(GRACE))["event"] != "armed":
                    pass
            except asyncio.CancelledError:
                process.kill()
                raise

    async def _followed(
        self,
        sounding: Sounding,
        process: PlayerProcess,
        seconds: float,
        offset: float,
        at: datetime,
        audible: Callable[[datetime], None],
    ) -> Played:
        """Listen to what the child tells, for so many seconds at most."""
        started, until = at, self._time.monotonic() + seconds
        alarms: list[Alarm] = []
        while True:
            event = await process.event(until - self._time.monotonic())
            if event["event"] == "audible":
                started = datetime.fromisoformat(event["at"])
                audible(started)
            elif event["event"] == "alarm" and not event["over"]:
                logger.warning(joined(self.id, alarm(event).message), extra={"action": "alarm"})
            elif event["event"] == "alarm":
                alarms.append(alarm(event))
            elif event["event"] == "ended":
                sounding.silent.set()
                whole = event["whole"] and not offset
                reason = from_json(event["reason"]) if "reason" in event else None
                return Played(started, event["seconds"], whole, tuple(alarms), reason)
