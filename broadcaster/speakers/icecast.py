"""Streams to an Icecast server: the mount is up and silent ahead of its instant, then on time."""

from __future__ import annotations

import math
import threading
from collections import deque
from collections.abc import Callable, Iterator
from itertools import count
from typing import Any

from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler

from broadcaster.audio.frames import FORMAT, RATE, silence
from broadcaster.clock import SystemTime
from broadcaster.errors import DeviceError, PartialError
from broadcaster.messages import msg
from broadcaster.speakers.encoder import CODECS, Encoder
from broadcaster.speakers.icecast_line import Connection, Line
from broadcaster.speakers.icecast_server import check

BLOCK = 4_800
"""Samples that go out at once: a tenth of a second."""
STEP = BLOCK / RATE
KEPT = 10
"""Blocks that wait for a connection: a second late is heard, more is not hurried through."""
DRAIN = 1.0
"""Seconds for what is left at the end."""
CLOSED = msg("the server closed the connection")
STUCK = msg("the server takes no more sound")


class Icecast:
    """One mount's source; for a player's child process.

    A server that is away is tried again to the end of the programme, which goes on meanwhile.
    """

    ahead = 5.0

    def __init__(self, spec: dict[str, Any]) -> None:
        self._spec = spec
        self._codec = CODECS[spec["codec"]]
        self._time = SystemTime()
        told = None if self._codec.titled else spec.get("title")
        self._line = Line(spec, self._codec.media_type, told)
        self._connection: Connection | None = None
        self._waiting: deque[tuple[AudioFrame, int]] = deque(maxlen=KEPT)
        self._sent = self._torn = 0

    def check(self) -> None:
        """Ask the server whether it would take us."""
        check(self._spec)

    def play(
        self,
        frames: Iterator[AudioFrame],
        start: float,
        audible: Callable[[float], None],
        stop: threading.Event,
    ) -> float:
        """Send it, silence until `start`, each block at its time; give the seconds that went out.

        Raises PartialError where some did not, and DeviceError where none did.
        """
        self._audible = audible
        early = math.ceil(max(0.0, start - self._time.monotonic()) / STEP)
        due = 0
        for number, (block, samples) in zip(count(-early), _blocks(frames, early), strict=False):
            if stop.wait(start + number * STEP - self._time.monotonic()):
                break
            due += samples
            self._step(block, samples)
        else:
            self._finish(start + due / RATE, stop)
        if self._connection is not None:
            self._connection.close()
        return self._outcome(due, stop)

    def _step(self, block: AudioFrame, samples: int) -> None:
        """Send a block, or keep it for a while."""
        now = self._time.monotonic()
        self._waiting.append((block, samples))
        if self._connection is None:
            self._connect(now)
        if self._connection is not None:
            while self._waiting:
                waited, of = self._waiting.popleft()
                self._connection.put(self._encoder.encode(waited), of, now)
            self._flow(self._connection, now)

    def _connect(self, now: float) -> None:
        self._connection = self._line.connection(now)
        if self._connection is not None:
            # Who listens from here on needs the stream's head.
            title = self._spec.get("title", "")
            self._encoder = Encoder(self._codec, self._spec["bitrate"], title)

    def _flow(self, connection: Connection, now: float) -> None:
        try:
            out = connection.flow(now)
            if out and not self._sent:
                self._audible(now)
            self._sent += out
        except OSError as error:
            self._line.failed(STUCK if isinstance(error, TimeoutError) else CLOSED, now)
            connection.close()
            self._connection = None
            if self._sent:
                # What went out last was under way, and is gone.
                self._torn += BLOCK

    def _finish(self, end: float, stop: threading.Event) -> None:
        """Let the last of it sound, and what is left of it go out."""
        if self._connection is not None:
            self._connection.put(self._encoder.end(), 0, self._time.monotonic())
        while not stop.wait(STEP / 2) and (now := self._time.monotonic()) < end + DRAIN:
            if self._connection is not None:
                self._flow(self._connection, now)
            if now >= end and (self._connection is None or self._connection.empty):
                return

    def _outcome(self, due: int, stop: threading.Event) -> float:
        """Give the seconds that went out; raises for those that did not."""
        heard = self._sent - self._torn
        lost = due - heard
        under_way = KEPT * BLOCK if stop.is_set() else 0
        if lost <= under_way:
            return heard / RATE
        why = self._line.fault or STUCK
        if heard <= 0:
            raise DeviceError("icecast", why)
        missing = msg(
            "{seconds:.1f} s or more did not reach the server: {why}", seconds=lost / RATE, why=why
        )
        raise PartialError("icecast", missing, heard / RATE)


def _blocks(frames: Iterator[AudioFrame], early: int) -> Iterator[tuple[AudioFrame, int]]:
    """Give silence, and the programme, in blocks; each with its samples of the programme."""
    quiet = next(silence(BLOCK))
    resampler = AudioResampler(FORMAT, "mono", RATE, BLOCK)
    for _ in range(early):
        yield quiet, 0
    for frame in frames:
        for block in resampler.resample(frame):
            yield block, block.samples
    for block in resampler.resample(None):
        yield block, block.samples
