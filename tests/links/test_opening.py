"""How ports of lines are opened: with which settings, and without keeping others waiting."""

from __future__ import annotations

import asyncio
import resource
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import serial

from broadcaster.clock import SystemTime
from broadcaster.domain.link import LinkUrl
from broadcaster.links.line import PortLine
from broadcaster.links.open import open_lines
from broadcaster.links.port import unopened
from broadcaster.talk import LineError, Say
from tests.emulators.port import Port
from tests.emulators.server import SerialServer, SocketServer


def line_of(link: str) -> PortLine:
    return open_lines([link], SystemTime())[link]


def descriptors() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


def failure(line: PortLine) -> str:
    async def main() -> str:
        with pytest.raises(LineError) as raised:
            await line.check()
        await line.close()
        return str(raised.value)

    return asyncio.run(main())


@pytest.mark.parametrize(
    ("query", "baud", "bits", "parity", "stop"),
    [
        ("", 9600, 8, "N", 1),
        ("?baud=4800&format=7E2", 4800, 7, "E", 2),
        ("?format=8O1.5", 9600, 8, "O", 1.5),
    ],
)
def test_a_serial_port_gets_the_settings_of_its_url(
    query: str, baud: int, bits: int, parity: str, stop: float
) -> None:
    """A pty refuses others than 8N1: what pyserial is told is looked at."""
    port = unopened(LinkUrl.parse(f"serial:///dev/ttyS0{query}"))
    assert (port.baudrate, port.bytesize, port.parity, port.stopbits) == (baud, bits, parity, stop)


def test_a_serial_server_is_told_the_settings() -> None:
    server = SerialServer()

    async def main() -> None:
        line = line_of(f"rfc2217://127.0.0.1:{server.port}?baud=4800&format=7E2")
        await line.check()
        assert server.line is not None
        told = server.line
        assert (told.baudrate, told.bytesize, told.parity, told.stopbits) == (4800, 7, "E", 2)
        await line.close()

    asyncio.run(main())
    server.unplug()


def test_a_port_is_one_descriptor_locked_against_others(tmp_path: Path) -> None:
    port = Port(tmp_path)

    async def main() -> None:
        before = descriptors()
        line, other = (line_of(f"serial://{port.path}") for _ in range(2))
        await line.check()
        assert descriptors() == before + 1
        with pytest.raises(LineError, match="is in use by another program"):
            await other.check()
        await line.close()
        await other.check()
        await other.close()

    asyncio.run(main())
    port.unplug()


