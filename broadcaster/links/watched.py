"""An amplifier that is released even when its daemon dies: a child process outlives it for that."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from typing import Any

from broadcaster.domain.amplifier import AmplifierSpec, Line, Relay
from broadcaster.domain.link import LinkUrl
from broadcaster.errors import DeviceError, why
from broadcaster.ports import Amplifier

CHILD = "broadcaster.links.release_child"
RELEASED = b"released\n"


class Watched:
    """Has a child process by it while it is on, that switches it off when our end of it closes.

    Whatever becomes of us, the system closes that end. The last word that the child hears of us is
    that it isn't needed.
    """

    def __init__(self, amplifier: Amplifier, spec: AmplifierSpec) -> None:
        self.id = amplifier.id
        self._amplifier = amplifier
        self._spec = spec
        self._child: subprocess.Popen[bytes] | None = None

    async def key(self) -> None:
        """Switch it on, once there is someone to switch it off."""
        if self._child is None or self._child.poll() is not None:
            self._child = await asyncio.to_thread(_start, self.id, self._spec)
        await self._amplifier.key()

    async def release(self) -> None:
        """Switch it off, and send the child home."""
        await self._amplifier.release()
        child, self._child = self._child, None
        if child is not None:
            await asyncio.to_thread(child.communicate, RELEASED)

    async def check(self) -> None:
        """Raise DeviceError when it couldn't be switched now."""
        await self._amplifier.check()

    async def close(self) -> None:
        """Let go of its port; where it couldn't be released the child has the last tries."""
        await self._amplifier.close()
        child, self._child = self._child, None
        if child is not None and child.stdin is not None:
            child.stdin.close()


def outlives(spec: AmplifierSpec) -> bool:
    """Tell whether it may stay on when we die: not what hangs on our own computer's port."""
    return isinstance(spec.by, Relay) or LinkUrl.parse(spec.link).scheme != "serial"


def told(name: str, spec: AmplifierSpec) -> dict[str, Any]:
    """Give what the child is told of an amplifier."""
    if isinstance(spec.by, Line):
        return {"name": name, "link": spec.link, "line": spec.by.name}
    return {"name": name, "link": spec.link, "on": spec.by.on.hex(), "off": spec.by.off.hex()}


def heard(of: dict[str, Any]) -> tuple[str, AmplifierSpec]:
    """Give the amplifier that the child was told of."""
    by: Line | Relay
    if "line" in of:
        by = Line(of["line"])
    else:
        by = Relay(bytes.fromhex(of["on"]), bytes.fromhex(of["off"]))
    return of["name"], AmplifierSpec(link=of["link"], by=by)


def _start(name: str, spec: AmplifierSpec) -> subprocess.Popen[bytes]:
    # Not one of asyncio's: those are killed when we end in disorder, just when they are needed.
    command = [sys.executable, "-m", CHILD]
    try:
        child = subprocess.Popen(  # noqa: S603 - our own module
            command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, start_new_session=True
        )
        assert child.stdin is not None  # noqa: S101 - asked for above
        child.stdin.write(json.dumps(told(name, spec)).encode() + b"\n")
        child.stdin.flush()
    except OSError as error:
        raise DeviceError(name, why(error)) from error
    return child
