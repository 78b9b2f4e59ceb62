"""A port in memory, for tests of what sends bytes."""

from __future__ import annotations

from broadcaster.errors import DeviceError
from broadcaster.messages import msg
from broadcaster.ports import TimeSource


class FakeLink:
    """Keeps each write with its instant; fails while `unplugged`."""

    def __init__(self, time: TimeSource | None = None, device: str = "link") -> None:
        self.writes: list[tuple[float, bytes]] = []
        """Seconds on `time`, and bytes."""
        self.unplugged = False
        self.is_open = False
        self._time = time
        self._device = device

    @property
    def data(self) -> bytes:
        """Give all that went out."""
        return b"".join(data for _, data in self.writes)

    async def write(self, data: bytes) -> None:
        await self.check()
        self.is_open = True
        self.writes.append((self._time.monotonic() if self._time else 0.0, bytes(data)))

    async def check(self) -> None:
        if self.unplugged:
            self.is_open = False
            raise DeviceError(self._device, msg("is unplugged"))

    async def close(self) -> None:
        self.is_open = False
