"""Time itself, real and simulated: the one place that reads a clock."""

from __future__ import annotations

import contextlib
import heapq
import itertools
import selectors
import sys
import time
from collections.abc import Coroutine, Iterator
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from broadcaster import RELEASED
from broadcaster.messages import Message
from broadcaster.plausible import Plausibility, Reading, kept_right

if TYPE_CHECKING:
    # A player has no loop, and no time to load one, nor what asks the kernel.
    import asyncio


class SystemTime:
    """The machine's clock, which may be wrong."""

    def __init__(self) -> None:
        self._plausible = Plausibility(RELEASED)

    def now(self) -> datetime:
        """Give the wall clock's instant, in UTC."""
        return datetime.now(UTC)

    def monotonic(self) -> float:
        """Give seconds that never step."""
        return time.monotonic()

    async def sleep(self, seconds: float) -> None:
        """Wait for a duration."""
        import asyncio

        await asyncio.sleep(max(0.0, seconds))

    @contextlib.contextmanager
    def hold(self) -> Iterator[None]:
        """Do nothing: real time waits for nobody."""
        yield

    @property
    def boot(self) -> str:
        """Which start of the machine this is; empty where nobody knows."""
        from broadcaster.kernel import boot

        return boot()

    def since(self, last: datetime, *, trusted: bool, boot: str = "") -> None:
        """Judge anew, by the instant up to which the clock was trusted, and whether to its end.

        `boot` is the start of the machine that this instant fell into.
        """
        self._plausible.since(last, trusted=trusted, kept=self._kept(last, boot))

    def doubt(self) -> Message | None:
        """Say why the wall clock can't be trusted; None where it can."""
        return self._plausible.judge(self._reading())

    def confirm(self) -> None:
        """Trust the wall clock as it is, until it moves by more than an hour."""
        self._plausible.confirm(self._reading())

    def _kept(self, last: datetime, boot: str) -> bool:
        """Tell whether the clock can have gone on right since then."""
        from broadcaster.kernel import battery_clocks

        wall = self.now().astimezone()
        started = wall - timedelta(seconds=_unsuspended())
        on = boot == self.boot if boot else started <= last
        # Others than Linux don't tell of such clocks.
        return on or sys.platform != "linux" or kept_right(wall, battery_clocks())

    def _reading(self) -> Reading:
        from broadcaster.kernel import synchronised

        return Reading(self.now().astimezone(), _unsuspended(), synchronised())


class SimulatedTime:
    """A clock that jumps to the next awaited instant as soon as nobody has work left.

    It only moves inside `run`, whose event loop asks it for the time when it would otherwise idle.
    """

    def __init__(self, start: datetime) -> None:
        self._start = start.astimezone(UTC)
        self._elapsed = 0.0
        self._sleepers: list[tuple[float, int, asyncio.Future[None]]] = []
        self._ticket = itertools.count()
        self._holds = 0

    def now(self) -> datetime:
        """Give the simulated instant, in UTC."""
        return self._start + timedelta(seconds=self._elapsed)

    def monotonic(self) -> float:
        """Give simulated seconds since the start."""
        return self._elapsed

    async def sleep(self, seconds: float) -> None:
        """Wait for a simulated duration."""
        import asyncio

        woken = asyncio.get_running_loop().create_future()
        heapq.heappush(
            self._sleepers, (self._elapsed + max(0.0, seconds), next(self._ticket), woken)
        )
        await woken

    @contextlib.contextmanager
    def hold(self) -> Iterator[None]:
        """Stand still while real work, a child process say, is under way."""
        self._holds += 1
        try:
            yield
        finally:
            self._holds -= 1

    @property
    def boot(self) -> str:
        """Give nothing: no machine is started."""
        return ""

    def since(self, last: datetime, *, trusted: bool, boot: str = "") -> None:
        """Do nothing: it is never wrong, and years that are over can be rehearsed."""

    def doubt(self) -> Message | None:
        """Give None: it is never wrong."""
        return None

    def confirm(self) -> None:
        """Do nothing: nobody doubts it."""

    def run(self, main: Coroutine[Any, Any, None]) -> None:
        """Run a coroutine to its end in this time."""
        import asyncio

        with asyncio.Runner(loop_factory=lambda: asyncio.SelectorEventLoop(_Jumping(self))) as loop:
            loop.run(main)

    def jump(self) -> bool:
        """Go to the earliest sleeper's instant and wake it; False when held, or nobody sleeps."""
        while self._sleepers and self._sleepers[0][2].done():
            heapq.heappop(self._sleepers)
        if self._holds or not self._sleepers:
            return False
        instant, _, woken = heapq.heappop(self._sleepers)
        self._elapsed = max(self._elapsed, instant)
        woken.set_result(None)
        return True


class _Jumping(selectors.DefaultSelector):
    """A selector that, when the loop has nothing to do, moves simulated time instead of waiting."""

    def __init__(self, simulated: SimulatedTime) -> None:
        super().__init__()
        self._simulated = simulated

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        """Give what is ready now; jump when nothing is; wait for real work only while held."""
        ready = super().select(0)
        # The loop passes 0 when callbacks are due: only an idle loop may move time.
        if ready or timeout == 0 or self._simulated.jump():
            return ready
        return super().select(timeout)


def _unsuspended() -> float:
    """Give seconds that never step, and run on while the machine is suspended where it can tell."""
    linux = sys.platform == "linux"
    return time.clock_gettime(time.CLOCK_BOOTTIME) if linux else time.monotonic()


def rest_until(instant: float) -> float:
    """Wait for an instant of the steady clock, in a process that has no loop; give when it is."""
    while (left := instant - time.monotonic()) > 0:
        time.sleep(left)
    return time.monotonic()
