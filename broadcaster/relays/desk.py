"""Decides what sounds in a relay's window: the stream, what stands in for it, or silence."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from enum import StrEnum

import numpy as np

from broadcaster.audio.samples import Samples
from broadcaster.messages import Message, msg
from broadcaster.relays.buffer import BLOCK, Block, Buffer

TENTHS = 10
FADE = 960
"""Samples in which one goes over into another: 20 ms, and nothing clicks."""
SILENT = msg("it is silent")


class Sounds(StrEnum):
    """What there is to hear."""

    STREAM = "stream"
    FALLBACK = "fallback"
    SILENCE = "silence"


class Desk:
    """One window's.

    It is asked for every tenth of a second from when the stream is first tried, so that its own
    time is that of the sound. A stream that does not sound for `patience` seconds gives way to the
    fallback, from its beginning; it is heard again once `settled` seconds of it are there.
    """

    def __init__(
        self,
        buffer: Buffer,
        fallback: Callable[[], Iterator[Samples]],
        cushion: float,
        patience: float,
        settled: float,
    ) -> None:
        self._buffer = buffer
        self._fallback = fallback
        self._cushion = round(cushion * TENTHS)
        self._patience = round(patience * TENTHS)
        self._settled = round(settled * TENTHS)
        self._missed = 0
        self._stand_in: Iterator[Samples] | None = None
        self._live = False
        self._before = Sounds.SILENCE
        self.why: Message = SILENT
        """Why it is not the stream that sounds."""

    def passed(self) -> None:
        """Let a tenth of a second go by that nobody hears; a recording waits meanwhile."""
        if not self._buffer.ends:
            self._stream()

    def block(self) -> tuple[Sounds, Samples]:
        """Give what is to be heard next."""
        sounds, block = self._next()
        if sounds is not self._before:
            block = _faded_in(block)
            self._before = sounds
        return sounds, block

    def _next(self) -> tuple[Sounds, Samples]:
        if self._stand_in is not None:
            return self._standing_in(self._stand_in)
        block = self._stream()
        if self._missed > self._patience:
            self.why = SILENT if block is not None else self._buffer.fault
            self._live, self._stand_in = False, self._fallback()
            return self._standing_in(self._stand_in)
        if block is None:
            self.why = self._buffer.fault
            return Sounds.SILENCE, _silence()
        return Sounds.STREAM, block.samples

    def _standing_in(self, stand_in: Iterator[Samples]) -> tuple[Sounds, Samples]:
        self._buffer.skip_silence()
        piece = next(stand_in, None)
        if len(self._buffer) >= self._settled and (block := self._buffer.take()):
            self._live, self._stand_in, self._missed = True, None, 0
            self._before = Sounds.STREAM
            return Sounds.STREAM, _over(piece, block.samples)
        if piece is None:
            return Sounds.SILENCE, _silence()
        return Sounds.FALLBACK, piece

    def _stream(self) -> Block | None:
        """Take the stream's next block, where it is heard now or can be again."""
        self._live = self._live or len(self._buffer) >= self._cushion
        block = self._buffer.take() if self._live else None
        self._live = block is not None
        self._missed = 0 if block and not block.silent else self._missed + 1
        if block and not self._buffer:
            return Block(_faded_out(block.samples), block.silent)
        return block


def _silence() -> Samples:
    return np.zeros(BLOCK, np.float32)


def _rising() -> Samples:
    return np.linspace(0, 1, FADE, dtype=np.float32)


def _faded_in(block: Samples) -> Samples:
    return np.concatenate((block[:FADE] * _rising(), block[FADE:]))


def _faded_out(block: Samples) -> Samples:
    return np.concatenate((block[:-FADE], block[-FADE:] * _rising()[::-1]))


def _over(before: Samples | None, after: Samples) -> Samples:
    after = _faded_in(after)
    if before is None:
        return after
    falling = before[:FADE] * _rising()[::-1]
    return np.concatenate((after[:FADE] + falling, after[FADE:]))
