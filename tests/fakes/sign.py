"""A sign in memory, for tests of what keeps signs on their content."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from broadcaster.domain.airing import SignContent
from broadcaster.messages import msg
from broadcaster.ports import SignError, SignState, TimeSource


class FakeSign:
    """Keeps what it was sent; refuses the next `refusals` sends, all of them while `dead`."""

    tells_time = True
    renews = True

    def __init__(
        self,
        id: str = "sign",  # noqa: A002 - the port's own name
        state: SignState = SignState.ACKNOWLEDGED,
        time: TimeSource | None = None,
        seconds: float = 0.0,
    ) -> None:
        self.id = id
        self.sent: list[SignContent] = []
        """Everything that arrived anew, in order."""
        self.tries = 0
        self.renewed = 0
        """How often it was sent what it was known to hold already."""
        self.refusals = 0
        self.dead = False
        self.closed = False
        self._state = state
        self._time = time
        self._seconds = seconds
        """How long a send takes, on `time`."""

    def lead(self, content: SignContent, held: SignContent | None) -> float:
        del content, held
        return self._seconds

    async def send(
        self,
        content: SignContent,
        held: SignContent | None = None,
        at: datetime | None = None,
    ) -> SignState:
        self.tries += 1
        if self._time is not None and at is not None:
            await self._time.sleep((at - self._time.now()).total_seconds() - self._seconds)
        if self._time is not None:
            await self._time.sleep(self._seconds)
        if self.refusals > 0:
            self.refusals -= 1
            raise SignError(self.id, msg("refused what was sent"), SignState.SENT)
        await self.check()
        self.closed = False
        if content == held:
            self.renewed += 1
        else:
            self.sent.append(content)
        return self._state

    async def check(self) -> None:
        if self.dead:
            raise SignError(self.id, msg("does not answer"), SignState.UNREACHABLE)

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
