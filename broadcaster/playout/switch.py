"""One amplifier: on while somebody needs it, and off again whatever happens."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

from broadcaster.errors import DeviceError
from broadcaster.health.faults import FaultKind, Faults
from broadcaster.ports import Amplifier, TimeSource

RETRY = 5.0
"""Seconds between two tries to release it."""
FAILED, LOST = "amplifier-failed", "amplifier-lost"


class Switch:
    """Counts who needs an amplifier. Each act on it is done to its end, and one at a time."""

    def __init__(
        self, amplifier: Amplifier, time: TimeSource, faults: Faults | None = None
    ) -> None:
        self._amplifier = amplifier
        self._time = time
        self._users = 0
        self._on_since: float | None = None
        self._turn = asyncio.Lock()
        self._tasks: set[asyncio.Task[None]] = set()
        self._faults = faults or Faults(time)
        self._unneeded = asyncio.Event()
        self._unneeded.set()

    def cold(self, warm_up: float) -> float:
        """Give the seconds that it needs to be warm, if it is keyed now."""
        if self._on_since is None:
            return warm_up
        return max(0.0, self._on_since + warm_up - self._time.monotonic())

    async def hold(self) -> None:
        """Need it, so that it is on; raises DeviceError. `let_go` must follow, even then."""
        self._users += 1
        self._unneeded.clear()
        await self._do(self._key, FAILED)

    async def check(self) -> None:
        """Raise DeviceError where it is out of reach, and may have fallen off."""
        await self._do(self._amplifier.check, LOST)

    async def look(self) -> None:
        """See whether it is in reach, unless it is needed just now; a fault is told."""
        if not self._users:
            with contextlib.suppress(DeviceError):
                await self.check()

    def let_go(self, drain: float) -> None:
        """Need it no more, after so many seconds; without others who do it is released then."""
        self._keep(self._let_go(drain))

    def release(self) -> None:
        """Switch it off, unless somebody needs it; try until it is off."""
        self._keep(self._release_at_last())

    async def part(self) -> None:
        """Wait until nobody needs it, switch it off, and let go of its port."""
        await self._unneeded.wait()
        await self.release_now()
        await self.close()

    async def release_now(self) -> None:
        """Switch it off, whoever needs it, and do nothing more with it; a fault is told."""
        self._users = 0
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        with contextlib.suppress(DeviceError):
            await self._do(self._release, FAILED)

    async def close(self) -> None:
        """Let go of its port."""
        await self._amplifier.close()

    async def _let_go(self, drain: float) -> None:
        await self._time.sleep(drain)
        self._users -= 1
        if not self._users:
            self._unneeded.set()
        await self._release_at_last()

    async def _release_at_last(self) -> None:
        while not self._users:
            try:
                await self._do(self._release, FAILED)
            except DeviceError:
                await self._time.sleep(RETRY)
            else:
                return

    async def _key(self) -> None:
        if self._users and self._on_since is None:
            await self._amplifier.key()
            self._on_since = self._time.monotonic()

    async def _release(self) -> None:
        if not self._users:
            # Where this fails nobody knows what it is, and who needs it keys it again.
            self._on_since = None
            await self._amplifier.release()

    async def _do(self, act: Callable[[], Awaitable[None]], action: str) -> None:
        async def in_turn() -> None:
            async with self._turn:
                await self._told(act, action)

        # Shielded: cancelled in the middle, key and release could reach the port in either order.
        await asyncio.shield(asyncio.ensure_future(in_turn()))

    async def _told(self, act: Callable[[], Awaitable[None]], action: str) -> None:
        """Do something, and have the register of faults know how that went."""
        try:
            await act()
        except DeviceError as error:
            self._faults.tell(FaultKind.AMPLIFIER, self._amplifier.id, error, action)
            raise
        # A port that opens doesn't disprove that switching failed.
        self._faults.over(FaultKind.AMPLIFIER, self._amplifier.id, LOST if action == LOST else None)

    def _keep(self, what: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(what)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
