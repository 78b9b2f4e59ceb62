"""Wakes the daemon: APScheduler holds the next instant, a clock watch sees every step."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
from collections.abc import AsyncIterator, Iterator
from datetime import datetime, timedelta

from broadcaster.errors import why
from broadcaster.kernel import drain, step_timer
from broadcaster.messages import msg
from broadcaster.ports import TimeSource

LOOK_EVERY = 0.5
"""Seconds between two looks at the wall clock, where the kernel doesn't tell when it is set."""
STEP = timedelta(seconds=0.2)
"""A wall clock this far from where the steady clock left it has been set; slewing stays below."""

logger = logging.getLogger(__name__)


class SystemWaker:
    """Waits in real time.

    A job of APScheduler is armed by the wall clock but sleeps by the steady one, so a step of the
    wall clock makes it early or late: the watch then ends the wait and the plan is made anew.
    """

    def __init__(self, time: TimeSource) -> None:
        self._time = time
        self._woken = asyncio.Event()

    @contextlib.asynccontextmanager
    async def running(self) -> AsyncIterator[SystemWaker]:
        """Keep the scheduler and the clock watch alive."""
        from apscheduler.schedulers.asyncio import AsyncIOScheduler

        self._scheduler = AsyncIOScheduler(timezone="UTC")
        self._scheduler.start()
        try:
            with self._watching():
                yield self
        finally:
            self._scheduler.shutdown(wait=False)

    async def wait(self, until: datetime | None) -> None:
        """Return at that instant, on a step of the wall clock, or after `poke`."""
        if until is not None:
            # Its default grace of one second would drop a wake that comes late: none is too late.
            self._scheduler.add_job(
                self.poke, "date", run_date=until, id="wake", replace_existing=True,
                misfire_grace_time=None,
            )  # fmt: skip
        await self._woken.wait()
        self._woken.clear()

    def poke(self) -> None:
        """Make the present `wait`, or the next one, return at once."""
        self._woken.set()

    @contextlib.contextmanager
    def _watching(self) -> Iterator[None]:
        """Have `_was_set` called within milliseconds of a step, or within half a second."""
        self._expected = self._ahead()
        try:
            timer = step_timer()
        except OSError as error:
            said = msg(
                "the kernel can't tell when the clock is set, it is looked at every"
                " {seconds:.1f} s: {why}",
                seconds=LOOK_EVERY,
                why=why(error),
            )
            logger.info(said, extra={"action": "clock-polled"})
            watch = asyncio.create_task(self._look())
            try:
                yield
            finally:
                watch.cancel()
            return
        loop = asyncio.get_running_loop()
        loop.add_reader(timer, self._told, timer)
        try:
            yield
        finally:
            loop.remove_reader(timer)
            os.close(timer)

    def _told(self, timer: int) -> None:
        drain(timer)
        self._was_set()

    async def _look(self) -> None:
        while True:
            await self._time.sleep(LOOK_EVERY)
            if abs(self._ahead() - self._expected) > STEP:
                self._was_set()
            # Slewing adds up; only a jump between two looks counts.
            self._expected = self._ahead()

    def _was_set(self) -> None:
        ahead = self._ahead()
        step = (ahead - self._expected).total_seconds()
        said = msg("the wall clock stepped by {step:.1f} s", step=step)
        logger.warning(said, extra={"action": "clock-step"})
        self._expected = ahead
        self.poke()

    def _ahead(self) -> timedelta:
        """How far the wall clock is before the steady clock's zero."""
        return timedelta(seconds=self._time.now().timestamp() - self._time.monotonic())


class SimulatedWaker:
    """Waits in simulated time."""

    def __init__(self, time: TimeSource) -> None:
        self._time = time
        self._woken = asyncio.Event()

    async def wait(self, until: datetime | None) -> None:
        """Return at that instant, or after `poke`."""
        alarm = asyncio.create_task(self._alarm(until)) if until is not None else None
        try:
            await self._woken.wait()
        finally:
            if alarm is not None:
                alarm.cancel()
        self._woken.clear()

    def poke(self) -> None:
        """Make the present `wait`, or the next one, return at once."""
        self._woken.set()

    async def _alarm(self, until: datetime) -> None:
        await self._time.sleep((until - self._time.now()).total_seconds())
        self.poke()
