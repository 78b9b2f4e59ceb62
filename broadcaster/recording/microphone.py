"""A microphone behind a process of its own: what it hears goes into a file, until it is ended."""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from broadcaster.errors import DeviceError
from broadcaster.messages import from_json, msg

CHILD = "broadcaster.recording.microphone_child"
DEVICE = "microphone"
LET_GO = 5.0
"""Seconds that the child has for closing its file; then it is killed."""


class Microphone:
    """A child from its start to its end; it is ended by us alone, not by the terminal's Ctrl-C."""

    def __init__(self, device: str, to: Path) -> None:
        self._request = json.dumps({"device": device, "to": str(to)})

    def __enter__(self) -> Self:
        """Start it; the microphone is opened, and nothing recorded yet."""
        # What libraries complain of is no talk for people, and would block a pipe one day.
        self._chatter = tempfile.TemporaryFile()
        self._child = subprocess.Popen(  # noqa: S603 - our own module
            [sys.executable, "-m", CHILD, self._request],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._chatter,
            start_new_session=True,
        )  # fmt: skip
        # Asked for above.
        assert self._child.stdin is not None  # noqa: S101
        assert self._child.stdout is not None  # noqa: S101
        self._orders, self._news = self._child.stdin, self._child.stdout
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Let it go, and see that it does."""
        self.end()
        try:
            self._child.wait(LET_GO)
        except subprocess.TimeoutExpired:
            self._child.kill()
            self._child.wait()
        self._news.close()
        self._chatter.close()

    def begin(self) -> None:
        """Record from now on."""
        with contextlib.suppress(BrokenPipeError):
            self._orders.write(b"\n")
            self._orders.flush()

    def end(self) -> None:
        """Record no more."""
        with contextlib.suppress(BrokenPipeError):
            self._orders.close()

    def event(self) -> dict[str, Any]:
        """Give the next thing that it tells; raises DeviceError for a fault."""
        line = self._news.readline()
        if not line:
            raise DeviceError(DEVICE, self._last_words())
        told: dict[str, Any] = json.loads(line)
        if told["event"] == "failed":
            raise DeviceError(DEVICE, from_json(told["reason"]))
        return told

    def _last_words(self) -> Any:
        code = self._child.wait()
        self._chatter.seek(0)
        tail = self._chatter.read().decode(errors="replace").strip().splitlines()[-1:] or [""]
        return msg("failed (exit {code}): {tail}", code=code, tail=tail[0])
