"""An amplifier in memory: remembers when it was on; out of reach, or slow, when told so."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from broadcaster.errors import DeviceError
from broadcaster.messages import msg
from broadcaster.ports import TimeSource


class Change(NamedTuple):
    """It went on or off."""

    at: datetime
    on: bool


class FakeAmplifier:
    """Power-up state unknown: `on` is None until it is told; `dead` it keeps what it is."""

    def __init__(self, name: str, time: TimeSource) -> None:
        self.id = name
        self.on: bool | None = None
        self.changes: list[Change] = []
        self.dead = False
        self.closed = False
        self.slow = 0.0
        """Seconds that each act takes."""
        self._time = time

    async def key(self) -> None:
        await self._tell(on=True)

    async def release(self) -> None:
        await self._tell(on=False)

    async def check(self) -> None:
        if self.dead:
            raise DeviceError(self.id, msg("does not answer"))

    async def close(self) -> None:
        self.closed = True

    async def _tell(self, *, on: bool) -> None:
        await self.check()
        if self.slow:
            await self._time.sleep(self.slow)
        self.closed = False
        if self.on is not on:
            self.changes.append(Change(self._time.now(), on))
        self.on = on
