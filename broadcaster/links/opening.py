"""Opens the port of a line, however long that takes, without keeping anybody else waiting."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import os
import socket
from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from broadcaster.domain.link import LinkUrl
from broadcaster.links.descriptor_port import DescriptorPort
from broadcaster.links.port import unopened
from broadcaster.links.thread import in_thread
from broadcaster.links.thread_port import ThreadPort
from broadcaster.messages import Message

if TYPE_CHECKING:
    from serial import SerialBase

TAKEN = 4.0
"""Seconds in which a host takes a connection: two packets lost on the way are made good in them."""
POLLED = 5.0
"""Seconds after which a blocking read looks whether its port is there still, as pyserial does."""
SELECTABLE = 1024
"""Descriptors below this are left to what calls select(), which can't see others: pyserial."""


class Port(Protocol):
    """An open port that gives what it hears, and tells once when it is lost."""

    over: Message | None
    """Why it serves no more."""

    def catch_up(self) -> None:
        """Read what has come already, or notice that the port is lost."""

    def write(self, data: bytes) -> asyncio.Future[None] | None:
        """Give all of it to the system; what it doesn't take now once it can. Raises FAULTS."""

    async def close(self, *, abandon: bool) -> None:
        """Let go of it; what it hasn't sent yet is thrown away where it is abandoned."""


async def open_port(
    url: LinkUrl, heard: Callable[[bytes], None], lost: Callable[[Exception], None]
) -> Port:
    """Open it; raises FAULTS, or ValueError where it can't be set as the URL says."""
    if url.scheme == "rfc2217" or os.name == "nt":
        return ThreadPort(await in_thread(lambda: _blocking(url), _close), heard, lost)
    if url.scheme == "serial":
        descriptor = await in_thread(lambda: _serial(url), os.close)
    else:
        descriptor = await _connected(url)
    return DescriptorPort(descriptor, url, heard, lost)


def _blocking(url: LinkUrl) -> SerialBase:
    port = unopened(url)
    port.timeout = POLLED
    port.open()
    return port


def _close(port: SerialBase) -> None:
    port.close()


def _serial(url: LinkUrl) -> int:
    """Give the descriptor alone, with pyserial's settings and lock; without its four of pipes."""
    import termios

    port = unopened(url)
    port.open()
    try:
        descriptor = _high(port.fileno())
    finally:
        port.close()
    # Nothing to read is to be told from the end, which then alone reads as no bytes.
    settings = termios.tcgetattr(descriptor)
    settings[6][termios.VMIN] = 1
    termios.tcsetattr(descriptor, termios.TCSANOW, settings)
    return descriptor


async def _connected(url: LinkUrl) -> int:
    error: OSError = OSError(errno.EHOSTUNREACH, os.strerror(errno.EHOSTUNREACH))
    addresses = await _addresses(url)
    for family, address in addresses:
        try:
            return await _connect(family, address, TAKEN / len(addresses))
        except TimeoutError:
            error = OSError(errno.ETIMEDOUT, os.strerror(errno.ETIMEDOUT))
        except OSError as failed:
            error = failed
    raise error


async def _connect(family: socket.AddressFamily, address: tuple[str, int], patience: float) -> int:
    with contextlib.closing(socket.socket(family, socket.SOCK_STREAM)) as connection:
        connection.settimeout(0)
        async with asyncio.timeout(patience):
            await asyncio.get_running_loop().sock_connect(connection, address)
        _stay_alive(connection)
        return _high(connection.fileno())


async def _addresses(url: LinkUrl) -> list[tuple[socket.AddressFamily, tuple[str, int]]]:
    host, _, port = url.where.rpartition(":")

    def find(flags: int) -> list[tuple[socket.AddressFamily, tuple[str, int]]]:
        kind = socket.SOCK_STREAM
        found = socket.getaddrinfo(host.strip("[]"), int(port), type=kind, flags=flags)
        return [(family, address) for family, _, _, _, address in found]  # type: ignore[misc]

    try:
        return find(socket.AI_NUMERICHOST)
    except socket.gaierror:
        return await in_thread(lambda: find(0))  # a name server may be slow


def _stay_alive(connection: socket.socket) -> None:
    """Have the system notice a peer that is gone without a word, also while nothing is said."""
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    for name, value in {
        "TCP_KEEPIDLE": 60,  # in seconds
        "TCP_KEEPINTVL": 10,
        "TCP_KEEPCNT": 3,
        "TCP_USER_TIMEOUT": 30_000,  # in milliseconds
    }.items():
        if hasattr(socket, name):
            connection.setsockopt(socket.IPPROTO_TCP, getattr(socket, name), value)


def _high(descriptor: int) -> int:
    """Give another descriptor of the same port, one that takes no selectable one away."""
    import fcntl

    try:
        return fcntl.fcntl(descriptor, fcntl.F_DUPFD_CLOEXEC, SELECTABLE)
    except OSError:  # the limit of open files is as low
        return os.dup(descriptor)
