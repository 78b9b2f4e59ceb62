"""A line that boards hang on: what is said on it, and the answer that is waited for."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from broadcaster.domain.link import LinkUrl
from broadcaster.links.descriptor_port import StalledError
from broadcaster.links.opening import CONNECT, Port, open_port
from broadcaster.links.port import FAULTS, cannot_open, lost, stalled
from broadcaster.messages import msg
from broadcaster.ports import TimeSource
from broadcaster.talk import Heard, LineError, Say

STALL = 5.0
"""Seconds that a write may take beyond what the line needs for it."""
MOST = 1 << 13
"""Bytes that are searched for an answer: no board says so much."""


class PortLine:
    """One port and all boards on it, spoken to one at a time, in the order they asked."""

    def __init__(self, url: LinkUrl, time: TimeSource) -> None:
        self._url = url
        self._time = time
        self._port: Port | None = None
        self._alone = asyncio.Lock()
        self._listeners: list[Callable[[LineError], None]] = []

    def seconds(self, count: int) -> float:
        """Give how long so many bytes take on it."""
        return self._url.seconds(count)

    async def say(self, what: Say) -> Heard | None:
        """Say it and give the answer; raises LineError. A cancelled one closes the port.

        The half of a frame would otherwise be the beginning of the next one.
        """
        async with self._alone:
            port = await self._ready()
            whole = False
            try:
                await port.clear()
                out = await self._write(port, what)
                heard = await self._answer(port, what, out)
                whole = True
            except StalledError as error:
                raise LineError(stalled(self._url)) from error
            except FAULTS as error:
                raise self._losing(error) from error
            except LineError:
                whole = True
                raise
            finally:
                if not whole:
                    self._drop(port)
            return heard

    async def check(self) -> None:
        """Raise LineError where the port can't be opened, or is lost."""
        async with self._alone:
            await self._ready()

    def listen(self, lost: Callable[[LineError], None]) -> None:
        """Have `lost` called whenever the open port is lost."""
        self._listeners.append(lost)

    async def close(self) -> None:
        """Let go of the port; a later `say` opens it again."""
        if self._port is not None:
            self._drop(self._port)

    async def _ready(self) -> Port:
        if self._port is None:
            try:
                self._port = await open_port(self._url, self._gone)
            except TimeoutError:
                why = msg("{host} doesn't answer within {seconds} s", host=self._url.where,
                          seconds=f"{CONNECT:g}")  # fmt: skip
                raise LineError(why) from None
            except FAULTS as error:
                raise LineError(cannot_open(self._url, error)) from error
        return self._port

    async def _write(self, port: Port, what: Say) -> float:
        """Write all pieces; give when the last byte is on the line."""
        out = self._time.monotonic()
        for number, piece in enumerate(what.pieces):
            if number:
                await self._until(out + what.pause)
            await port.write(piece, STALL + self.seconds(len(piece)))
            # The port takes bytes faster than the line does.
            out = max(out, self._time.monotonic()) + self.seconds(len(piece))
        return out

    async def _answer(self, port: Port, what: Say, out: float) -> Heard | None:
        if what.answer is None:
            await self._until(out)
            return None
        heard = b""
        while (left := out + what.patience - self._time.monotonic()) > 0:
            if news := await port.read(left):
                heard = (heard + news)[-MOST:]
                if answer := what.answer(heard):
                    return answer
        raise LineError(msg("no answer came on {port}", port=self._url.where))

    async def _until(self, moment: float) -> None:
        await self._time.sleep(moment - self._time.monotonic())

    def _gone(self, error: OSError) -> None:
        """Hear that an open port was lost while nothing was said."""
        if self._port is not None:
            self._drop(self._port)
        self._losing(error)

    def _losing(self, error: Exception) -> LineError:
        found = LineError(lost(self._url, error))
        for listener in self._listeners:
            listener(found)
        return found

    def _drop(self, port: Port) -> None:
        if self._port is port:
            self._port = None
        port.close()
