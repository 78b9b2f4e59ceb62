"""Opens the ports of lines, without keeping other lines waiting."""

from __future__ import annotations

import asyncio
import contextlib
import os
import socket
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Protocol, TypeVar

from broadcaster.domain.link import LinkUrl
from broadcaster.links.descriptor_port import DescriptorPort
from broadcaster.links.port import FAULTS, unopened
from broadcaster.links.thread_port import ThreadPort

if TYPE_CHECKING:
    from serial import SerialBase

CONNECT = 5.0
"""Seconds in which a host answers, or is taken for dead."""
T = TypeVar("T")


class Port(Protocol):
    """An open port."""

    async def write(self, data: bytes, seconds: float) -> None:
        """Send all of it; raises one of FAULTS."""

    async def read(self, seconds: float) -> bytes:
        """Give what comes first within so many seconds; raises one of FAULTS."""

    async def clear(self) -> None:
        """Throw away what has come; raises one of FAULTS."""

    def close(self) -> None:
        """Let go of it."""


async def open_port(url: LinkUrl, lost: Callable[[OSError], None]) -> Port:
    """Open a port; `lost` is called when it is lost unasked. Raises one of FAULTS."""
    if url.scheme == "socket":
        return await _socket(url, lost)
    thread = ThreadPoolExecutor(1) if url.scheme == "rfc2217" or os.name == "nt" else None
    port = unopened(url)
    try:
        await _in_a_thread(port.open, lambda: _shut(port))
    except BaseException:
        if thread:
            thread.shutdown(wait=False)
        raise
    if thread is not None:
        return ThreadPort(port, thread)
    return DescriptorPort(port.fileno(), lambda: _shut(port), lost)


async def _socket(url: LinkUrl, lost: Callable[[OSError], None]) -> Port:
    loop = asyncio.get_running_loop()
    host, _, number = url.where.rpartition(":")
    async with asyncio.timeout(CONNECT):
        found = await loop.getaddrinfo(host, int(number), type=socket.SOCK_STREAM)
        kind, *_, where = found[0]
        sock = socket.socket(kind, socket.SOCK_STREAM)
        try:
            sock.settimeout(0)
            await loop.sock_connect(sock, where)
        except BaseException:
            sock.close()
            raise
    # Small frames would wait for the board's acknowledgement of those before.
    sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return DescriptorPort(sock.fileno(), sock.close, lost)


async def _in_a_thread(call: Callable[[], T], undo: Callable[[], None]) -> T:
    """Call what may block for long in a thread that nothing else waits for.

    Where nobody waits for it any more, what it did is undone.
    """
    loop = asyncio.get_running_loop()
    done: asyncio.Future[T] = loop.create_future()

    def settle(result: T | None, error: BaseException | None) -> None:
        if done.cancelled():
            undo()
        elif error is not None:
            done.set_exception(error)
        else:
            done.set_result(result)  # type: ignore[arg-type]

    def run() -> None:
        result, error = None, None
        try:
            result = call()
        except FAULTS as fault:
            error = fault
        with contextlib.suppress(RuntimeError):  # the loop is closed
            loop.call_soon_threadsafe(settle, result, error)

    threading.Thread(target=run, daemon=True).start()
    return await done


def _shut(port: SerialBase) -> None:
    """Close a port, in a thread: one that is broken may take its time."""

    def shut() -> None:
        with contextlib.suppress(*FAULTS):
            # Or closing would wait until what is left is out.
            port.reset_output_buffer()
        with contextlib.suppress(*FAULTS):
            port.close()

    threading.Thread(target=shut, daemon=True).start()
