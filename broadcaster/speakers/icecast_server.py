"""Icecast's side of a mount: becoming its source, telling it a title, asking whether one could.

The protocol is HTTP, from Icecast 2.4.0 on with a PUT that never ends: the Icecast Protocol
Specification (Marvin Scholz), and Icecast's own connection.c, admin.c and errors.c, 2.4.4 and 2.5.
A library for HTTP would wait for the end of a PUT before it shows the answer, so this is plain
sockets.
"""

from __future__ import annotations

import base64
import contextlib
import socket
import ssl
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, urlencode, urlsplit

from broadcaster.audio.frames import RATE
from broadcaster.clock import SystemTime
from broadcaster.errors import DeviceError
from broadcaster.messages import Message, msg
from broadcaster.secret import password
from broadcaster.speakers.icecast_way import PATIENCE, PORTS, silent, unreachable

MOST = 16_384
"""Bytes of an answer that are read."""
NO_SOURCE = "does not exist"
"""What Icecast says of a mount that is down."""


def source(spec: Mapping[str, Any], media_type: str) -> socket.socket:
    """Become the source of a mount; raises DeviceError saying why the server lets us not."""
    url = urlsplit(spec["url"])
    about = f"samplerate={RATE};channels=1;bitrate={spec['bitrate']}"
    connection = _asked(
        spec,
        f"PUT {url.path} HTTP/1.1",
        {
            "Content-Type": media_type,
            "Expect": "100-continue",
            # No directory of the world's stations is to list a ward's loudspeakers.
            "Ice-Public": "0",
            "Ice-Name": spec["name"],
            "Ice-Bitrate": str(spec["bitrate"]),
            "Ice-Audio-Info": about,
        },
    )
    with _closed_on_fault(connection):
        answer = _answer(connection, url, whole=False)
        # 2.4 says 200 at once, 2.5 when it is over.
        if answer.status not in {100, 200}:
            raise _fault(_refusal(answer, url.path))
    return connection


def tell_title(spec: Mapping[str, Any], title: str) -> bool:
    """Tell listeners what is on; False where the server doesn't take it now.

    For streams that carry none of their own (admin-interface.html, Metadata Update). No charset is
    named: 2.4 would make Latin 1 of it for the stream, and numbers of the letters that this lacks.
    """
    what = {"mode": "updinfo", "song": title}
    try:
        return _admin(spec, what).status == 200  # noqa: PLR2004 - HTTP's OK
    except DeviceError:
        return False


def check(spec: Mapping[str, Any]) -> None:
    """Raise DeviceError where we couldn't become the mount's source now; nobody hears anything.

    Who may send to a mount may also change its title, so that is asked for, with a mode that no
    Icecast knows: the password is judged before, then whether the mount is up. Nothing changes.
    """
    answer = _admin(spec, {"mode": "check"})
    if answer.status == 401:  # noqa: PLR2004 - HTTP's Unauthorized
        raise _fault(_refusal(answer, urlsplit(spec["url"]).path))
    if NO_SOURCE in answer.text:
        return
    if "No such action" in answer.text:
        raise _fault(
            msg("the mount is in use: by another source, or by an airing of this station just now")
        )
    raise _fault(_no_icecast(answer))


class _Answer:
    """A server's answer, as far as it counts."""

    def __init__(self, head: str, body: str) -> None:
        self.line = head.partition("\n")[0].strip()
        version, _, rest = self.line.partition(" ")
        status = rest.partition(" ")[0]
        spoken = version.startswith("HTTP/") and status.isdecimal()
        self.status = int(status) if spoken else 0
        self.text = body.strip()


def _admin(spec: Mapping[str, Any], query: Mapping[str, str]) -> _Answer:
    url = urlsplit(spec["url"])
    asked = urlencode({"mount": url.path, **query})
    connection = _asked(spec, f"GET /admin/metadata?{asked} HTTP/1.0", {})
    with contextlib.closing(connection):
        return _answer(connection, url, whole=True)


def _asked(spec: Mapping[str, Any], line: str, more: Mapping[str, str]) -> socket.socket:
    """Connect, and send a request's head."""
    url = urlsplit(spec["url"])
    secret = password(Path(spec["password_file"]))
    if isinstance(secret, Message):
        raise _fault(secret)
    who = base64.b64encode(f"{spec['user']}:{secret}".encode()).decode()
    fields = {
        "Host": url.netloc, "User-Agent": "broadcaster", "Authorization": f"Basic {who}", **more
    }  # fmt: skip
    head = "".join(f"{name}: {value}\r\n" for name, value in fields.items())
    try:
        connection = _connected(spec)
        connection.sendall(f"{line}\r\n{head}\r\n".encode())
    except (OSError, UnicodeError) as error:
        raise _fault(unreachable(url, error)) from None
    return connection


def _connected(spec: Mapping[str, Any]) -> socket.socket:
    url = urlsplit(spec["url"])
    host, port = str(url.hostname), url.port or PORTS[url.scheme]
    connection = socket.create_connection((host, port), PATIENCE)
    with _closed_on_fault(connection):
        # A second of sound waits in this machine for the network: more would hide a break for long.
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, spec["bitrate"] * 125)
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if url.scheme == "https":
            return ssl.create_default_context().wrap_socket(connection, server_hostname=host)
    return connection


@contextlib.contextmanager
def _closed_on_fault(connection: socket.socket) -> Any:
    try:
        yield
    except BaseException:
        connection.close()
        raise


def _answer(connection: socket.socket, url: SplitResult, *, whole: bool) -> _Answer:
    """Read an answer to its end; or to that of its head, where that lets us go on."""
    time = SystemTime()
    until = time.monotonic() + PATIENCE
    got = bytearray()
    try:
        while len(got) < MOST and (whole or not _goes_on(got)):
            connection.settimeout(max(0.01, until - time.monotonic()))
            piece = connection.recv(MOST)
            if not piece:
                break
            got += piece
    except TimeoutError:
        if b"\r\n\r\n" not in got:
            raise _fault(silent(url)) from None
    except OSError as error:
        raise _fault(unreachable(url, error)) from None
    head, _, body = got.decode(errors="replace").partition("\r\n\r\n")
    answer = _Answer(head, body)
    if not answer.status:
        raise _fault(_no_icecast(answer))
    return answer


def _goes_on(got: bytearray) -> bool:
    return b"\r\n\r\n" in got and got.split(b" ", 2)[1:2] in ([b"100"], [b"200"])


def _refusal(answer: _Answer, mount: str) -> Message:
    """Say what a server's refusal means; 2.4 says 403 for what 2.5 has numbers of its own for."""
    said = answer.text.lower()
    if answer.status == 401:  # noqa: PLR2004 - HTTP's Unauthorized
        return msg("the server does not accept this user and password")
    if "in use" in said:
        return msg("the mount {mount} is in use by another source", mount=mount)
    if "content-type" in said:
        return msg("the server does not take streams of this codec")
    if "too many sources" in said:
        return msg("the server has as many sources as it may have; raise <sources> in icecast.xml")
    return msg("the server refuses the stream: {said}", said=f"{answer.line} {answer.text}"[:200])


def _no_icecast(answer: _Answer) -> Message:
    said = answer.line[:80]
    return msg('what answers there is no Icecast server: it says "{said}"', said=said)


def _fault(message: Message) -> DeviceError:
    # The daemon knows under which name the station has it.
    return DeviceError("icecast", message)
