"""A simulated clock that somebody sets, and that is doubted as a machine's own would be."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from broadcaster.clock import SimulatedTime
from broadcaster.messages import Message
from broadcaster.plausible import Plausibility, Reading

RELEASED = date(2025, 9, 1)


class SettableTime(SimulatedTime):
    """Its wall clock is `offset` from the true time; `synchronised` by a time source or not."""

    def __init__(self, start: datetime) -> None:
        super().__init__(start)
        self.offset = timedelta()
        self.synchronised = False
        self.battery = True
        """Whether it goes on while the machine is off."""
        self.started = "1"
        """Which start of the machine this is."""
        self._plausible = Plausibility(RELEASED)

    def now(self) -> datetime:
        return super().now() + self.offset

    def true(self) -> datetime:
        return super().now()

    @property
    def boot(self) -> str:
        return self.started

    def since(self, last: datetime, *, trusted: bool, boot: str = "") -> None:
        self._plausible.since(last, trusted=trusted, kept=self.battery or boot == self.boot)

    def doubt(self) -> Message | None:
        return self._plausible.judge(self._reading())

    def confirm(self) -> None:
        self._plausible.confirm(self._reading())

    def _reading(self) -> Reading:
        return Reading(self.now(), self.monotonic(), self.synchronised)
