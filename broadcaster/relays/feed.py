"""Keeps a stream coming: connects, and again after every end. For the receiver's process."""

from __future__ import annotations

import threading
from collections.abc import Iterator

from av.audio.frame import AudioFrame

from broadcaster.audio.meter import Meter, floats
from broadcaster.audio.samples import samples
from broadcaster.messages import msg
from broadcaster.relays.buffer import NOTHING, Block, Buffer
from broadcaster.relays.leveller import levelled
from broadcaster.relays.stream import Stream, StreamError

SOONEST, LATEST = 0.5, 5.0
"""Seconds before it is tried again: twice as long each time that nothing came."""


class Feed:
    """One stream, levelled, into a buffer, from a thread of its own."""

    def __init__(
        self, url: str, timeout: float, lufs: float, peak_dbtp: float, buffer: Buffer
    ) -> None:
        self._url = url
        self._timeout = timeout
        self._level = lufs, peak_dbtp
        self._buffer = buffer
        self._over = threading.Event()
        self._pause = SOONEST
        self._raw = Meter()

    def start(self) -> None:
        """Begin; a stream that hangs must not keep the process."""
        threading.Thread(target=self._run, daemon=True).start()

    def stop(self) -> None:
        """End, at once for whoever listens."""
        self._over.set()
        self._buffer.close()

    def _run(self) -> None:
        for frame in levelled(self._frames(), *self._level):
            if not self._buffer.put(Block(samples(frame), self._raw.silent > 0)):
                return

    def _frames(self) -> Iterator[AudioFrame]:
        """Give the stream's sound for as long as it is wanted, over all of its ends."""
        while not self._over.is_set():
            try:
                yield from self._connected()
            except StreamError as error:
                self._buffer.fault = error.message
            if self._buffer.ends:
                # A recording that is over, or broke off, is not begun again.
                return
            self._over.wait(self._pause)
            self._pause = min(2 * self._pause, LATEST)

    def _connected(self) -> Iterator[AudioFrame]:
        stream = Stream(self._url, self._timeout)
        try:
            self._buffer.ends = stream.ends
            for frame in stream.frames():
                self._buffer.fault, self._pause = NOTHING, SOONEST
                # As it came: levelled, it would be judged by what it was raised to.
                self._raw.feed(floats(frame))
                yield frame
        finally:
            stream.close()
        raise StreamError(msg("it ended"))
