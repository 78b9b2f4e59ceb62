"""What everything that keys an amplifier must do: lines, relay boards, and the stand-in."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

import pytest

from broadcaster.clock import SystemTime
from broadcaster.domain.amplifier import AmplifierSpec, Line, Relay
from broadcaster.errors import DeviceError
from broadcaster.links.open import open_amplifiers
from broadcaster.links.watched import Watched
from broadcaster.ports import Amplifier
from tests.emulators.port import Port
from tests.emulators.server import SerialServer, SocketServer
from tests.fakes.amplifier import FakeAmplifier

# pyserial leaves a socket that its peer has closed to the garbage collector.
pytestmark = pytest.mark.filterwarnings(
    "ignore:.*unclosed <socket:pytest.PytestUnraisableExceptionWarning",
    "ignore:Exception ignored in. <socket:pytest.PytestUnraisableExceptionWarning",
)
ON, OFF = bytes.fromhex("A0 01 01 A2"), bytes.fromhex("A0 01 00 A1")


class Wired(Protocol):
    """The amplifier itself, as its relay has it."""

    def is_on(self) -> bool: ...
    def unplug(self) -> None: ...
    def plug_in(self) -> None: ...


class Board:
    """A relay board: four bytes a message."""

    def __init__(self, end: Port | SocketServer) -> None:
        self._end = end
        self.unplug, self.plug_in = end.unplug, end.plug_in

    def is_on(self) -> bool:
        """Take the next message."""
        return {ON: True, OFF: False}[self._end.read(4)]


class Behind:
    """What hangs on a control line of a serial server."""

    def __init__(self, server: SerialServer, line: str) -> None:
        self._server = server
        self._line = line
        self.unplug, self.plug_in = server.unplug, server.plug_in

    def is_on(self) -> bool:
        return self._line in self._server.high()


class Fake:
    def __init__(self, amplifier: FakeAmplifier) -> None:
        self._amplifier = amplifier

    def is_on(self) -> bool:
        return bool(self._amplifier.on)

    def unplug(self) -> None:
        self._amplifier.dead = True

    def plug_in(self) -> None:
        self._amplifier.dead = False


def wired(kind: str, folder: Path) -> tuple[Amplifier, Wired]:
    if kind == "fake":
        fake = FakeAmplifier("loa.amplifier", SystemTime())
        return fake, Fake(fake)
    if kind in {"rts", "dtr"}:
        server = SerialServer()
        link, by, end = f"rfc2217://127.0.0.1:{server.port}", Line(kind), Behind(server, kind)
    elif kind == "socket":
        board = SocketServer()
        link, by, end = f"socket://127.0.0.1:{board.port}", Relay(ON, OFF), Board(board)
    else:
        port = Port(folder)
        link, by, end = f"serial://{port.path}", Relay(ON, OFF), Board(port)
    spec = AmplifierSpec(link=link, by=by)
    made = open_amplifiers({"loa": spec})["loa"]
    return (Watched(made, spec) if kind == "watched" else made), end


@pytest.fixture(params=["serial", "watched", "socket", "rts", "dtr", "fake"])
def made(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Amplifier, Wired]]:
    amplifier, end = wired(request.param, tmp_path)
    yield amplifier, end
    end.unplug()


def test_it_is_on_from_its_keying_to_its_release(made: tuple[Amplifier, Wired]) -> None:
    amplifier, end = made

    async def main() -> None:
        for _ in range(2):
            await amplifier.key()
            assert await asyncio.to_thread(end.is_on)
            await amplifier.release()
            assert not await asyncio.to_thread(end.is_on)
        await amplifier.close()

    asyncio.run(main())


def test_a_check_leaves_it_as_it_is(made: tuple[Amplifier, Wired]) -> None:
    amplifier, end = made

    async def main() -> None:
        await amplifier.check()
        await amplifier.key()
        await amplifier.check()
        assert await asyncio.to_thread(end.is_on)
        await amplifier.release()
        await amplifier.check()
        assert not await asyncio.to_thread(end.is_on)
        await amplifier.close()

    asyncio.run(main())


def test_one_out_of_reach_says_so_by_its_name_and_works_when_it_is_back(
    made: tuple[Amplifier, Wired],
) -> None:
    amplifier, end = made

    async def main() -> None:
        end.unplug()
        for act in (amplifier.check, amplifier.key, amplifier.release):
            with pytest.raises(DeviceError) as raised:
                await act()
            assert raised.value.device == "loa.amplifier"
        end.plug_in()
        await amplifier.key()
        assert await asyncio.to_thread(end.is_on)
        await amplifier.release()
        await amplifier.close()

    asyncio.run(main())
