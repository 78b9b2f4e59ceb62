"""A line that boards hang on, through a port that blocks."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from broadcaster.domain.link import LinkUrl
from broadcaster.errors import DeviceError
from broadcaster.links.serial_link import SerialLink
from broadcaster.ports import TimeSource
from broadcaster.talk import Heard, LineError, Say


class SpokenLine:
    """One port; nothing is heard on it."""

    def __init__(self, url: LinkUrl, time: TimeSource) -> None:
        self._url = url
        self._link = SerialLink(url, str(url))
        self._time = time
        self._alone = asyncio.Lock()

    def seconds(self, count: int) -> float:
        """Give how long so many bytes take on it."""
        return self._url.seconds(count)

    async def say(self, what: Say) -> Heard | None:
        """Say it and wait until it is out; raises LineError."""
        async with self._alone:
            for number, piece in enumerate(what.pieces):
                await self._time.sleep(what.pause if number else 0.0)
                out = self._time.monotonic() + self.seconds(len(piece))
                try:
                    await self._link.write(piece)
                except DeviceError as error:
                    raise LineError(error.message) from error
                await self._time.sleep(out - self._time.monotonic())
        return None

    async def check(self) -> None:
        """Raise LineError where the port can't be opened."""
        try:
            await self._link.check()
        except DeviceError as error:
            raise LineError(error.message) from error

    def listen(self, lost: Callable[[LineError], None]) -> None:
        """Do nothing yet."""

    async def close(self) -> None:
        """Let go of the port."""
        await self._link.close()
