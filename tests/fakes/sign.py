"""A sign in memory, for tests of what keeps signs on their content."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import NamedTuple

from broadcaster.domain.airing import SignContent
from broadcaster.messages import msg
from broadcaster.ports import SignError, SignState, TimeSource


class Arrival(NamedTuple):
    """One thing that a sign was sent, and when it was there."""

    at: datetime
    content: SignContent
    held: SignContent | None
    """What it was said to hold before."""


class FakeSign:
    """Keeps what it was sent; refuses the next `refusals` sends, all of them while `dead`.

    Without `time` it never waits, not even for an instant to come.
    """

    def __init__(
        self,
        id: str = "sign",  # noqa: A002 - the port's own name
        state: SignState = SignState.ACKNOWLEDGED,
        time: TimeSource | None = None,
        seconds: float = 0.0,
    ) -> None:
        self.id = id
        self.tells_time = True
        self.renews = True
        self.forgets = True
        self.sent: list[SignContent] = []
        """Everything that arrived anew, in order."""
        self.arrivals: list[Arrival] = []
        """All that arrived, what only renews too, where there is `time`."""
        self.tries = 0
        self.renewed = 0
        """How often it was sent what it was known to hold already."""
        self.refusals = 0
        self.dead = False
        self.bug: Exception | None = None
        """What a mistake in its driver raises, whatever is asked of it."""
        self.closed = False
        self.state = state
        self.seconds = seconds
        """How long a send takes, on `time`."""
        self.delay = 0.0
        """How much longer it takes than it says."""
        self.dwells: Sequence[float] = ()
        """Seconds of the pages of any content, where it holds one of them alone."""
        self.changed = 0.0
        self._time = time

    def pages(self, content: SignContent) -> Sequence[float]:
        return self.dwells if content.slogans else ()

    def lead(self, content: SignContent, held: SignContent | None) -> float:
        del content, held
        if self.bug is not None:
            raise self.bug
        return self.seconds

    async def send(
        self,
        content: SignContent,
        held: SignContent | None = None,
        at: datetime | None = None,
    ) -> SignState:
        self.tries += 1
        if self.bug is not None:
            raise self.bug
        if self._time is not None:
            if at is not None:
                await self._time.sleep((at - self._time.now()).total_seconds() - self.seconds)
            await self._time.sleep(self.seconds + self.delay)
        if self.refusals > 0:
            self.refusals -= 1
            raise SignError(self.id, msg("refused what was sent"), SignState.SENT)
        await self.check()
        self.closed = False
        self.renewed += content == held
        if content != held or not self.sent:
            self.sent.append(content)
        if self._time is not None:
            self.changed = self._time.monotonic()
            self.arrivals.append(Arrival(self._time.now(), content, held))
        return self.state

    async def check(self) -> None:
        if self.dead:
            raise SignError(self.id, msg("does not answer"), SignState.UNREACHABLE)

    async def watch(self) -> None:
        await self.check()

    def listen(self, lost: Callable[[SignError], None]) -> None:
        self._lost = lost

    def lose_line(self) -> None:
        """Lose its port, and say so."""
        self._lost(SignError(self.id, msg("is unplugged"), SignState.UNREACHABLE))

    async def close(self) -> None:
        self.closed = True

    def lose_power(self) -> None:
        """Forget what it held; it says nothing of it."""
        self.sent.clear()
