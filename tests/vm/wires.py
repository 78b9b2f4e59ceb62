"""The sockets between a machine and the test: its agent, its monitor (QMP), its serial adapters."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Callable
from io import BufferedRWPair
from pathlib import Path
from typing import Any, cast

from broadcaster.clock import SystemTime

OPENS = 30.0
"""Seconds in which QEMU opens its sockets."""


def patience(until: Callable[[], object], seconds: float, every: float = 0.1) -> None:
    """Wait for something; it fails where it never comes."""
    time, never = SystemTime(), threading.Event()
    end = time.monotonic() + seconds
    while not until():
        assert time.monotonic() < end, f"it did not come within {seconds:g} s"
        never.wait(every)


class Wire:
    """A socket that QEMU connects to as it starts."""

    def __init__(self, path: Path) -> None:
        self._listening = socket.socket(socket.AF_UNIX)
        self._listening.bind(str(path))
        self._listening.listen(1)
        self._listening.settimeout(OPENS)

    def accept(self, seconds: float | None = None) -> BufferedRWPair:
        """Give what comes from QEMU and goes to it, once it is there.

        Reading fails where nothing comes for so many seconds.
        """
        with self._listening:
            caller, _ = self._listening.accept()
        with caller:
            caller.settimeout(seconds)
            return cast(BufferedRWPair, caller.makefile("rwb"))


class Monitor:
    """QEMU's own commands, among them those that plug devices: the QEMU Machine Protocol."""

    def __init__(self, wire: BufferedRWPair) -> None:
        self._wire = wire
        wire.readline()  # its greeting
        self.do("qmp_capabilities")

    def do(self, command: str, **arguments: Any) -> Any:
        """Have QEMU do something, and give its answer."""
        asked = {"execute": command, "arguments": arguments}
        self._wire.write(json.dumps(asked).encode() + b"\n")
        self._wire.flush()
        while "event" in (told := json.loads(self._wire.readline())):
            pass
        assert "error" not in told, told
        return told["return"]
