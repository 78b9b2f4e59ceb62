"""An open port that has no descriptor to watch: threads block on pyserial's calls."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

from broadcaster.links.port import FAULTS, EndError
from broadcaster.links.thread import in_thread
from broadcaster.messages import Message

if TYPE_CHECKING:
    from serial import SerialBase


class ThreadPort:
    """Has a thread that reads whatever comes; its port has a time-out, for that to end by."""

    over: Message | None = None

    def __init__(
        self,
        port: SerialBase,
        heard: Callable[[bytes], None],
        lost: Callable[[Exception], None],
    ) -> None:
        self._port = port
        self._heard = heard
        self._lost = lost
        self._loop = asyncio.get_running_loop()
        self._closed = False
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def catch_up(self) -> None:
        """Do nothing: what has come was read already."""

    def write(self, data: bytes) -> asyncio.Future[None]:
        """Give all of it to the port, which is done once the future is; it raises FAULTS."""
        return asyncio.ensure_future(in_thread(lambda: self._port.write(data)))

    async def close(self, *, abandon: bool) -> None:
        """Let go of it; what it hasn't sent yet is thrown away in any case."""
        del abandon
        self._closed = True
        await in_thread(self._shut)

    def _shut(self) -> None:
        with contextlib.suppress(*FAULTS):
            self._port.close()
        self._reader.join()

    def _read(self) -> None:
        try:
            while True:
                data = self._port.read(1) + self._port.read(self._port.in_waiting)
                if data:
                    self._tell(self._heard, data)
        except FAULTS:  # with words of pyserial's own
            self._tell(self._lost, EndError())

    def _tell(self, whom: Callable[..., None], what: bytes | Exception) -> None:
        def tell() -> None:
            if not self._closed:
                whom(what)

        with contextlib.suppress(RuntimeError):  # the loop has ended, and nobody listens
            self._loop.call_soon_threadsafe(tell)