def test_what_can_not_be_opened_is_named(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as gone:
        number = gone.getsockname()[1]
    assert failure(line_of(f"socket://127.0.0.1:{number}")) == (
        f"can't open 127.0.0.1:{number}: Connection refused"
    )
    assert failure(line_of(f"serial://{tmp_path}/gone")) == (
        f"can't open {tmp_path}/gone: No such file or directory"
    )


def test_a_host_that_no_name_server_knows_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_: object, **__: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    assert failure(line_of("socket://nowhere:1")) == "can't open nowhere:1: no such host is known"


@contextmanager
def dead_host() -> Iterator[int]:
    """Give a TCP port that answers nothing: its backlog is full."""
    with socket.create_server(("127.0.0.1", 0), backlog=0) as full:
        callers = [socket.socket() for _ in range(8)]
        for caller in callers:
            caller.settimeout(0)
            caller.connect_ex(full.getsockname())
        yield full.getsockname()[1]
        for caller in callers:
            caller.close()


def test_a_dead_host_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("broadcaster.links.opening.TAKEN", 0.1)
    with dead_host() as number:
        assert failure(line_of(f"socket://127.0.0.1:{number}")) == (
            f"can't open 127.0.0.1:{number}: Connection timed out"
        )


def test_dead_hosts_keep_no_live_one_waiting() -> None:
    server = SocketServer()

    async def main(number: int) -> None:
        dead = [line_of(f"socket://127.0.0.1:{number}") for _ in range(50)]
        trying = [asyncio.create_task(line.check()) for line in dead]
        line = line_of(f"socket://localhost:{server.port}")
        await line.say(Say((b"alive",)))
        assert await asyncio.to_thread(server.read, 5) == b"alive"
        assert not any(task.done() for task in trying)
        await asyncio.gather(*(each.close() for each in (*dead, line)))
        await asyncio.gather(*trying, return_exceptions=True)

    with dead_host() as number:
        asyncio.run(main(number))
    server.unplug()


def test_ports_that_never_open_keep_no_other_waiting_and_take_one_thread_each(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("broadcaster.links.held.OPENING", 0.1)
    port, hang, opens = Port(tmp_path), threading.Event(), serial.Serial.open

    def broken(self: serial.Serial) -> None:
        if str(self.port).startswith("/broken"):
            hang.wait()
        opens(self)

    monkeypatch.setattr(serial.Serial, "open", broken)

    async def main() -> None:
        lines = [line_of(f"serial:///broken{number}") for number in range(50)]
        before = set(threading.enumerate())
        for _ in range(3):
            failed = await asyncio.gather(*(line.check() for line in lines), return_exceptions=True)
            assert {type(error) for error in failed} == {LineError}
            assert str(failed[7]) == "/broken7 takes too long to open"
        assert len(set(threading.enumerate()) - before) == 50
        line = line_of(f"serial://{port.path}")
        await line.say(Say((b"alive",)))
        assert port.read(5) == b"alive"
        await asyncio.gather(*(each.close() for each in (*lines, line)))

    asyncio.run(main())
    hang.set()
    port.unplug()


def test_a_port_that_opens_late_serves_who_asks_then(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("broadcaster.links.held.OPENING", 0.1)
    port, late, opens = Port(tmp_path), threading.Event(), serial.Serial.open

    def slow(self: serial.Serial) -> None:
        late.wait()
        opens(self)

    monkeypatch.setattr(serial.Serial, "open", slow)

    async def main() -> None:
        line = line_of(f"serial://{port.path}")
        with pytest.raises(LineError):
            await line.say(Say((b"early",)))
        late.set()
        await line.say(Say((b"late",)))
        assert port.read(4) == b"late"
        await line.close()

    asyncio.run(main())
    port.unplug()


def test_a_port_that_opens_when_nobody_wants_it_any_more_is_closed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    port, late, opens = Port(tmp_path), threading.Event(), serial.Serial.open

    def slow(self: serial.Serial) -> None:
        late.wait()
        opens(self)

    monkeypatch.setattr(serial.Serial, "open", slow)

    async def main() -> None:
        before, others = descriptors(), set(threading.enumerate())
        line = line_of(f"serial://{port.path}")
        checking = asyncio.create_task(line.check())
        await asyncio.wait([checking], timeout=0.1)
        (opening,) = set(threading.enumerate()) - others
        await line.close()
        with pytest.raises(LineError):
            await checking
        late.set()
        opening.join(10)
        assert descriptors() == before
        await line.check()
        await line.close()

    asyncio.run(main())
    port.unplug()


MANY = """
import asyncio, os, resource, sys
from pathlib import Path
hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
resource.setrlimit(resource.RLIMIT_NOFILE, (256, hard))
from broadcaster.clock import SystemTime
from broadcaster.domain.link import LinkUrl
from broadcaster.links.open import make_room, open_lines
from broadcaster.links.serial_link import SerialLink
from broadcaster.talk import Say
from tests.emulators.port import Port

make_room(1200)

async def main():
    port = Port(Path(sys.argv[1]))
    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    where = server.sockets[0].getsockname()[1]
    lines = [open_lines([link := f"socket://127.0.0.1:{where}?baud=115200"], SystemTime())[link]
             for _ in range(800)]
    await asyncio.gather(*(line.say(Say((b"x",), None)) for line in lines))
    count = len(os.listdir("/proc/self/fd"))
    # What keys an amplifier goes through pyserial, which calls select().
    amplifier = SerialLink(LinkUrl.parse(f"serial://{port.path}"), "loa")
    await amplifier.write(b"on")
    print(count > 1024, await asyncio.to_thread(port.read, 2))
    await asyncio.gather(amplifier.close(), *(line.close() for line in lines))
    await asyncio.gather(*served)
    server.close()

served = set()

async def serve(reader, writer):
    served.add(asyncio.current_task())
    await reader.read()
    writer.close()

asyncio.run(main())
"""


def test_more_lines_than_select_can_count_leave_room_for_amplifiers(tmp_path: Path) -> None:
    if resource.getrlimit(resource.RLIMIT_NOFILE)[1] < 8000:
        pytest.skip("this system lets a process have too few files")
    done = subprocess.run(
        [sys.executable, "-c", MANY, tmp_path], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "True b'on'\n", "")
