"""What everything that bytes go out of must do: ports, sockets, serial servers, the stand-in."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

import pytest

from broadcaster.domain.link import LinkUrl
from broadcaster.errors import DeviceError
from broadcaster.links.serial_link import SerialLink
from broadcaster.ports import Link
from tests.emulators.port import Port
from tests.emulators.server import SerialServer, SocketServer
from tests.fakes.link import FakeLink

# pyserial leaves a socket that its peer has closed to the garbage collector.
pytestmark = pytest.mark.filterwarnings(
    "ignore:.*unclosed <socket:pytest.PytestUnraisableExceptionWarning",
    "ignore:Exception ignored in. <socket:pytest.PytestUnraisableExceptionWarning",
)


class FarEnd(Protocol):
    def read(self, count: int) -> bytes: ...
    def unplug(self) -> None: ...
    def plug_in(self) -> None: ...


class FakeEnd:
    def __init__(self, link: FakeLink) -> None:
        self._link = link
        self._read = 0

    def read(self, count: int) -> bytes:
        start, self._read = self._read, self._read + count
        return self._link.data[start : self._read]

    def unplug(self) -> None:
        self._link.unplugged = True

    def plug_in(self) -> None:
        self._link.unplugged = False


@pytest.fixture(params=["serial", "socket", "rfc2217", "fake"])
def made(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Link, FarEnd]]:
    if request.param == "fake":
        fake = FakeLink()
        yield fake, FakeEnd(fake)
        return
    ends = {"serial": lambda: Port(tmp_path), "socket": SocketServer, "rfc2217": SerialServer}
    end = ends[request.param]()
    url = end.path if request.param == "serial" else f"127.0.0.1:{end.port}"
    yield SerialLink(LinkUrl.parse(f"{request.param}://{url}"), "link"), end
    end.unplug()


@pytest.fixture
def link(made: tuple[Link, FarEnd]) -> Link:
    return made[0]


@pytest.fixture
def end(made: tuple[Link, FarEnd]) -> FarEnd:
    return made[1]


ALL_BYTES = bytes(range(256))


def test_every_byte_arrives_unchanged_and_in_order(link: Link, end: FarEnd) -> None:
    async def main() -> None:
        await link.write(ALL_BYTES)
        await link.write(b"second")
        assert await asyncio.to_thread(end.read, 262) == ALL_BYTES + b"second"
        await link.close()

    asyncio.run(main())


def test_a_check_sends_nothing(link: Link, end: FarEnd) -> None:
    async def main() -> None:
        await link.check()
        await link.write(b"first")
        assert await asyncio.to_thread(end.read, 5) == b"first"
        await link.close()

    asyncio.run(main())


def test_a_port_that_is_not_there_is_told_by_its_device(link: Link, end: FarEnd) -> None:
    async def main() -> None:
        end.unplug()
        with pytest.raises(DeviceError) as checked:
            await link.check()
        with pytest.raises(DeviceError) as written:
            await link.write(b"lost")
        assert checked.value.device == written.value.device == "link"

    asyncio.run(main())


def test_an_unplugged_port_fails_and_serves_again_once_plugged_in(link: Link, end: FarEnd) -> None:
    async def main() -> None:
        await link.write(b"before")
        assert await asyncio.to_thread(end.read, 6) == b"before"
        end.unplug()
        for _ in range(2):
            with pytest.raises(DeviceError):
                await _write_on(link)
        end.plug_in()
        await link.write(b"after")
        assert await asyncio.to_thread(end.read, 5) == b"after"
        await link.close()

    asyncio.run(main())


async def _write_on(link: Link) -> None:
    """Write until it fails: over TCP a first write may go out before the end is known."""
    for _ in range(1000):
        await link.write(b"lost")


def test_a_closed_port_opens_again(link: Link, end: FarEnd) -> None:
    async def main() -> None:
        await link.close()
        await link.write(b"one")
        assert await asyncio.to_thread(end.read, 3) == b"one"
        await link.close()
        await link.close()
        await link.write(b"two")
        assert await asyncio.to_thread(end.read, 3) == b"two"
        await link.close()

    asyncio.run(main())
