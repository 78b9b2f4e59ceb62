"""Goes round what nobody uses, so that a fault is known before it silences somebody."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import NamedTuple

from broadcaster.errors import DeviceError
from broadcaster.health.faults import FaultKind, Faults
from broadcaster.ports import TimeSource

ROUND = 80.0
"""Seconds in which all is looked at: EN 54-16 wants faults known within 100, answers take some."""
STEPS = 12
"""The parts of a round, so that not everything is looked at together."""


class Look(NamedTuple):
    """A thing to be looked at, and how."""

    kind: FaultKind
    of: str
    act: Callable[[], Awaitable[object]]
    """Changes nothing on it, and puts what it finds into the register."""


class Patrol:
    """One look at each thing a round; what still hangs from the last one is not asked again."""

    def __init__(self, faults: Faults, time: TimeSource) -> None:
        self._faults = faults
        self._time = time
        self._under_way: dict[tuple[FaultKind, str], asyncio.Task[None]] = {}

    async def run(self, looks: Callable[[], Sequence[Look]]) -> None:
        """Go round until cancelled; what there is to look at is asked anew for each round."""
        try:
            while True:
                things = looks()
                for step in range(STEPS):
                    await self._time.sleep(ROUND / STEPS)
                    for look in things[step::STEPS]:
                        self._begin(look)
        finally:
            for task in self._under_way.values():
                task.cancel()
            await asyncio.gather(*self._under_way.values(), return_exceptions=True)

    def _begin(self, look: Look) -> None:
        key = (look.kind, look.of)
        if key not in self._under_way:
            self._under_way[key] = task = asyncio.create_task(self._take(look))
            task.add_done_callback(lambda _: self._under_way.pop(key))

    async def _take(self, look: Look) -> None:
        try:
            await look.act()
        except Exception as error:  # noqa: BLE001 - one look that fails must not end the others
            self._faults.tell(look.kind, look.of, error, f"{look.kind}-look-failed")


def reporting(
    faults: Faults, kind: FaultKind, of: str, act: Callable[[], Awaitable[object]]
) -> Look:
    """Give a look out of something that raises DeviceError.

    That it went well disproves no other fault than one of an earlier look.
    """
    action = f"{kind}-lost"

    async def look() -> None:
        try:
            await act()
        except DeviceError as error:
            faults.tell(kind, of, error, action)
        else:
            faults.over(kind, of, action)

    return Look(kind, of, look)
