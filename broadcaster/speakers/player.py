"""A loudspeaker behind a process of its own: armed before its time, silent once we are gone."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import AsyncIterator, Callable, Mapping
from datetime import datetime
from typing import Any

from broadcaster.errors import DeviceError
from broadcaster.messages import Message, msg
from broadcaster.ports import Played, Prepared

CHILD = "broadcaster.speakers.player_child"


class PlayerSpeaker:
    """Sounds through a child process, which holds the output and keeps the time.

    The child takes the end of its stdin for a stop: killed or crashed, the daemon leaves no sound
    behind.
    """

    arming = 1.5
    """Its process has to start and to decode the first second."""

    def __init__(self, name: str, sink: Mapping[str, Any]) -> None:
        self.id = name
        self._sink = sink
        self._child: asyncio.subprocess.Process | None = None
        self._stopped = False

    async def play(
        self,
        audio: Prepared,
        label: str,  # noqa: ARG002 - it leaves nothing that would need a name
        offset: float,
        at: datetime,
        audible: Callable[[datetime], None],
    ) -> Played:
        """Sound it from `offset` seconds on, the first sample at `at`."""
        self._stopped = False
        request = {"path": str(audio.path), "offset": offset, "at": at.isoformat()}
        self._child = child = await self._start(request | {"sink": self._sink})
        started = at
        if self._stopped:
            # A stop came while the child was being started.
            await self.stop()
        try:
            async for event in _events(child):
                match event["event"]:
                    case "audible":
                        started = datetime.fromisoformat(event["at"])
                        audible(started)
                    case "ended":
                        whole = event["whole"] and not offset
                        return Played(started, event["seconds"], whole)
                    case "failed":
                        raise DeviceError(self.id, _fault(event))
            raise DeviceError(self.id, await _last_words(child))
        finally:
            self._child = None
            await _end(child)

    async def stop(self) -> None:
        """Fall silent at once, if it sounds."""
        self._stopped = True
        if self._child is not None and self._child.stdin is not None:
            self._child.stdin.close()

    async def check(self) -> None:
        """Raise DeviceError when the output can't be opened now; sounds nothing."""
        child = await self._start({"sink": self._sink})
        try:
            async for event in _events(child):
                if event["event"] == "failed":
                    raise DeviceError(self.id, _fault(event))
                return
            raise DeviceError(self.id, await _last_words(child))
        finally:
            await _end(child)

    async def _start(self, request: Mapping[str, Any]) -> asyncio.subprocess.Process:
        child = await asyncio.create_subprocess_exec(
            sys.executable, "-m", CHILD,
            stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE, start_new_session=True,
        )  # fmt: skip
        assert child.stdin is not None  # noqa: S101 - asked for above
        child.stdin.write(json.dumps(request).encode() + b"\n")
        return child


async def _events(child: asyncio.subprocess.Process) -> AsyncIterator[dict[str, Any]]:
    assert child.stdout is not None  # noqa: S101 - asked for when it was started
    async for line in child.stdout:
        yield json.loads(line)


def _fault(event: Mapping[str, Any]) -> Message:
    if event["lacks"]:
        return msg(
            "needs {library}; on Debian or Ubuntu: apt install libportaudio2",
            library=event["lacks"],
        )
    return msg("{error}", error=event["error"])


async def _last_words(child: asyncio.subprocess.Process) -> Message:
    assert child.stderr is not None  # noqa: S101 - asked for when it was started
    told = (await child.stderr.read()).decode(errors="replace").strip().splitlines()
    return msg("its player failed: {tail}", tail=told[-1] if told else "")


async def _end(child: asyncio.subprocess.Process) -> None:
    """Let the child go; it takes the end of its stdin for a stop."""
    if child.stdin is not None:
        child.stdin.close()
    if child.returncode is None:
        await child.wait()
