"""Who listens to a mount: FFmpeg, from when the mount is up to when it is gone."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Iterator
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import av
import numpy as np
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler

RATE = 48_000


class Listener:
    """Hears one source of a mount to its end, in a thread of its own."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._heard: list[np.ndarray] = []
        self.arrived: list[float] = []
        """When each piece did, by the steady clock."""
        self.title = ""
        self.begun = threading.Event()
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._listen, daemon=True)
        self._thread.start()

    def sound(self) -> np.ndarray:
        """Wait for the mount's end, and give all that was heard, in mono."""
        self._thread.join(20)
        assert not self._thread.is_alive(), "the mount stayed up"
        return np.concatenate(self._heard) if self._heard else np.empty(0, np.float32)

    def give_up(self) -> None:
        self._over.set()

    def _listen(self) -> None:
        while not self._over.is_set():
            try:
                stream = av.open(self._url, timeout=(2.0, 10.0), options=EAGER)
            except av.error.FFmpegError:
                time.sleep(0.1)  # noqa: TID251 - a mount that is down says so at once
                continue
            with stream:
                self._hear(stream)
            return

    def _hear(self, stream: Any) -> None:
        resampler = AudioResampler("flt", "mono", RATE)
        try:
            for frame in _decoded(stream):
                self.begun.set()
                self.arrived.append(time.monotonic())  # noqa: TID251 - it listens in real time
                self._heard += [mono.to_ndarray().reshape(-1) for mono in resampler.resample(frame)]
                self.title = stream.streams.audio[0].metadata.get("title", "")
        except (av.error.FFmpegError, ValueError):
            # The server died, or another stream began.
            return


def _decoded(stream: Any) -> Iterator[AudioFrame]:
    for packet in stream.demux(audio=0):
        # Where one source follows another, a frame of MP3 may be cut.
        with contextlib.suppress(av.error.InvalidDataError):
            yield from packet.decode()


def title_between(url: str) -> str:
    """Give the title that an MP3's listeners are told between its bytes, once the mount is up."""
    asked = Request(url, headers={"Icy-MetaData": "1"})  # noqa: S310 - of this machine
    while True:
        try:
            stream = urlopen(asked, timeout=10)  # noqa: S310
        except HTTPError:
            time.sleep(0.1)  # noqa: TID251 - a mount that is down says so at once
            continue
        with stream:
            stream.read(int(stream.headers["icy-metaint"]))
            told = stream.read(16 * stream.read(1)[0]).rstrip(b"\0").decode()
        return str(told)


EAGER = {"probesize": "4096", "analyzeduration": "100000", "fflags": "nobuffer"}
"""It is to hear from the first byte on."""


def likeness(heard: np.ndarray, sent: np.ndarray) -> float:
    """Say how like two sounds are where they fit best: 1 is the same, at any loudness."""
    size = len(heard) + len(sent)
    spectrum = np.fft.rfft(heard, size) * np.conj(np.fft.rfft(sent, size))
    fits = np.fft.irfft(spectrum, size)
    at = int(np.argmax(fits)) % size
    part = heard[at : at + len(sent)]
    if len(part) < len(sent):
        part = np.pad(part, (0, len(sent) - len(part)))
    return float(np.dot(part, sent) / np.linalg.norm(part) / np.linalg.norm(sent))
