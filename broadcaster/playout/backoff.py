"""When what fails is tried again."""

from __future__ import annotations

import math

FIRST = 1.0
LONGEST = 60.0
"""Seconds between two tries: doubled as long as they fail, up to this."""


class Backoff:
    """The pause before the next try at one device, by the steady clock."""

    def __init__(self) -> None:
        self._until = -math.inf
        self._pause = FIRST

    def left(self, now: float) -> float:
        """Give the seconds until it may be tried."""
        return max(0.0, self._until - now)

    def failed(self, now: float) -> None:
        """Wait longer than the last time; shortly again where it served for a while since then."""
        if self._rested(now):
            self._pause = FIRST
        self._until = now + self._pause
        self._pause = min(2 * self._pause, LONGEST)

    def lost(self, now: float) -> None:
        """Hear that what served is lost: it is tried at once, unless it comes and goes."""
        if self._rested(now):
            self._until, self._pause = now, FIRST
        else:
            self.failed(now)

    def hurry(self, until: float) -> None:
        """Let it be tried by then, as it is asked for something else."""
        self._until = min(self._until, until)

    def _rested(self, now: float) -> bool:
        return now > self._until + LONGEST
