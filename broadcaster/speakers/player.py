"""A loudspeaker behind a process of its own: armed before its time, silent once we are gone."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping
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

ARMING = 1.5
"""Seconds in which a process starts and decodes the first second."""
GRACE = 10.0
"""Seconds over its time after which a player that says nothing is taken for hung."""


logger = logging.getLogger(__name__)


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
        self._process: PlayerProcess | None = None
        self._checking: asyncio.Task[None] | None = None
        self._stopped = False

    async def play(
        self,
        audio: Prepared,
        label: str,  # noqa: ARG002 - it leaves nothing that would need a name
        offset: float,
        at: datetime,
        audible: Callable[[datetime], None],
    ) -> Played:
        """Sound it from `offset` seconds on, the first sample at `at`."""
        self._stopped = False
        if self._checking is not None:
            # It may hold the output, which some outputs let one alone do.
            self._checking.cancel()
            await asyncio.wait({self._checking})
        request = {
            "path": str(audio.path), "offset": offset, "at": at.isoformat(),
            "pauses": audio.pauses, "relays": spools(audio.relays),
        }  # fmt: skip
        ahead = max(0.0, (at - self._time.now()).total_seconds())
        sink = {**self._sink, "title": audio.title}
        async with PlayerProcess(self.id, request | {"sink": sink}) as process:
            self._process = process
            if self._stopped:
                # A stop came while the child was being started.
                process.stop()
            try:
                return await self._followed(
                    process, ahead + audio.seconds - offset + GRACE, offset, at, audible
                )
            finally:
                self._process = None

    async def stop(self) -> None:
        """Fall silent at once, if it sounds."""
        self._stopped = True
        if self._process is not None:
            self._process.stop()

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
        async with PlayerProcess(self.id, {"sink": self._sink}) as process:
            try:
                await process.event(GRACE)
            except asyncio.CancelledError:
                process.kill()
                raise

    async def _followed(
        self,
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
                whole = event["whole"] and not offset
                reason = from_json(event["reason"]) if "reason" in event else None
                return Played(started, event["seconds"], whole, tuple(alarms), reason)
