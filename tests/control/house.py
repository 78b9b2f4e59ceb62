"""A daemon's API served by a loop in a thread, and what callers say to it byte by byte."""

from __future__ import annotations

import asyncio
import json
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from broadcaster.clock import SystemTime
from broadcaster.control.door import ADDRESS, SOCKET, door
from broadcaster.control.server import Server
from broadcaster.ports import TimeSource
from tests.fakes.desk import FakeDesk

PATIENCE = 20.0


class Hasty(SystemTime):
    """Waits a twentieth of the time that is asked for."""

    async def sleep(self, seconds: float) -> None:
        await super().sleep(seconds / 20)


@dataclass
class Caller:
    """Who speaks to the daemon of a folder."""

    folder: Path

    def token(self) -> str:
        """Give the token, where one is needed."""
        path = self.folder / ADDRESS
        return json.loads(path.read_bytes())["token"] if path.exists() else ""

    def connect(self) -> socket.socket:
        """Give a connection that nothing has been said on."""
        address = self.folder / ADDRESS
        if address.exists():
            found = json.loads(address.read_bytes())["port"]
            return socket.create_connection(("127.0.0.1", found), PATIENCE)
        made = socket.socket(socket.AF_UNIX)
        made.connect(str((self.folder / SOCKET).resolve()))
        made.settimeout(PATIENCE)
        return made

    def head(self, method: str, path: str, *headers: str, host: str | None = None) -> bytes:
        """Give the head of a request, as a caller who may ask would write it."""
        address = self.folder / ADDRESS
        port = json.loads(address.read_bytes())["port"] if address.exists() else 1
        lines = [f"{method} {path} HTTP/1.1", f"Host: {host or f'127.0.0.1:{port}'}"]
        if self.token():
            lines.append(f"Authorization: Bearer {self.token()}")
        if method == "POST" and not any(each.startswith("Content-Type") for each in headers):
            lines.append("Content-Type: application/json")
        return "\r\n".join([*lines, *headers, "", ""]).encode()

    def post(self, path: str, body: bytes, *headers: str) -> bytes:
        """Give a whole request."""
        return self.head("POST", path, f"Content-Length: {len(body)}", *headers) + body

    def say(self, data: bytes) -> tuple[int, Any]:
        """Say it all on one connection; give the answer's status and its JSON."""
        with self.connect() as to:
            to.sendall(data)
            return parsed(everything(to))


@dataclass
class House(Caller):
    """What is served, and from where."""

    desk: FakeDesk
    loop: asyncio.AbstractEventLoop

    def call(self, what: Callable[..., Any], *args: Any) -> Any:
        """Have something done in the loop, and give what comes of it."""

        async def done() -> Any:
            return what(*args)

        return asyncio.run_coroutine_threadsafe(done(), self.loop).result(PATIENCE)

    def wait(self, until: Callable[[], bool]) -> None:
        """Wait until something is so in the loop."""
        time, never = SystemTime(), threading.Event()
        end = time.monotonic() + PATIENCE
        while not self.call(until):
            assert time.monotonic() < end, "it never came"
            never.wait(0.01)


def everything(of: socket.socket) -> bytes:
    """Read until the other side ends; a reset after the last byte ends it too."""
    held = b""
    try:
        while piece := of.recv(65_536):
            held += piece
    except ConnectionResetError:
        pass
    return held


def parsed(answer: bytes) -> tuple[int, Any]:
    """Give the status and the JSON of an answer."""
    head, _, body = answer.partition(b"\r\n\r\n")
    return int(head.split(b" ")[1]), json.loads(body) if body else None


def code(answer: tuple[int, Any]) -> tuple[int, str]:
    """Give the status and the error's code."""
    status, told = answer
    return status, told["error"]["code"]


@contextmanager
def house(
    folder: Path, time: TimeSource | None = None, *, loopback: bool = False
) -> Iterator[House]:
    """Serve a desk until the end; by a port and a token where the socket's path is too long."""
    if loopback:
        folder = folder / ("dài" * 30)
    (folder / "var").mkdir(parents=True, exist_ok=True)
    desk, ready, ended = FakeDesk(), threading.Event(), asyncio.Event()
    made: list[House] = []

    async def serve() -> None:
        with door(folder) as opened:
            server = Server(desk, time or SystemTime(), opened)
            server.start()
            made.append(House(folder, desk, asyncio.get_running_loop()))
            ready.set()
            await ended.wait()
            await server.close()

    thread = threading.Thread(target=asyncio.run, args=[serve()])
    thread.start()
    assert ready.wait(PATIENCE)
    try:
        yield made[0]
    finally:
        made[0].loop.call_soon_threadsafe(ended.set)
        thread.join(PATIENCE)
        assert not thread.is_alive()
