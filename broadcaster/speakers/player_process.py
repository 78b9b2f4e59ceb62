"""A child process as the daemon holds it: asked once, listened to, never waited for."""

from __future__ import annotations

import asyncio
import contextlib
import json
import sys
from collections import deque
from collections.abc import Mapping
from types import TracebackType
from typing import Any, Self

from broadcaster.errors import DeviceError, why
from broadcaster.messages import from_json, msg

LET_GO = 2.0
"""Seconds that a child has for closing its output after a stop; then it is killed."""


class PlayerProcess:
    """A child from its start to its end; faults of it are DeviceErrors of its device."""

    def __init__(self, device: str, module: str, *arguments: str) -> None:
        self._device = device
        self._command = (sys.executable, "-m", module, *arguments)
        self._last_words: deque[str] = deque(maxlen=1)

    async def __aenter__(self) -> Self:
        """Start it."""
        await self.start()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Let it go, and see that it does."""
        await self.end()

    async def start(self) -> None:
        """Start it; raises DeviceError."""
        try:
            self._child = await asyncio.create_subprocess_exec(
                *self._command,
                stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.PIPE, start_new_session=True,
            )  # fmt: skip
        except OSError as error:
            raise DeviceError(self._device, why(error)) from None
        self._chatter = asyncio.create_task(self._listen())

    async def end(self) -> None:
        """Let it go, and see that it does."""
        self.stop()
        await self._child.wait()
        await self._chatter

    @property
    def runs(self) -> bool:
        """Whether it has not ended."""
        return self._child.returncode is None

    def ask(self, request: Mapping[str, Any]) -> None:
        """Give it its request; whatever is written to it later is a stop."""
        assert self._child.stdin is not None  # noqa: S101 - asked for when it was started
        self._child.stdin.write(json.dumps(request).encode() + b"\n")

    def stop(self) -> None:
        """Close its stdin, which it takes for a stop; kill it where it doesn't."""
        assert self._child.stdin is not None  # noqa: S101 - asked for when it was started
        self._child.stdin.close()
        asyncio.get_running_loop().call_later(LET_GO, self.kill)

    def kill(self) -> None:
        """End it at once, whatever it does."""
        if self._child.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                self._child.kill()

    async def event(self, seconds: float) -> dict[str, Any]:
        """Give the next thing that it tells; raises DeviceError for a fault, or after `seconds`."""
        assert self._child.stdout is not None  # noqa: S101 - asked for when it was started
        try:
            line = await asyncio.wait_for(self._child.stdout.readline(), max(0.0, seconds))
        except TimeoutError:
            raise DeviceError(self._device, msg("its process hung and was stopped")) from None
        if not line:
            await self._chatter
            # Killed, it said nothing: then the signal's number tells.
            tail = "".join(self._last_words) or await self._child.wait()
            raise DeviceError(self._device, msg("its process failed: {tail}", tail=tail))
        told: dict[str, Any] = json.loads(line)
        if told["event"] == "failed":
            raise DeviceError(self._device, from_json(told["reason"]))
        return told

    async def _listen(self) -> None:
        """Keep the last line of what it complains of: unread, that would block it one day."""
        assert self._child.stderr is not None  # noqa: S101 - asked for when it was started
        while line := await self._child.stderr.readline():
            if line.strip():
                self._last_words.append(line.decode(errors="replace").strip())
