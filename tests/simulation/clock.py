"""Simulated time in which a program can be dropped between any two steps of its loop."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from broadcaster.clock import SimulatedTime, _Jumping


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


class MortalTime(SimulatedTime):
    """Time that outlives its programs, with a wall clock that can be set.

    `die_at` is the number of the loop's step before which the program is killed.
    """

    def __init__(self, start: datetime) -> None:
        super().__init__(start)
        self.ahead = timedelta()
        """How far the wall clock is wrong."""
        self.steps = 0
        self.die_at: int | None = None

    def now(self) -> datetime:
        return super().now() + self.ahead

    def true(self) -> float:
        """Give the seconds since the simulation began, whatever the wall clock says."""
        return self._elapsed

    def live(self, main: Coroutine[Any, Any, None], at_death: Callable[[], None]) -> bool:
        """Run a program until it ends by itself, or is killed: then it leaves no trace; say which.

        What its tasks do in their last moments is done in no time, after `at_death`.
        """
        loop = asyncio.SelectorEventLoop(_Jumping(self))
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
