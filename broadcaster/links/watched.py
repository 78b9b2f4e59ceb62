"""An amplifier that is released even when its daemon dies: a child process outlives it for that."""

from __future__ import annotations

import asyncio
import json
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
        self._child: asyncio.subprocess.Process | None = None

    async def key(self) -> None:
        """Switch it on, once there is someone to switch it off."""
        if self._child is None or self._child.returncode is not None:
            self._child = await _start(self.id, self._spec)
        await self._amplifier.key()

    async def release(self) -> None:
        """Switch it off, and send the child home."""
        await self._amplifier.release()
        await self._send_home(RELEASED)

    async def check(self) -> None:
        """Raise DeviceError when it couldn't be switched now."""
        await self._amplifier.check()

    async def close(self) -> None:
        """Let go of its port; where it couldn't be released the child still has the last try."""
        await self._amplifier.close()
        await self._send_home(b"")

    async def _send_home(self, last_word: bytes) -> None:
        child, self._child = self._child, None
        if child is not None and child.stdin is not None:
            child.stdin.write(last_word)
            child.stdin.close()
            await child.wait()


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


async def _start(name: str, spec: AmplifierSpec) -> asyncio.subprocess.Process:
    try:
        child = await asyncio.create_subprocess_exec(
            sys.executable, "-m", CHILD, stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip
    except OSError as error:
        raise DeviceError(name, why(error)) from error
    assert child.stdin is not None  # noqa: S101 - asked for above
    child.stdin.write(json.dumps(told(name, spec)).encode() + b"\n")
    return child
