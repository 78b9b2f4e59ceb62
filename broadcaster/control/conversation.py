"""One caller's HTTP/1.1: its one request, and the answer."""

from __future__ import annotations

import asyncio
from typing import Any

import h11

from broadcaster.control.answers import ApiError
from broadcaster.messages import msg

HEAD = 16_384
"""Bytes of a request line and its headers that are read, at most."""
BODY = 65_536
"""Bytes of a body that are read, at most."""
PIECE = 16_384
BEHIND = 65_536
"""Bytes that a reader of a stream may be behind, beyond what the system holds for it."""
LEFT_OVER = 64
"""Pieces of a refused request that are read and dropped: so the refusal is seen, not a reset."""


class SlowReaderError(Exception):
    """A caller that doesn't read what it asked for."""


class Conversation:
    """What is said on one connection, which ends with the answer."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer
        self._http = h11.Connection(h11.SERVER, max_incomplete_event_size=HEAD)

    async def head(self) -> h11.Request:
        """Give what is asked, less its body; raises ApiError, or EOFError where nothing is."""
        said = await self._next()
        if isinstance(said, h11.Request):
            return said
        raise EOFError

    async def body(self, head: h11.Request) -> bytes:
        """Give the body; raises ApiError before it is read where it is too large."""
        if int(header(head, b"content-length") or 0) > BODY:
            raise _too_large()
        if self._http.they_are_waiting_for_100_continue:
            self._send(h11.InformationalResponse(status_code=100, headers=[]))
        held = bytearray()
        while isinstance(said := await self._next(), h11.Data):
            held += said.data
            if len(held) > BODY:
                raise _too_large()
        return bytes(held)

    def answer(self, status: int, body: bytes) -> None:
        """Give the answer in JSON, whatever was heard of the request."""
        if self._http.our_state in {h11.IDLE, h11.SEND_RESPONSE}:
            length = (b"content-length", b"%d" % len(body))
            self._respond(status, [(b"content-type", b"application/json"), length])
            self._send(h11.Data(data=body))
            self._send(h11.EndOfMessage())

    def begin(self) -> None:
        """Begin an answer of server-sent events."""
        self._respond(200, [(b"content-type", b"text/event-stream")])

    def tell(self, line: bytes) -> None:
        """Send a line of it; raises SlowReaderError."""
        self._send(h11.Data(data=line + b"\n\n"))
        if self._writer.transport.get_write_buffer_size() > BEHIND:
            raise SlowReaderError

    async def gone(self) -> None:
        """Return when the caller has hung up."""
        while await self._reader.read(PIECE):
            pass

    async def finish(self) -> None:
        """Let the caller read the answer to its end."""
        await self._writer.drain()
        self._writer.write_eof()
        for _ in range(LEFT_OVER):
            if not await self._reader.read(PIECE):
                return

    def hang_up(self) -> None:
        """Say the last that was said, as far as it is taken at once, and close."""
        if self._writer.transport.get_write_buffer_size():
            self._writer.transport.abort()
        else:
            self._writer.close()

    def peer(self) -> Any:
        """Give the caller's socket."""
        return self._writer.get_extra_info("socket")

    async def _next(self) -> Any:
        while True:
            try:
                said = self._http.next_event()
            except h11.RemoteProtocolError as error:
                what = msg("this is no request: {error}", error=str(error))
                raise ApiError(error.error_status_hint, "bad-request", what) from None
            if said is not h11.NEED_DATA:
                return said
            self._http.receive_data(await self._reader.read(PIECE))

    def _respond(self, status: int, headers: list[tuple[bytes, bytes]]) -> None:
        more = [(b"cache-control", b"no-store"), (b"connection", b"close")]
        self._send(h11.Response(status_code=status, headers=[*headers, *more]))

    def _send(self, what: h11.Event) -> None:
        self._writer.write(self._http.send(what) or b"")


def header(head: h11.Request, name: bytes) -> bytes:
    """Give a header; empty where there is none, the first where there are several."""
    return next((value for key, value in head.headers if key == name), b"")


def _too_large() -> ApiError:
    return ApiError(413, "too-large", msg("the body is over {most} bytes", most=BODY))
