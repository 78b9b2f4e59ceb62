"""A port without a descriptor to watch, in a thread of its own: RFC 2217 servers."""

from __future__ import annotations

import asyncio
import contextlib
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from broadcaster.links.port import FAULTS

if TYPE_CHECKING:
    from serial import SerialBase


class ThreadPort:
    """An open port of pyserial's; its loss is noticed when it is used."""

    def __init__(self, port: SerialBase, thread: ThreadPoolExecutor) -> None:
        self._port = port
        self._thread = thread

    async def write(self, data: bytes, seconds: float) -> None:
        """Give all of it to the server; raises one of FAULTS."""
        del seconds  # pyserial has none for these
        await self._run(self._write, data)

    async def read(self, seconds: float) -> bytes:
        """Give what has come, or comes first within so many seconds; raises one of FAULTS."""
        data = await self._run(self._read, seconds)
        assert isinstance(data, bytes)  # noqa: S101 - what pyserial gives
        return data

    async def clear(self) -> None:
        """Throw away what has come; raises one of FAULTS where the server has gone."""
        await self._run(self._clear)

    def close(self) -> None:
        """Let go of it, once its thread is done with what it does."""
        self._thread.submit(self._shut)
        self._thread.shutdown(wait=False)

    async def _run(self, call: object, *args: object) -> object:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._thread, call, *args)  # type: ignore[arg-type]

    def _write(self, data: bytes) -> None:
        self._clear()  # the first write after the server has gone would succeed
        self._port.write(data)

    def _read(self, seconds: float) -> bytes:
        self._port.timeout = seconds
        first = self._port.read(1)
        return bytes(first + self._port.read(self._port.in_waiting))

    def _clear(self) -> None:
        if waiting := self._port.in_waiting:
            self._port.read(waiting)

    def _shut(self) -> None:
        with contextlib.suppress(*FAULTS):
            self._port.close()
