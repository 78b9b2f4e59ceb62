"""Servers that are none, or do what none should; by small servers of our own."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from broadcaster.audio.cache import Cache
from broadcaster.audio.programme import Programme, Tone
from broadcaster.audio.render import render
from broadcaster.clock import SystemTime
from broadcaster.domain.sound import Played, Prepared
from broadcaster.errors import DeviceError
from broadcaster.speakers.icecast_line import STALLED, Connection
from broadcaster.speakers.icecast_server import check, source
from broadcaster.speakers.player import PlayerSpeaker
from tests.speakers.icecast import sink

REFUSED = "HTTP/1.0 403 Forbidden\r\nContent-Type: text/plain\r\n\r\n"


@pytest.fixture(scope="module")
def chime(tmp_path_factory: pytest.TempPathFactory) -> Prepared:
    cache = Cache(tmp_path_factory.mktemp("cache"))
    return asyncio.run(render(Programme((Tone("default"),)), cache))


@contextlib.contextmanager
def answering(answer: str, *, closes: bool) -> Iterator[int]:
    """Take whoever comes, read one request, answer the same always; give the port."""
    listening = socket.socket()
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1)
    listening.bind(("127.0.0.1", 0))
    listening.listen()
    held: list[socket.socket] = []

    def serve() -> None:
        with contextlib.suppress(OSError):
            while True:
                came, _ = listening.accept()
                held.append(came)
                came.recv(4096)
                came.sendall(answer.encode())
                if closes:
                    came.close()

    threading.Thread(target=serve, daemon=True).start()
    try:
        yield int(listening.getsockname()[1])
    finally:
        # A thread that waits in accept is not woken by a close alone.
        listening.shutdown(socket.SHUT_RDWR)
        for each in (listening, *held):
            each.close()


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    secret = tmp_path / "mat-khau"
    secret.write_text("x")
    secret.chmod(0o600)
    return secret


def loa(port: int, secret: Path) -> dict[str, object]:
    return sink(f"http://127.0.0.1:{port}/loa.mp3", secret)


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        ("SSH-2.0-OpenSSH_9.2\r\n", 'no Icecast server: it says "SSH-2.0-OpenSSH_9.2"'),
        ("", 'no Icecast server: it says ""'),
        ("\x00\xff" * 40_000, "no Icecast server"),
        ("HTTP/1.1 404 Not Found\r\n\r\nnginx", 'says "HTTP/1.1 404 Not Found"'),
    ],
)
def test_what_is_no_icecast_server_is_told(secret: Path, answer: str, says: str) -> None:
    with answering(answer, closes=True) as port, pytest.raises(DeviceError, match=says):
        check(loa(port, secret))


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        (REFUSED + "Content-type not supported", "does not take streams of this codec"),
        (REFUSED + "too many sources connected", "raise <sources> in icecast.xml"),
        (REFUSED + "Mountpoint in use", "/loa.mp3 is in use by another source"),
        ("HTTP/1.1 501 Unimplemented\r\n\r\n", "refuses the stream: HTTP/1.1 501 Unimplemented"),
        ("RTSP/1.0 200 OK\r\n\r\n", "no Icecast server"),
    ],
)
def test_each_refusal_of_a_stream_has_its_sentence(secret: Path, answer: str, says: str) -> None:
    with answering(answer, closes=True) as port, pytest.raises(DeviceError, match=says):
        source(loa(port, secret), "audio/mpeg")


@pytest.mark.parametrize(
    ("place", "says"),
    [
        ("127.0.0.1:1", "nothing listens at 127.0.0.1:1: is Icecast running there?"),
        ("khong-co.invalid:8000", "the name khong-co.invalid is not found in the network"),
        (f"{'a' * 64}.vn:8000", "is not found in the network"),
    ],
)
def test_each_way_that_there_is_no_way_has_its_sentence(
    secret: Path, place: str, says: str
) -> None:
    with pytest.raises(DeviceError, match=says.replace("?", r"\?")):
        check(sink(f"http://{place}/loa.mp3", secret))


@pytest.mark.parametrize("wrong", ["missing", "empty", "folder", "binary"])
def test_a_password_that_is_none_is_told(secret: Path, wrong: str) -> None:
    match wrong:
        case "missing" | "folder":
            secret.unlink()
        case "empty":
            secret.write_text("\n")
        case _:
            secret.write_bytes(b"\xff\xfe")
    if wrong == "folder":
        secret.mkdir()
    with pytest.raises(DeviceError, match=f"the password's file {secret}"):
        check(loa(1, secret))


def test_a_server_that_never_answers_is_stopped_in_time(secret: Path, chime: Prepared) -> None:
    async def stopped(speaker: PlayerSpeaker) -> Played:
        at = SystemTime().now() + timedelta(seconds=1)
        playing = asyncio.create_task(speaker.play(chime, "x", 0.0, at, lambda _: None))
        await asyncio.sleep(1.5)  # noqa: TID251 - the server's silence is real
        await speaker.stop()
        # One that hangs is killed, which is a fault.
        return await playing

    with answering("", closes=False) as port:
        played = asyncio.run(stopped(PlayerSpeaker("loa", loa(port, secret), SystemTime())))
    assert (played.seconds, played.whole) == (0.0, False)


def test_a_server_that_takes_no_sound_is_told(secret: Path, chime: Prepared) -> None:
    """It accepts the stream, and reads none: the silence ahead fills most of the room there is."""

    async def ended(speaker: PlayerSpeaker) -> str:
        at = SystemTime().now() + timedelta(seconds=2)
        try:
            return str((await speaker.play(chime, "x", 0.0, at, lambda _: None)).reason)
        except DeviceError as error:
            return str(error)

    with answering("HTTP/1.1 100 Continue\r\n\r\n", closes=False) as port:
        of = loa(port, secret) | {"bitrate": 320}
        told = asyncio.run(ended(PlayerSpeaker("loa", of, SystemTime())))
    assert "the server takes no more sound" in told


def test_a_connection_that_takes_nothing_for_long_is_given_up() -> None:
    ours, theirs = socket.socketpair()
    with theirs:
        connection = Connection(ours, 0.0)
        connection.put(bytes(10_000_000), 4_800, 0.0)
        assert connection.flow(0.0) == 0
        assert connection.flow(STALLED) == 0
        with pytest.raises(TimeoutError):
            connection.flow(STALLED + 0.1)
        connection.close()


def test_samples_are_out_with_the_last_of_their_bytes() -> None:
    ours, theirs = socket.socketpair()
    with theirs:
        connection = Connection(ours, 0.0)
        connection.put(b"a" * 1000, 480, 0.0)
        connection.put(bytes(10_000_000), 4_800, 0.0)
        assert connection.flow(0.0) == 480
        connection.close()
