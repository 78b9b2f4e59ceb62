"""Another station: a real HTTP server that streams real MP3, and fails as stations do."""

from __future__ import annotations

import io
import math
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import av
import numpy as np
from av.audio.frame import AudioFrame
from numpy.typing import NDArray

from broadcaster.clock import SystemTime

RATE = 48_000
BYTES_A_SECOND = 16_000
FRAME = 384
"""Bytes of an MP3 frame at 128 kbit/s and 48 kHz."""
TICK = 0.02
BURST = 0.6
"""Seconds that a listener gets at once, as Icecast gives them."""

Plays = Callable[["Listener"], None]


def tone(seconds: float, hertz: float = 440.0, dbfs: float = -26.0) -> NDArray[np.float32]:
    at = np.arange(round(seconds * RATE))
    return (10 ** (dbfs / 20) * np.sin(math.tau * hertz / RATE * at)).astype(np.float32)


def mp3(samples: NDArray[np.float32], rate: int = RATE) -> bytes:
    """Encode it, on the left alone: 128 kbit/s, stereo."""
    out = io.BytesIO()
    with av.open(out, "w", format="mp3", options={"write_xing": "0", "id3v2_version": "0"}) as file:
        stream = file.add_stream("libmp3lame", rate=rate, layout="stereo", bit_rate=128_000)
        both = np.stack((samples, np.zeros_like(samples)))
        frame = AudioFrame.from_ndarray(both, "fltp", "stereo")
        frame.sample_rate = rate
        file.mux(stream.encode(frame))
        file.mux(stream.encode(None))
    return out.getvalue()


TONE = mp3(tone(30))
SILENCE = mp3(np.zeros(30 * RATE, np.float32))
SLOWER = mp3(tone(30), 32_000)
"""Of another rate, and so at another pitch: 293 Hz."""


class Listener:
    """One connection."""

    def __init__(self, request: BaseHTTPRequestHandler, over: threading.Event) -> None:
        self.path = request.path
        self._request = request
        self._over = over

    def head(self, status: int = 200, **headers: str) -> None:
        self._request.send_response(status)
        for name, value in {"content_type": "audio/mpeg", **headers}.items():
            self._request.send_header(name.replace("_", "-"), value)
        self._request.end_headers()

    def write(self, data: bytes) -> None:
        self._request.wfile.write(data)

    def paced(self, *parts: tuple[bytes, float]) -> None:
        """Send each part until its instant of the steady clock, as fast as it sounds."""
        begun, sent = SystemTime().monotonic(), 0
        for data, until in parts:
            while SystemTime().monotonic() < until and not self._over.wait(TICK):
                due = BURST + SystemTime().monotonic() - begun
                last = round(due * BYTES_A_SECOND) // FRAME * FRAME
                self.write(data[sent % len(data) : sent % len(data) + last - sent])
                sent = last

    def hold(self) -> None:
        """Send nothing more, the connection open."""
        self._over.wait()


def live(*parts: tuple[bytes, float]) -> Plays:
    """Play parts, each until its instant, and hang up."""

    def play(listener: Listener) -> None:
        listener.head()
        listener.paced(*parts)

    return play


def stalls(*parts: tuple[bytes, float]) -> Plays:
    def play(listener: Listener) -> None:
        live(*parts)(listener)
        listener.hold()

    return play


def answers(body: bytes = b"", status: int = 200, **headers: str) -> Plays:
    """Give all of it at once."""

    def play(listener: Listener) -> None:
        listener.head(status, **headers)
        listener.write(body)

    return play


def files(by_path: dict[str, bytes], kind: str = "audio/mpeg") -> Plays:
    """Be a server of files, of stated lengths; that of the address itself is of a kind."""

    def play(listener: Listener) -> None:
        body = by_path[listener.path]
        of = kind if listener.path == "/dai.mp3" else "audio/mpeg"
        listener.head(content_length=str(len(body)), content_type=of)
        listener.write(body)

    return play


def until(instant: float, before: Plays, after: Plays) -> Plays:
    """Play one thing to those who come before an instant, and another to the others."""

    def play(listener: Listener) -> None:
        (before if SystemTime().monotonic() < instant else after)(listener)

    return play


@contextmanager
def station(plays: Plays, proof: ssl.SSLContext | None = None) -> Iterator[str]:
    """Be on the air, on this machine alone; gives the address."""
    over = threading.Event()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            try:
                plays(Listener(self, over))
            except OSError:
                # The listener has gone.
                return

        def log_message(self, *_: Any) -> None:
            """Keep quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    if proof is not None:
        server.socket = proof.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield f"http{'s' if proof else ''}://127.0.0.1:{server.server_address[1]}/dai.mp3"
    finally:
        over.set()
        server.shutdown()
        server.server_close()
        thread.join()
