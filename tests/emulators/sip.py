"""A telephone exchange with one extension that answers by itself; knows nothing of our code."""

from __future__ import annotations

import hashlib
import re
import select
import socket
import threading
from collections.abc import Callable
from types import TracebackType
from typing import Self

SILENT = {0: b"\xff", 8: b"\xd5"}
"""G.711's zero by payload type."""
HASHES: dict[str, Callable[[bytes], hashlib._Hash]] = {
    "MD5": hashlib.md5,
    "SHA-256": hashlib.sha256,
}


class Exchange:
    """It listens on 127.0.0.1 while entered; attributes are set before a call, or in one."""

    def __init__(self) -> None:
        self.password = ""
        """Of the user `dai`, where one is asked for."""
        self.algorithms = ["MD5"]
        """In the order in which they are offered."""
        self.says = "200 OK"
        """To an INVITE; `180 Ringing` alone lets it ring."""
        self.deaf = False
        self.loses = 0
        """How many messages never arrive."""
        self.hangs_up_after = 0
        """Packets that are no silence; 0: never."""
        self.payload_type = 8
        self.heard: list[str] = []
        """Every message that arrived, whole."""
        self.packets: list[bytes] = []
        self.changed = threading.Condition()
        self._hung_up = False
        self._socket = _bound()
        self._media = _bound()
        self.port = self._socket.getsockname()[1]
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._over.set()
        self._thread.join()
        self._socket.close()
        self._media.close()

    @property
    def methods(self) -> list[str]:
        return [message.split(" ", 1)[0] for message in self.heard]

    def sounded(self) -> list[bytes]:
        """Give the payloads that are no silence."""
        silent = SILENT[self.payload_type]
        return [each[12:] for each in self.packets if each[12:].strip(silent)]

    def wait_for(self, true: Callable[[], object]) -> bool:
        """Wait until something is so."""
        with self.changed:
            return bool(self.changed.wait_for(true, 20))

    def _run(self) -> None:
        while not self._over.is_set():
            for ready in select.select([self._socket, self._media], [], [], 0.02)[0]:
                data, source = ready.recvfrom(65_535)
                with self.changed:
                    if ready is self._media:
                        self._sound(data)
                    else:
                        self._message(data.decode(), source)
                    self.changed.notify_all()

    def _sound(self, packet: bytes) -> None:
        self.packets.append(packet)
        if self.hangs_up_after and len(self.sounded()) >= self.hangs_up_after and not self._hung_up:
            self._hung_up = True
            self._hang_up()

    def _message(self, text: str, source: tuple[str, int]) -> None:
        self.heard.append(text)
        if self.loses:
            self.loses -= 1
            return
        method = text.split(" ", 1)[0]
        if method in {"SIP/2.0", "ACK"} or self.deaf:
            return
        for status in self._statuses(method, text):
            self._socket.sendto(self._answer(text, status).encode(), source)
        if method == "INVITE":
            self._invite, self._caller = text, source

    def _statuses(self, method: str, text: str) -> list[str]:
        if self.password and method != "CANCEL" and not self._proven(text):
            return ["401 Unauthorized"]
        if method == "INVITE":
            return ["100 Trying", self.says]
        if method == "CANCEL":
            # Then the INVITE itself is ended.
            ended = self._answer(self._invite, "487 Request Terminated")
            self._socket.sendto(ended.encode(), self._caller)
        return [self.says if self.says.startswith("403") else "200 OK"]

    def _answer(self, request: str, status: str) -> str:
        lines = [f"SIP/2.0 {status}"]
        lines += [
            line for line in request.split("\r\n") if re.match("(Via|From|Call-ID|CSeq):", line)
        ]
        to = header(request, "To")
        lines.append(
            f"To: {to}" if ";tag=" in to or status.startswith("100") else f"To: {to};tag=exch"
        )
        lines.append(f"Contact: <sip:900@127.0.0.1:{self.port}>")
        if status.startswith("401"):
            lines += [
                'WWW-Authenticate: Digest realm="phường", nonce="n1", qop="auth,auth-int", '
                f"algorithm={each}"
                for each in self.algorithms
            ]
        body = (
            self._description() if "INVITE" in header(request, "CSeq") and "200" in status else ""
        )
        if body:
            lines.append("Content-Type: application/sdp")
        return "\r\n".join([*lines, f"Content-Length: {len(body)}", "", body])

    def _description(self) -> str:
        return (
            "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\n"
            f"m=audio {self._media.getsockname()[1]} RTP/AVP {self.payload_type}\r\na=sendrecv\r\n"
        )

    def _proven(self, text: str) -> bool:
        """Judge an Authorization by RFC 7616, section 3.4.1."""
        given = dict(re.findall(r'(\w+)="?([^",]*)"?', header(text, "Authorization")))
        if given.get("algorithm") != self.algorithms[0]:
            return False

        def hashed(*parts: str) -> str:
            return HASHES[self.algorithms[0]](":".join(parts).encode()).hexdigest()

        secret = hashed("dai", "phường", self.password)
        asked = hashed(text.split(" ", 1)[0], given["uri"])
        right = hashed(secret, "n1", given["nc"], given["cnonce"], "auth", asked)
        return given["username"] == "dai" and given["response"] == right

    def _hang_up(self) -> None:
        lines = [
            f"BYE {header(self._invite, 'Contact').strip('<>')} SIP/2.0",
            f"Via: SIP/2.0/UDP 127.0.0.1:{self.port};branch=z9hG4bKbye",
            f"From: {header(self._invite, 'To')};tag=exch",
            f"To: {header(self._invite, 'From')}",
            f"Call-ID: {header(self._invite, 'Call-ID')}",
            "CSeq: 1 BYE",
            'Reason: SIP;text="closed for today"',
            "Content-Length: 0",
        ]
        self._socket.sendto("\r\n".join([*lines, "", ""]).encode(), self._caller)


def header(message: str, name: str) -> str:
    """Give a header of a message; empty where there is none."""
    found = re.search(rf"^{name}: *(.*?)\r$", message, re.MULTILINE)
    return found[1] if found else ""


def _bound() -> socket.socket:
    found = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    found.bind(("127.0.0.1", 0))
    return found
