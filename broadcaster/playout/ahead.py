"""Renders programmes ahead of their time, one at a time, and again what failed."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from broadcaster.domain.airing import Entry, Rundown
from broadcaster.errors import DeviceError
from broadcaster.health.faults import FaultKind, Faults
from broadcaster.messages import Message, msg
from broadcaster.planning.due import limit
from broadcaster.playout.setbacks import Setbacks
from broadcaster.ports import Studio, TimeSource

AHEAD = timedelta(days=1)
"""Programmes are rendered this long before they are due."""
FAILED = "prepare-failed"


class Ahead:
    """The programmes of the hours to come."""

    def __init__(
        self,
        studio: Studio,
        time: TimeSource,
        done: Callable[[], None],
        faults: Faults | None = None,
    ) -> None:
        self._studio = studio
        self._time = time
        self._done = done
        self._task: asyncio.Task[None] | None = None
        self._setbacks = Setbacks()
        self._faults = faults or Faults(time)

    def take(self, studio: Studio) -> None:
        """Render with this from now on; what failed before is tried again at once."""
        self._studio = studio
        self._setbacks = Setbacks()

    def render(self, rundown: Rundown, now: datetime) -> datetime | None:
        """Render the next one, if none is under way; gives when to look again for more.

        `done` is called when it is ready, or has failed.
        """
        if entry := self._lacking(rundown, now):
            self._task = asyncio.create_task(self._one(entry))
        return self._setbacks.next(now)

    def idle(self, rundown: Rundown, now: datetime) -> bool:
        """Tell whether there is nothing to render now: all files of what was are still there."""
        return self._lacking(rundown, now) is None

    def _lacking(self, rundown: Rundown, now: datetime) -> Entry | None:
        """Give what is to be rendered next, if nothing is under way."""
        if self._task is not None and not self._task.done():
            return None
        ahead = (entry for entry in rundown.planned if self._may(entry, now))
        return next((entry for entry in ahead if not self._studio.prepared(entry)), None)

    def unready(self, rundown: Rundown) -> Mapping[str, Message]:
        """Give the groups whose programmes can't be made, and why."""
        groups = ((entry.airing.group, entry) for entry in rundown.planned)
        failed = [(group, entry) for group, entry in groups if group in self._setbacks]
        for group in self._setbacks.keep(
            {g for g, entry in failed if not self._studio.prepared(entry)}
        ):
            self._faults.over(FaultKind.PLAYOUT, group, FAILED)
        # It is no reason for silence that a better voice failed.
        silent = {group for group, entry in failed if not self._studio.at_hand(entry)}
        return {g: reason for g, reason in self._setbacks.reasons().items() if g in silent}

    def put_off(self, entry: Entry, error: Exception) -> None:
        """Keep why a group's programmes failed, tell it once, and try again later."""
        group, now = entry.airing.group, self._time.now()
        until = entry.begins if now < entry.begins else limit(entry)
        self._setbacks.note(group, _reason(error), now, until)
        self._faults.tell(FaultKind.PLAYOUT, group, error, FAILED)

    def close(self) -> None:
        """Give up what is under way."""
        if self._task is not None:
            self._task.cancel()

    def _may(self, entry: Entry, now: datetime) -> bool:
        """Tell what is due within a day; what failed is tried to the last moment it may begin."""
        group = entry.airing.group
        until = limit(entry) if group in self._setbacks else entry.begins
        return now < until and entry.begins <= now + AHEAD and not self._setbacks.waits(group, now)

    async def _one(self, entry: Entry) -> None:
        try:
            await self._studio.prepare(entry)
        except Exception as error:  # noqa: BLE001 - told by its kind
            self.put_off(entry, error)
        self._done()


def _reason(error: Exception) -> Message:
    if isinstance(error, DeviceError):
        return msg("{device}: {what}", device=error.device, what=error.message)
    return msg("{error}", error=repr(error))
