"""Serial servers: one that passes TCP bytes through, one that speaks RFC 2217."""

from __future__ import annotations

import contextlib
import queue
import socket
import threading

import serial
import serial.rfc2217


class SocketServer:
    """Listens on one port for ever, takes one caller at a time, keeps what it says."""

    def __init__(self) -> None:
        self._listening: socket.socket | None = None
        self._caller: socket.socket | None = None
        self._got: queue.Queue[int] = queue.Queue()
        self.port = 0
        self.plug_in()

    def plug_in(self) -> None:
        self._listening = socket.create_server(("127.0.0.1", self.port))
        self.port = self._listening.getsockname()[1]
        threading.Thread(target=self._listen, args=[self._listening], daemon=True).start()

    def unplug(self) -> None:
        for side in (self._listening, self._caller):
            if side is not None:
                with contextlib.suppress(OSError):
                    side.shutdown(socket.SHUT_RDWR)
                side.close()
        self._listening = self._caller = None

    def read(self, count: int) -> bytes:
        """Give `count` bytes, fewer where no more come for a while."""
        got = bytearray()
        with contextlib.suppress(queue.Empty):
            while len(got) < count:
                got.append(self._got.get(timeout=10.0))
        return bytes(got)

    def _listen(self, listening: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while True:
                self._caller, _ = listening.accept()
                with self._caller, contextlib.suppress(ConnectionError):
                    self._serve(self._caller)

    def _serve(self, caller: socket.socket) -> None:
        while data := caller.recv(1024):
            self._keep(data)

    def _keep(self, data: bytes) -> None:
        for byte in data:
            self._got.put(byte)


class SerialServer(SocketServer):
    """Takes a port's settings by RFC 2217, pyserial's own server side of it."""

    line: serial.SerialBase | None = None
    """The port behind it, which shows its control lines."""

    def high(self) -> set[str]:
        """Name the control lines that are high."""
        return {name for name in ("rts", "dtr") if self.line and getattr(self.line, name)}

    def _serve(self, caller: socket.socket) -> None:
        self.line = serial.serial_for_url("loop://", timeout=0)
        manager = serial.rfc2217.PortManager(self.line, Answer(caller))
        while data := caller.recv(1024):
            self.took(b"".join(manager.filter(data)), caller)

    def took(self, data: bytes, caller: socket.socket) -> None:
        """Take what came for the port behind it."""
        del caller
        self._keep(data)


class Answer:
    def __init__(self, caller: socket.socket) -> None:
        self.write = caller.sendall
