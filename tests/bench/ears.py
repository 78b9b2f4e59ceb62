"""Who hears the first sample of what is ordered: at what comes out of a loudspeaker."""

from __future__ import annotations

import os
import socket
import subprocess
import threading
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import datetime
from pathlib import Path
from typing import Protocol

import numpy as np

from broadcaster.clock import SystemTime, rest_until
from broadcaster.control.client import Client
from tests.bench.starts import marked, receiver
from tests.speakers.card import RATE, Card

TIME = SystemTime()
LOOK_EVERY = 0.002
LOUD = 500
"""Of 32767."""
LONGEST = 60.0


class Ear(Protocol):
    """It hears one announcement at a time."""

    def listen(self) -> None:
        """Forget what was heard before."""

    def heard(self) -> float:
        """Wait for the first sample of the last loudspeaker; gives the steady clock's seconds."""


class PacketEar:
    """Hears the packets of groups that begin a broadcast, by the kernel's own stamps."""

    def __init__(self, groups: Sequence[str], port: int) -> None:
        self._receivers = [receiver(port, group) for group in groups]

    def listen(self) -> None:
        for each in self._receivers:
            marked(each)

    def heard(self) -> float:
        return max(self._first(each) for each in self._receivers)

    def _first(self, of: socket.socket) -> float:
        until = TIME.monotonic() + LONGEST
        while not (found := marked(of)):
            assert rest_until(TIME.monotonic() + LOOK_EVERY) < until, "it never came"
        return _steady(found[0])


class CardEar:
    """Hears a sound card at its monitor, as the samples come."""

    def __init__(self) -> None:
        line = [
            "parec", "-d", "loa.monitor", "--format=s16le", f"--rate={RATE}", "--channels=1",
            "--latency-msec=5",
        ]  # fmt: skip
        self._recorder = subprocess.Popen(line, stdout=subprocess.PIPE, bufsize=0)
        self._loud = threading.Event()
        self._first = 0.0
        threading.Thread(target=self._run, daemon=True).start()

    def listen(self) -> None:
        self._loud.clear()

    def heard(self) -> float:
        assert self._loud.wait(LONGEST), "it never came"
        return self._first

    def close(self) -> None:
        self._recorder.kill()
        self._recorder.wait()

    def _run(self) -> None:
        assert self._recorder.stdout is not None
        while data := self._recorder.stdout.read(1024):
            samples = np.frombuffer(data[: len(data) // 2 * 2], "<i2").astype(int)
            if not self._loud.is_set() and np.abs(samples).max(initial=0) > LOUD:
                self._first = TIME.monotonic()
                self._loud.set()


class LedgerEar:
    """Hears what is only written, a folder: by when the daemon says that it is audible."""

    def __init__(self, station: Path) -> None:
        self._client = Client(station)
        self._stack = ExitStack()

    def listen(self) -> None:
        self._changes = self._stack.enter_context(self._client.following())

    def heard(self) -> float:
        audible = next(
            change for change in self._changes
            if change["kind"] == "audible" and change["key"].startswith("interrupt/")
        )  # fmt: skip
        self._stack.close()
        return _steady(datetime.fromisoformat(audible["at"]).timestamp())


@contextmanager
def card(folder: Path) -> Iterator[CardEar]:
    """Plug in a sound card for whatever is started meanwhile, and hear it."""
    made, before = Card(folder), dict(os.environ)
    os.environ |= made.environment
    made.plug()
    ear = CardEar()
    try:
        yield ear
    finally:
        ear.close()
        made.unplug()
        os.environ.clear()
        os.environ.update(before)


def _steady(stamp: float) -> float:
    """Give the steady clock's seconds of an instant."""
    return stamp - TIME.now().timestamp() + TIME.monotonic()
