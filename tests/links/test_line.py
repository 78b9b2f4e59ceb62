"""Lines over ptys and sockets: what is heard, what stalls, what is left behind."""

from __future__ import annotations

import asyncio
import gc
import selectors
import socket
import threading
from collections import deque
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from broadcaster.clock import SystemTime
from broadcaster.domain.link import LinkUrl
from broadcaster.links.line import PortLine
from broadcaster.links.open import open_lines
from broadcaster.ports import SignState
from broadcaster.talk import Answer, Heard, LineError, Say
from tests.emulators.port import Port
from tests.emulators.server import SerialServer, SocketServer

pytestmark = pytest.mark.filterwarnings(
    "ignore:.*unclosed <socket:pytest.PytestUnraisableExceptionWarning",
    "ignore:Exception ignored in. <socket:pytest.PytestUnraisableExceptionWarning",
)


def line_of(link: str) -> PortLine:
    return open_lines([link], SystemTime())[link]


@pytest.fixture
def port(tmp_path: Path) -> Iterator[Port]:
    made = Port(tmp_path)
    yield made
    made.unplug()


@pytest.fixture
def server() -> Iterator[SocketServer]:
    made = SocketServer()
    yield made
    made.unplug()


def kept(heard: list[bytes], end: bytes) -> Answer:
    """Keep all that is heard; what ends so is the answer."""

    def answer(data: bytes) -> Heard | None:
        heard.append(data)
        return Heard(SignState.ACKNOWLEDGED) if data.endswith(end) else None

    return answer


def test_what_came_before_it_was_asked_is_no_answer(port: Port) -> None:
    async def main() -> None:
        line, heard = line_of(f"serial://{port.path}?baud=4000000"), list[bytes]()
        await line.check()
        port.say(b"stale" * 500)
        asking = asyncio.create_task(line.say(Say((b"?",), kept(heard, b"new"))))
        assert await asyncio.to_thread(port.read, 1) == b"?"
        port.say(b"new")
        assert await asking
        assert heard[-1] == b"new"
        await line.close()

    asyncio.run(main())


def test_what_fails_for_who_is_gone_is_no_news(
    port: Port, caplog: pytest.LogCaptureFixture
) -> None:
    async def main() -> None:
        line = line_of(f"serial://{port.path}")
        saying = asyncio.create_task(line.say(Say((b"?",), kept([], b"never"), patience=0.05)))
        assert await asyncio.to_thread(port.read, 1) == b"?"
        saying.cancel()
        await line.say(Say((b"!",)))
        await line.close()

    asyncio.run(main())
    gc.collect()
    assert caplog.messages == []


def fast(scheme: str, where: str) -> PortLine:
    """Give a line on which any number of bytes takes no time, so that it stalls soon."""
    return PortLine(LinkUrl(scheme, where, baud=10**9), SystemTime())


