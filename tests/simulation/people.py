"""What people order of a ward's daemon while it lives, and what they were told of it."""

from __future__ import annotations

import asyncio
import math
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace

from broadcaster.daemon.announcements import with_
from broadcaster.daemon.desk import Desk
from broadcaster.daemon.loop import Daemon
from broadcaster.domain.order import Order
from broadcaster.errors import DeviceError, Refusal
from tests.simulation.asked import Asked
from tests.simulation.street import Street

WHO = "hoa"
TEXT = "Khẩn: nước sông đang lên, bà con di dời ngay."


@dataclass
class Ordered:
    """An announcement that somebody ordered."""

    keys: list[str]
    at: float
    taken: bool | None = None
    """None: the daemon died before it answered."""


@dataclass
class Pause:
    """A pause, from when it was acknowledged to when its end was ordered."""

    begins: float = math.inf
    ends: float = math.inf


@dataclass
class Silenced:
    """An order of silence that was acknowledged."""

    at: float
    keys: list[str]


class People:
    """They order, and ask; what is answered once the street is closed nobody hears any more."""

    def __init__(self, street: Street, asked: Asked, bugs: list[str]) -> None:
        self.ordered: list[Ordered] = []
        self.pauses: list[Pause] = []
        self.silenced: list[Silenced] = []
        self._street = street
        self._time = street.time
        self._asked = asked
        self._bugs = bugs
        self._desk: Desk | None = None
        self._daemon: Daemon | None = None
        self._doing: set[asyncio.Task[None]] = set()
        self._resuming = False
        """Whether a pause is to end, whatever daemon there is."""

    def meet(self, daemon: Daemon, desk: Desk) -> None:
        """Have a daemon to order from."""
        self._daemon, self._desk = daemon, desk
        if self._resuming:
            self.resume()

    def part(self) -> None:
        """Have none any more."""
        self._daemon = self._desk = None
        for task in self._doing:
            task.cancel()

    def announce(self, *zones: str) -> None:
        """Order an announcement."""
        order = Order(text=TEXT, zones=zones)

        async def ask(desk: Desk) -> None:
            ordered = self._drafted(order)
            try:
                told = await desk.interrupt(order, WHO)
            except (DeviceError, Refusal):
                if not self._street.closed:
                    ordered.taken = False
                return
            assert sorted(told["keys"]) == sorted(ordered.keys)
            ordered.taken = True

        self._ask(ask)

    def _drafted(self, order: Order) -> Ordered:
        """Take note of what is about to be ordered: the daemon may die of it."""
        assert self._daemon is not None
        station, now = self._daemon.station, self._time.now()
        added = with_(station, [self._daemon.announcements.drafted(order, station, now)])
        keys = self._asked.add(replace(added, campaigns=added.campaigns[-1:]))
        self.ordered.append(Ordered(keys, self._time.elapsed))
        return self.ordered[-1]

    def pause(self) -> None:
        """Order a pause."""

        async def ask(desk: Desk) -> None:
            self._resuming = False
            pause = Pause()
            self.pauses.append(pause)
            await desk.pause(WHO)
            if not self._street.closed:
                pause.begins = self._time.elapsed

        self._ask(ask)

    def resume(self) -> None:
        """Order its end, again and again until a daemon has heard it."""

        async def ask(desk: Desk) -> None:
            for pause in self.pauses:
                pause.ends = min(pause.ends, self._time.elapsed)
            await desk.resume(WHO)
            self._resuming = False

        self._resuming = True
        self._ask(ask)

    def silence(self) -> None:
        """Order silence."""

        async def ask(desk: Desk) -> None:
            told = await desk.silence(WHO)
            if not self._street.closed:
                self.silenced.append(Silenced(self._time.elapsed, told["stopped"]))

        self._ask(ask)

    def reload(self) -> None:
        """Have the files read again."""

        async def ask(desk: Desk) -> None:
            await desk.reload(WHO)

        self._ask(ask)

    def look(self) -> None:
        """Ask how all is."""

        async def ask(desk: Desk) -> None:
            desk.status()
            desk.health()

        self._ask(ask)

    def confirm(self) -> None:
        """Say that the clock is right."""

        async def ask(desk: Desk) -> None:
            await desk.confirm_clock(WHO)

        self._ask(ask)

    def _ask(self, order: Callable[[Desk], Awaitable[None]]) -> None:
        if self._desk is None:
            return
        task = asyncio.create_task(self._safely(order, self._desk))
        self._doing.add(task)
        task.add_done_callback(self._doing.discard)

    async def _safely(self, order: Callable[[Desk], Awaitable[None]], desk: Desk) -> None:
        try:
            await order(desk)
        except DeviceError:
            pass  # which whoever ordered is told
        except Exception as error:  # noqa: BLE001 - whatever it is, nobody foresaw it
            self._bugs.append(f"an order failed: {error!r}")
