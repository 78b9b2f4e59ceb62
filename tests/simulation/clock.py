"""Simulated time in which a program can be dropped between any two steps of its loop."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from broadcaster.clock import _Jumping
from broadcaster.plausible import Plausibility
from tests.fakes.time import RELEASED, SettableTime


class KilledError(BaseException):
    """Passes through everything, as kill -9 would."""


class _Steps(deque[asyncio.Handle]):
    """What a loop is to do next: tells before each of it is done."""

    def __init__(self, before: Callable[[], None]) -> None:
        super().__init__()
        self._before = before

    def popleft(self) -> asyncio.Handle:
        self._before()
        return super().popleft()


class _Here(ThreadPoolExecutor):
    """Threads that are none: a program has as many steps whenever it is lived again."""

    def submit(self, does: Callable[..., Any], /, *args: Any, **more: Any) -> Future[Any]:
        done: Future[Any] = Future()
        try:
            done.set_result(does(*args, **more))
        except Exception as error:  # noqa: BLE001 - given to who asked
            done.set_exception(error)
        return done


class MortalTime(SettableTime):
    """Time that outlives its programs, with a wall clock that can be set.

    `die_at` is the number of the loop's step before which the program is killed.
    """

    def __init__(self, start: datetime) -> None:
        super().__init__(start)
        self.settings = [(0.0, timedelta())]
        """Since when the wall clock was how far wrong."""
        self.steps = 0
        self.die_at: int | None = None

    def set(self, ahead: timedelta) -> None:
        """Set the wall clock, that far from what is true."""
        self.offset = ahead
        self.settings.append((self.elapsed, ahead))

    @property
    def elapsed(self) -> float:
        """Give the seconds since the simulation began, whatever the wall clock says."""
        return self._elapsed

    def wall(self, elapsed: float) -> datetime:
        """Give the true time of an instant."""
        return self._start + timedelta(seconds=elapsed)

    def wrong(self, since: float, until: float) -> set[timedelta]:
        """Give how far wrong the wall clock was between two instants."""
        ends = [*(at for at, _ in self.settings[1:]), float("inf")]
        return {
            ahead
            for (at, ahead), end in zip(self.settings, ends, strict=True)
            if at <= until and end >= since
        }

    def live(self, main: Coroutine[Any, Any, None], at_death: Callable[[], None]) -> bool:
        """Run a program until it ends by itself, or is killed: then it leaves no trace; say which.

        What its tasks do in their last moments is done in no time, after `at_death`.
        """
        self._boot()
        loop = asyncio.SelectorEventLoop(_Jumping(self))
        loop.set_default_executor(_Here())
        loop._ready = _Steps(self._step)  # type: ignore[attr-defined]
        try:
            loop.run_until_complete(main)
        except KilledError:
            at_death()
            return False
        else:
            return True
        finally:
            with self._stopped():
                _drop(loop)

    def rest(self, seconds: float) -> None:
        """Let time pass in which no program runs."""
        self._elapsed += seconds

    def _boot(self) -> None:
        """Know nothing of the clock, as a process that has just begun."""
        self._plausible = Plausibility(RELEASED)

    def _step(self) -> None:
        self.steps += 1
        if self.steps == self.die_at:
            raise KilledError

    @contextmanager
    def _stopped(self) -> Iterator[None]:
        elapsed, self.die_at = self._elapsed, None
        yield
        self._elapsed = elapsed
        self._sleepers.clear()


def _drop(loop: asyncio.SelectorEventLoop) -> None:
    """Have every task end as soon as it can, and close a loop."""
    loop.set_exception_handler(lambda *_: None)
    while tasks := asyncio.all_tasks(loop):
        for task in tasks:
            task.cancel()
        loop.call_soon(loop.stop)
        loop.run_forever()
    loop.close()
