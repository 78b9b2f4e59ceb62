"""A line with boards on it that repeat what they hear, behind whichever kind of port."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Protocol

from broadcaster.clock import SimulatedTime, SystemTime
from broadcaster.links.open import open_lines
from broadcaster.messages import msg
from broadcaster.ports import SignState, TimeSource
from broadcaster.talk import Heard, Line, RefusedError, Say
from tests.emulators.board import Board
from tests.emulators.served import ServedPort, ServedServer, ServedSocket
from tests.fakes.line import FakeLine


class Parrot(Board):
    """Repeats each line that begins with its number."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.number = str(number).encode()
        self.heard = b""
        self.mine: list[bytes] = []
        self.mute = False
        """Hears and doesn't answer."""

    def answers(self, data: bytes, at: float) -> bytes:
        del at
        self.heard += data
        *lines, self.heard = self.heard.split(b"\n")
        mine = [line for line in lines if line.startswith(self.number)]
        self.mine += mine
        word = b"no" if self.refuses else b"yes"
        return b"" if self.mute else b"".join(word + b" " + line + b"\n" for line in mine)


class End(Protocol):
    """The far end of a line."""

    def unplug(self) -> None: ...
    def plug_in(self) -> None: ...


class FakeEnd:
    def __init__(self, line: FakeLine) -> None:
        self._line = line

    def unplug(self) -> None:
        self._line.unplug()

    def plug_in(self) -> None:
        self._line.unplugged = False


class World:
    """A line with two parrots on it, and whose time it runs in."""

    def __init__(self, kind: str, folder: Path) -> None:
        self.parrots = Parrot(1), Parrot(2)
        self.time: TimeSource
        self._simulated: SimulatedTime | None = None
        if kind == "fake":
            self.time = self._simulated = SimulatedTime(datetime(2025, 9, 22, tzinfo=UTC))
            line = FakeLine(self._simulated, *self.parrots)
            self.line: Line = line
            self.end: End = FakeEnd(line)
            return
        self.time = SystemTime()
        end = {
            "serial": lambda: ServedPort(folder, *self.parrots),
            "socket": lambda: ServedSocket(*self.parrots),
            "rfc2217": lambda: ServedServer(*self.parrots),
        }[kind]()
        self.end = end
        self.line = open_lines([f"{end.link}?baud=115200"], self.time).popitem()[1]

    async def until(self, holds: Callable[[], bool]) -> None:
        """Wait for what happens in the boards' own threads."""
        async with asyncio.timeout(10):
            while not holds():
                await self.time.sleep(0.005)

    def run(self, main: Coroutine[Any, Any, None]) -> None:
        async def closing() -> None:
            try:
                await main
            finally:
                await self.line.close()

        if self._simulated:
            self._simulated.run(closing())
        else:
            asyncio.run(closing())


def ask(text: str, *, patience: float = 5.0) -> Say:
    """Say a line and wait until it is repeated."""
    asked = text.encode()

    def answer(heard: bytes) -> Heard | None:
        if b"no " + asked + b"\n" in heard:
            raise RefusedError(msg("no"))
        if b"yes " + asked + b"\n" in heard:
            return Heard(SignState.ACKNOWLEDGED, msg("{heard}", heard=heard.decode()))
        return None

    return Say((asked + b"\n",), answer, patience)