def test_a_port_that_takes_no_more_is_stalled_and_opened_anew(
    port: Port, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("broadcaster.links.line.STALL", 0.1)

    async def main() -> None:
        line, told = fast("serial", str(port.path)), list[LineError]()
        line.listen(told.append)
        with pytest.raises(LineError, match="is stalled: it takes no more bytes"):
            await line.say(Say((bytes(1 << 20),)))
        assert len(told) == 1
        port.drain()
        await line.say(Say((b"after",)))
        await line.close()

    asyncio.run(main())
    assert port.read_until(b"after").endswith(b"after")


def test_of_what_a_stalled_connection_was_to_send_nothing_comes_later(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("broadcaster.links.line.STALL", 0.1)

    async def main(number: int) -> None:
        line = fast("socket", f"127.0.0.1:{number}")
        with pytest.raises(LineError, match="is stalled"):
            await line.say(Say((bytes(1 << 25),)))
        await line.close()

    with socket.create_server(("127.0.0.1", 0)) as listening:
        asyncio.run(main(listening.getsockname()[1]))
        caller, _ = listening.accept()
        with caller, pytest.raises(ConnectionResetError):
            deque(iter(partial(caller.recv, 1 << 20), b""))


def test_a_port_unplugged_and_plugged_in_under_the_same_name_loses_nothing(port: Port) -> None:
    async def main() -> None:
        line = line_of(f"serial://{port.path}")
        await line.say(Say((b"before",)))
        port.unplug()
        port.plug_in()
        await line.say(Say((b"after",)))
        assert await asyncio.to_thread(port.read, 5) == b"after"
        await line.close()

    asyncio.run(main())


@pytest.mark.parametrize("pause", [0.0, 600.0])
def test_a_port_unplugged_within_a_frame_fails_it_at_once(port: Port, pause: float) -> None:
    async def main() -> None:
        # The second piece fills the port, and waits for the line.
        line = line_of(f"serial://{port.path}?baud=300")
        saying = asyncio.create_task(line.say(Say((b"half", bytes(1 << 16)), pause=pause)))
        assert await asyncio.to_thread(port.read, 4) == b"half"
        port.unplug()
        with pytest.raises(LineError, match=r"lost .*: it was unplugged"):
            await asyncio.wait_for(saying, 10)
        port.plug_in()
        await line.say(Say((b"next",)))
        assert await asyncio.to_thread(port.read, 4) == b"next"
        await line.close()

    asyncio.run(main())


def test_a_peer_that_closes_is_named(server: SocketServer) -> None:
    async def main() -> None:
        line, told = line_of(f"socket://127.0.0.1:{server.port}"), asyncio.Queue[LineError]()
        line.listen(told.put_nowait)
        await line.say(Say((b"hello",)))
        assert await asyncio.to_thread(server.read, 5) == b"hello"
        server.unplug()
        async with asyncio.timeout(10):
            assert str(await told.get()) == f"lost 127.0.0.1:{server.port}: the other end closed it"
        await line.close()

    asyncio.run(main())


def test_garbage_without_end_is_not_waited_for_longer_than_an_answer(port: Port) -> None:
    async def main() -> None:
        line, heard = line_of(f"serial://{port.path}?baud=115200"), list[bytes]()
        stop = asyncio.Event()

        async def flood() -> None:
            while not stop.is_set():
                await asyncio.to_thread(port.say, b"\xa5" * 512)

        noise = asyncio.create_task(flood())
        with pytest.raises(LineError, match=r"no answer came on .*, but [0-9]+ bytes"):
            await line.say(Say((b"?",), kept(heard, b"!"), 0.3))
        assert max(map(len, heard)) <= 1 << 13
        stop.set()
        await noise
        await line.close()

    asyncio.run(main())


def test_a_flood_is_read_no_faster_than_its_line_carries_it() -> None:
    """So that whoever floods takes no more time from others than his line gives him."""

    async def main() -> None:
        async def pour(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            while True:
                writer.write(b"\xa5" * 65536)
                await writer.drain()

        server = await asyncio.start_server(pour, "127.0.0.1", 0)
        where = server.sockets[0].getsockname()[1]
        line, heard = line_of(f"socket://127.0.0.1:{where}?baud=9600"), list[bytes]()
        with pytest.raises(LineError):
            await line.say(Say((b"?",), kept(heard, b"!"), 0.5))
        assert len(heard) < 12
        await line.close()
        server.close()

    with asyncio.Runner() as runner:
        runner.run(main())


class Idle(selectors.DefaultSelector):
    """Calls a function once its loop would sleep until something comes, with no timer set."""

    def __init__(self) -> None:
        super().__init__()
        self.slept: Callable[[], None] | None = None

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        if timeout is None and self.slept is not None:
            ready = super().select(0.2)
            if not ready:
                slept, self.slept = self.slept, None
                slept()
            return ready
        return super().select(timeout)


@pytest.mark.parametrize("scheme", ["serial", "socket"])
def test_an_open_line_that_nobody_speaks_on_wakes_nobody(
    scheme: str, port: Port, server: SocketServer
) -> None:
    end: Port | SocketServer = port if scheme == "serial" else server
    where = f"serial://{port.path}" if scheme == "serial" else f"socket://127.0.0.1:{server.port}"
    selector = Idle()

    async def main() -> None:
        line = line_of(where)
        await line.say(Say((b"hello",)))
        assert await asyncio.to_thread(end.read, 5) == b"hello"
        asleep = asyncio.get_running_loop().create_future()
        selector.slept = lambda: asleep.set_result(None)
        await asleep
        await line.close()

    with asyncio.Runner(loop_factory=lambda: asyncio.SelectorEventLoop(selector)) as runner:
        runner.run(main())


def descriptors() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


END = {"socket": SocketServer, "rfc2217": SerialServer}


@pytest.mark.parametrize(("scheme", "times"), [("serial", 200), ("socket", 200), ("rfc2217", 3)])
def test_no_descriptor_and_no_thread_is_left_behind(
    scheme: str, times: int, tmp_path: Path
) -> None:
    others = set(threading.enumerate())
    end = Port(tmp_path) if scheme == "serial" else END[scheme]()
    where = end.path if isinstance(end, Port) else f"127.0.0.1:{end.port}"

    async def main() -> None:
        line, told = line_of(f"{scheme}://{where}"), asyncio.Queue[LineError]()
        line.listen(told.put_nowait)
        before = None
        for turn in range(times):
            await line.say(Say((b"x",)))
            assert await asyncio.to_thread(end.read, 1) == b"x"  # it has been accepted, too
            if turn % 2:
                await line.close()
            else:
                end.unplug()
                await told.get()
                with pytest.raises(LineError):
                    await line.check()
                await line.close()
                before = before or descriptors()
                assert descriptors() == before
                end.plug_in()
        await line.close()

    asyncio.run(main())
    end.unplug()
    for thread in set(threading.enumerate()) - others:
        thread.join(10)
        assert not thread.is_alive()
