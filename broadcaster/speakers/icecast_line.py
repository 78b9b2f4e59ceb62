"""The way to a mount: kept open, made again when it breaks, and never waited for."""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
from collections import deque
from collections.abc import Mapping
from typing import Any

from broadcaster.clock import SystemTime
from broadcaster.errors import DeviceError
from broadcaster.messages import Message, msg
from broadcaster.speakers import icecast_server

FIRST_PAUSE, LONGEST_PAUSE = 0.5, 2.0
"""Seconds between two tries."""
STALLED = 5.0
"""Seconds without a byte taken, after which a server takes no more."""
TITLE_TRIES = 5


class Connection:
    """A mount whose source we are; bytes are handed over as fast as the network takes them."""

    def __init__(self, connected: socket.socket, now: float) -> None:
        connected.settimeout(0.0)
        self._socket = connected
        self._left: deque[tuple[bytearray, int]] = deque()
        self._taken_at = now

    def put(self, data: bytes, samples: int, now: float) -> None:
        """Hand over bytes, and the samples that are out with the last of them."""
        if not self._left:
            self._taken_at = now
        self._left.append((bytearray(data), samples))

    def flow(self, now: float) -> int:
        """Send what the network takes; give the samples that are out by it. Raises OSError."""
        self._watch()
        out = 0
        while self._left:
            data, samples = self._left[0]
            taken = self._send(data) if data else 0
            if taken:
                self._taken_at = now
            del data[:taken]
            if data:
                break
            self._left.popleft()
            out += samples
        if self._left and now - self._taken_at > STALLED:
            raise TimeoutError
        return out

    @property
    def empty(self) -> bool:
        """Whether all is out."""
        return not self._left

    def close(self) -> None:
        """Let the mount go; what is out already arrives."""
        with contextlib.suppress(OSError):
            self._socket.shutdown(socket.SHUT_WR)
        self._socket.close()

    def _send(self, data: bytearray) -> int:
        try:
            return self._socket.send(data)
        except (BlockingIOError, ssl.SSLWantReadError, ssl.SSLWantWriteError):
            return 0

    def _watch(self) -> None:
        """Read what the server says, which is nothing that counts; raises OSError at its end."""
        try:
            while self._socket.recv(4096):
                pass
        except (BlockingIOError, ssl.SSLWantReadError, ssl.SSLWantWriteError):
            return
        raise ConnectionAbortedError


class Line:
    """Holds a connection where there is one, and tries for one where there is none."""

    def __init__(self, spec: Mapping[str, Any], media_type: str, title: str | None) -> None:
        """`title` is what the server has to be told; None where the stream says it."""
        self._spec = spec
        self._media_type = media_type
        self._title = title
        self._time = SystemTime()
        self._pause = FIRST_PAUSE
        self._next = self._time.monotonic()
        self._attempt: _Attempt | None = None
        self.fault: Message | None = None
        """Why there was no connection, the last time that there was none."""

    def connection(self, now: float) -> Connection | None:
        """Give a new connection as soon as there is one; to be asked while one lacks."""
        if self._attempt is None:
            if now >= self._next:
                self._attempt = _Attempt(self._spec, self._media_type, self._title)
            return None
        if not self._attempt.over.is_set():
            return None
        result, self._attempt = self._attempt.result, None
        if isinstance(result, socket.socket):
            self._pause = FIRST_PAUSE
            return Connection(result, now)
        self.failed(result, now)
        return None

    def failed(self, why: Message, now: float) -> None:
        """Try again, after a pause that grows."""
        self.fault = why
        self._next = now + self._pause
        self._pause = min(2 * self._pause, LONGEST_PAUSE)


class _Attempt:
    """One try, in a thread of its own: a name's look-up can't be stopped, nor can it stop us."""

    def __init__(self, spec: Mapping[str, Any], media_type: str, title: str | None) -> None:
        self.over = threading.Event()
        self.result: socket.socket | Message = msg("its player failed")
        self._arguments = spec, media_type, title
        threading.Thread(target=self._run, daemon=True).start()

    def _run(self) -> None:
        spec, media_type, title = self._arguments
        try:
            self.result = icecast_server.source(spec, media_type)
        except DeviceError as error:
            self.result = error.message
        finally:
            self.over.set()
        if title and isinstance(self.result, socket.socket):
            _tell(spec, title)


def _tell(spec: Mapping[str, Any], title: str) -> None:
    """Tell the title; a mount that has just come up may not take it yet.

    Without it the programme is as good: its absence is no fault.
    """
    pause = threading.Event()
    for _ in range(TITLE_TRIES):
        if icecast_server.tell_title(spec, title):
            return
        pause.wait(FIRST_PAUSE)
