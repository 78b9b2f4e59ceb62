"""A station whose clock people set while it runs."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta

from broadcaster.domain.station import Station
from tests.daemon.world import World
from tests.fakes.time import SettableTime

HOUR = timedelta(hours=1)
DOUBTED = "the clock could not be trusted when it was due"
Act = Callable[[], None]


class Doubtful:
    """A world whose clock people set."""

    def __init__(self, of: Station, start: datetime) -> None:
        self.clock = SettableTime(start)
        self.world = World(of, start, time=self.clock)

    def live(self, minutes: float, *acts: tuple[float, Act]) -> None:
        """Run a daemon for so many minutes of true time, doing things at theirs."""
        daemon = self.world.daemon()

        async def people() -> None:
            begun = self.clock.monotonic()
            for after, act in acts:
                await self.clock.sleep(begun + after * 60 - self.clock.monotonic())
                act()
                daemon._waker.poke()  # as the clock watch does
            await self.clock.sleep(begun + minutes * 60 - self.clock.monotonic())
            daemon.stop()

        async def main() -> None:
            living = asyncio.create_task(people())
            await daemon.run()
            await living

        self.clock.run(main())

    def rest(self, minutes: float) -> None:
        """Let true time pass without a daemon."""
        self.clock.run(self.clock.sleep(minutes * 60))

    def set(self, offset: timedelta) -> Act:
        """Give what sets the clock that far from the true time."""

        def act() -> None:
            self.clock.offset = offset

        return act

    def right(self) -> None:
        """Set the clock right, as a time source does."""
        self.clock.offset, self.clock.synchronised = timedelta(), True

    def did(self) -> list[str]:
        records = self.world.ledger.records()
        return [record.data["did"] for record in records if record.key == "station"]
