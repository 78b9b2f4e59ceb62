"""Emulated boards at the far end of a real port: a pty, a TCP socket, an RFC 2217 server."""

from __future__ import annotations

import contextlib
import os
import selectors
import socket
import threading
import time
from collections.abc import Callable
from pathlib import Path

from tests.emulators.board import Board
from tests.emulators.port import Port
from tests.emulators.server import SerialServer, SocketServer


class ServedPort(Port):
    """A pty with boards at its far end."""

    def __init__(self, folder: Path, *boards: Board) -> None:
        self._boards = boards
        super().__init__(folder)

    @property
    def link(self) -> str:
        return f"serial://{self.path}"

    def plug_in(self) -> None:
        super().plug_in()
        far, self._ends = self._far, os.pipe()
        threading.Thread(target=self._serve, args=(far, self._ends[0]), daemon=True).start()

    def unplug(self) -> None:
        if self.path.is_symlink():
            os.close(self._ends[1])
        super().unplug()

    def _serve(self, far: int, ends: int) -> None:
        with selectors.DefaultSelector() as selector, contextlib.suppress(OSError):
            selector.register(far, selectors.EVENT_READ)
            selector.register(ends, selectors.EVENT_READ)
            while all(key.fd == far for key, _ in selector.select()):
                answer(self._boards, os.read(far, 4096), lambda said: os.write(far, said))
        os.close(ends)


class ServedSocket(SocketServer):
    """A TCP server with boards behind it."""

    def __init__(self, *boards: Board) -> None:
        self._boards = boards
        super().__init__()

    @property
    def link(self) -> str:
        return f"socket://127.0.0.1:{self.port}"

    def _serve(self, caller: socket.socket) -> None:
        while data := caller.recv(4096):
            answer(self._boards, data, caller.sendall)


class ServedServer(SerialServer):
    """A serial server that speaks RFC 2217, with boards on its port."""

    def __init__(self, *boards: Board) -> None:
        self._boards = boards
        super().__init__()

    @property
    def link(self) -> str:
        return f"rfc2217://127.0.0.1:{self.port}"

    def took(self, data: bytes, caller: socket.socket) -> None:
        answer(self._boards, data, caller.sendall)


def answer(boards: tuple[Board, ...], data: bytes, say: Callable[[bytes], object]) -> None:
    """Have boards hear bytes, and put what each says on the line after its delay."""
    for board in boards:
        if said := board.hear(data, time.perf_counter()):
            threading.Event().wait(board.delay)
            say(said)
