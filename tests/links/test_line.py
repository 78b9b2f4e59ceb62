"""Lines through descriptors: what is noticed unasked, what stalls, what is left behind."""

from __future__ import annotations

import asyncio
import resource
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from broadcaster.clock import SystemTime
from broadcaster.links.line import PortLine
from broadcaster.links.open import open_lines
from broadcaster.ports import SignState
from broadcaster.talk import Heard, LineError, Say
from tests.emulators.port import Port
from tests.emulators.server import SocketServer


def line_of(link: str) -> PortLine:
    return open_lines([link], SystemTime())[link]


@pytest.fixture
def port(tmp_path: Path) -> Iterator[Port]:
    made = Port(tmp_path)
    yield made
    made.unplug()


def test_signs_on_the_same_port_share_its_line() -> None:
    links = ["serial:///dev/a", "serial:///dev/a?baud=9600", "serial:///dev/b"]
    lines = open_lines(links, SystemTime())
    assert lines[links[0]] is lines[links[1]]
    assert lines[links[0]] is not lines[links[2]]


@pytest.mark.parametrize("kind", ["serial", "socket"])
def test_a_lost_port_is_told_while_nothing_is_said(kind: str, tmp_path: Path) -> None:
    end = Port(tmp_path) if kind == "serial" else SocketServer()
    link = f"serial://{end.path}" if kind == "serial" else f"socket://127.0.0.1:{end.port}"

    async def main() -> None:
        line, told = line_of(link), asyncio.Queue[LineError]()
        line.listen(told.put_nowait)
        await line.say(Say((b"hello",)))
        assert await asyncio.to_thread(end.read, 5) == b"hello"
        end.unplug()
        async with asyncio.timeout(10):
            assert "lost" in str(await told.get())
        await line.close()

    asyncio.run(main())
    end.unplug()


def test_a_port_that_takes_no_more_is_stalled_and_opened_anew(
    port: Port, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("broadcaster.links.line.STALL", 0.1)

    async def main() -> None:
        line = line_of(f"serial://{port.path}?baud=4000000")
        with pytest.raises(LineError, match="is stalled: it takes no more bytes"):
            await line.say(Say((bytes(1 << 20),)))
        port.drain()
        await line.say(Say((b"after",)))
        await line.close()

    asyncio.run(main())
    assert port.read_until(b"after").endswith(b"after")


def test_a_frame_that_is_cut_off_closes_the_port(port: Port) -> None:
    async def main() -> None:
        line = line_of(f"serial://{port.path}")
        told: list[LineError] = []
        line.listen(told.append)
        saying = asyncio.create_task(line.say(Say((b"half", b"whole"), pause=600.0)))
        assert await asyncio.to_thread(port.read, 4) == b"half"
        saying.cancel()
        await asyncio.gather(saying, return_exceptions=True)
        await line.say(Say((b"next",)))
        assert await asyncio.to_thread(port.read, 4) == b"next"
        await line.close()

    asyncio.run(main())


def test_garbage_without_end_is_not_waited_for_longer_than_an_answer(port: Port) -> None:
    async def main() -> None:
        line = line_of(f"serial://{port.path}?baud=115200")
        stop = asyncio.Event()

        async def flood() -> None:
            while not stop.is_set():
                await asyncio.to_thread(port.say, b"\xa5" * 512)

        noise = asyncio.create_task(flood())
        longest = 0

        def answer(heard: bytes) -> Heard | None:
            nonlocal longest
            longest = max(longest, len(heard))
            return None

        with pytest.raises(LineError, match="no answer came"):
            await line.say(Say((b"?",), answer, 0.3))
        assert longest <= 1 << 13
        stop.set()
        await noise
        await line.close()

    asyncio.run(main())


def descriptors() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


def test_nothing_is_left_open(port: Port) -> None:
    def answer(heard: bytes) -> Heard | None:
        return Heard(SignState.ACKNOWLEDGED) if heard else None

    async def main() -> None:
        line = line_of(f"serial://{port.path}")
        before = descriptors()
        for _ in range(50):
            await line.say(Say((b"x",)))
            await line.close()
            with pytest.raises(LineError):
                await line.say(Say((b"y",), answer, 0.001))
            await line.close()
        for _ in range(100):
            if descriptors() <= before:
                return
            await asyncio.to_thread(port.drain)
        raise AssertionError(descriptors())

    asyncio.run(main())


def test_dead_hosts_keep_no_live_one_waiting() -> None:
    server = SocketServer()
    # A full backlog answers nothing, as a dead host does.
    with socket.create_server(("127.0.0.1", 0), backlog=0) as full:
        where = full.getsockname()
        callers = [socket.socket() for _ in range(8)]
        for caller in callers:
            caller.setblocking(False)  # noqa: FBT003 - the standard library's way
            caller.connect_ex(where)

        async def main() -> None:
            dead = [line_of(f"socket://127.0.0.1:{where[1]}")
                    for _ in range(50)]  # fmt: skip
            trying = [asyncio.create_task(line.check()) for line in dead]
            line = line_of(f"socket://127.0.0.1:{server.port}")
            await line.say(Say((b"alive",)))
            assert await asyncio.to_thread(server.read, 5) == b"alive"
            assert not any(task.done() for task in trying)
            for task in trying:
                task.cancel()
            await asyncio.gather(*trying, return_exceptions=True)
            await line.close()

        asyncio.run(main())
        for caller in callers:
            caller.close()
    server.unplug()


MANY = """
import asyncio, os, resource, sys
resource.setrlimit(resource.RLIMIT_NOFILE, (256, resource.getrlimit(resource.RLIMIT_NOFILE)[1]))
from broadcaster.clock import SystemTime
from broadcaster.links.open import make_room, open_lines
from broadcaster.talk import Say

make_room(1200)

async def main():
    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    where = server.sockets[0].getsockname()[1]
    lines = [open_lines([link := f"socket://127.0.0.1:{where}"], SystemTime())[link]
             for _ in range(int(sys.argv[1]))]
    await asyncio.gather(*(line.say(Say((b"x",), None)) for line in lines))
    print(max(map(int, os.listdir("/proc/self/fd"))) > 1024)
    for line in lines:
        await line.close()
    server.close()

async def serve(reader, writer):
    await reader.read()
    writer.close()

asyncio.run(main())
"""


def test_more_lines_than_select_can_count() -> None:
    if resource.getrlimit(resource.RLIMIT_NOFILE)[1] < 2000:
        pytest.skip("this system lets a process have too few files")
    done = subprocess.run(
        [sys.executable, "-c", MANY, "600"], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (0, "True\n")
