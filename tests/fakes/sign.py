"""A sign in memory, for tests of what keeps signs on their content."""

from __future__ import annotations

from broadcaster.domain.airing import SignContent
from broadcaster.errors import DeviceError
from broadcaster.messages import msg
from broadcaster.ports import SignState, TimeSource


class FakeSign:
    """Keeps what it was sent; refuses the next `refusals` sends, all of them while `dead`."""

    def __init__(
        self,
        id: str = "sign",  # noqa: A002 - the port's own name
        state: SignState = SignState.ACKNOWLEDGED,
        time: TimeSource | None = None,
        seconds: float = 0.0,
    ) -> None:
        self.id = id
        self.sent: list[SignContent] = []
        """Everything that arrived, in order."""
        self.tries = 0
        self.refusals = 0
        self.dead = False
        self.closed = False
        self._state = state
        self._time = time
        self._seconds = seconds
        """How long a send takes, on `time`."""

    async def send(self, content: SignContent) -> SignState:
        self.tries += 1
        if self._time is not None:
            await self._time.sleep(self._seconds)
        if self.refusals > 0:
            self.refusals -= 1
            raise DeviceError(self.id, msg("refused what was sent"))
        await self.check()
        self.closed = False
        self.sent.append(content)
        return self._state

    async def check(self) -> None:
        if self.dead:
            raise DeviceError(self.id, msg("does not answer"))

    async def close(self) -> None:
        self.closed = True

    def lose_power(self) -> None:
        """Forget what it held; it says nothing of it."""
        self.sent.clear()
