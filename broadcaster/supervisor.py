"""Tells whoever supervises the daemon that it lives: systemd by its socket, others by a file.

The socket's language is sd_notify(3)'s; systemd's watchdog is told of in sd_watchdog_enabled(3).
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import socket
from collections.abc import AsyncIterator, Callable, Iterator, MutableMapping
from datetime import datetime, timedelta
from pathlib import Path

from broadcaster.messages import Message, msg, tr
from broadcaster.ports import TimeSource, Waker

READY, RELOADING, STOPPING = "READY=1", "RELOADING=1", "STOPPING=1"
HEARTBEAT = "heartbeat"
"""In the runtime directory, a tmpfs: its time of change is when the daemon last was well."""
EVERY = 10.0
"""Seconds between two beats where no watchdog names its own."""
GRACE = timedelta(seconds=5)
"""How long the loop may be late before it counts as hung."""

logger = logging.getLogger(__name__)


class Supervisor:
    """Where to tell it; nobody may be there."""

    def __init__(self, environ: MutableMapping[str, str]) -> None:
        # No child of ours is to speak in our name.
        address = environ.pop("NOTIFY_SOCKET", "")
        told, pid = environ.pop("WATCHDOG_USEC", ""), environ.pop("WATCHDOG_PID", "")
        self._address = f"\0{address[1:]}" if address.startswith("@") else address
        mine = told.isdigit() and pid in {"", str(os.getpid())}
        self.every = int(told) / 2e6 if mine else EVERY
        folder = environ.get("RUNTIME_DIRECTORY", "").split(":")[0]
        self._file = Path(folder, HEARTBEAT) if folder else None
        self.restarts = bool(address and "INVOCATION_ID" in environ)
        """Whether systemd is there, which starts us again unless we end as we were told to."""
        self.there = bool(self._address or self._file)

    def tell(self, *states: str, status: Message | None = None) -> None:
        """Tell systemd a change of state, and people who ask it for the status."""
        said = [*states, f"STATUS={tr(status)}"] if status else states
        if self._address:
            kind = socket.SOCK_DGRAM | socket.SOCK_NONBLOCK | socket.SOCK_CLOEXEC
            # Where nobody listens, or too slowly, that is seen there.
            with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX, kind) as to:
                to.sendto("\n".join(said).encode(), self._address)

    def beat(self) -> None:
        """Tell that all is well just now."""
        self.tell("WATCHDOG=1")
        if self._file is not None:
            with contextlib.suppress(OSError):  # a file that grows old says it all
                self._file.touch()

    def leave(self) -> None:
        """Leave no heartbeat behind: there is nothing to beat any more."""
        if self._file is not None:
            with contextlib.suppress(OSError):
                self._file.unlink(missing_ok=True)


class Pulse:
    """The daemon's own waker, listened to: while the loop comes back to it, the daemon lives."""

    def __init__(self, waker: Waker, time: TimeSource, supervisor: Supervisor) -> None:
        self._waker = waker
        self._time = time
        self._supervisor = supervisor
        self._waits = False
        self._until: datetime | None = None
        self._left = time.monotonic()
        self._state = ""

    @contextlib.asynccontextmanager
    async def beating(self, name: str, ends: Callable[[], bool]) -> AsyncIterator[None]:
        """Pass it on while the daemon of that name runs; `ends` says that it was told to stop."""
        self._name, self._ends = name, ends
        task = asyncio.create_task(self._beat())
        try:
            yield
        finally:
            task.cancel()
            self._supervisor.leave()

    async def wait(self, until: datetime | None) -> None:
        """Return at that instant, on a step of the wall clock, or after `poke`."""
        if not self._state:
            self._tell(READY, msg("{name} is running", name=self._name))
            self._supervisor.beat()
        self._waits, self._until = True, until
        try:
            await self._waker.wait(until)
        finally:
            self._waits, self._left = False, self._time.monotonic()

    def poke(self) -> None:
        """Make the present `wait`, or the next one, return at once."""
        if self._ends():
            self._tell(STOPPING, msg("{name} is stopping", name=self._name))
        self._waker.poke()

    @contextlib.contextmanager
    def reloading(self) -> Iterator[None]:
        """Tell that the station's files are read meanwhile; sd_notify(3) asks for the instant."""
        if self._state != READY:
            yield
            return
        since = f"MONOTONIC_USEC={round(self._time.monotonic() * 1e6)}"
        self._tell(RELOADING, msg("{name} reads its files again", name=self._name), since)
        try:
            yield
        finally:
            if self._state == RELOADING:
                self._tell(READY, msg("{name} is running", name=self._name))

    def _tell(self, state: str, status: Message, *more: str) -> None:
        if state != self._state:
            self._state = state
            self._supervisor.tell(state, *more, status=status)

    async def _beat(self) -> None:
        turned = True
        while self._supervisor.there:
            await self._time.sleep(self._supervisor.every)
            turned, before = self._turns(), turned
            if turned:
                self._supervisor.beat()
            elif before:
                logger.critical(msg("the daemon's loop hangs"), extra={"action": "loop-hangs"})

    def _turns(self) -> bool:
        """Whether the loop waits for an instant to come, or has just begun to do what is due."""
        if self._waits:
            return self._until is None or self._time.now() < self._until + GRACE
        return self._time.monotonic() - self._left < GRACE.total_seconds()
