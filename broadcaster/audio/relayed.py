"""Puts what was received of a stream into a programme's samples. For child processes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from av.audio.frame import AudioFrame

from broadcaster.audio.frames import FORMAT, RATE, Stream, factor, from_bytes
from broadcaster.audio.samples import Samples, samples
from broadcaster.audio.spool import SpoolReader

PIECE = RATE // 10
"""Samples that are taken from a spool at once, all or none."""

Take = Callable[[SpoolReader, int, int, int], Samples | None]
"""Reads from a spool `count` samples from its `first` on, which are the programme's from `at`."""


@dataclass(frozen=True, slots=True)
class Received:
    """A window of a programme, in samples of it, and what was received for it."""

    first: int
    last: int
    spool: SpoolReader


def received(said: Sequence[Mapping[str, Any]]) -> list[Received]:
    """Read what `playout` says of a programme's windows."""
    return [
        Received(
            round(one["start"] * RATE),
            round(one["start"] * RATE) + round(one["seconds"] * RATE),
            SpoolReader(Path(one["spool"]), factor(one["gain_db"])),
        )
        for one in said
    ]


def at_hand(spool: SpoolReader, first: int, count: int, _: int) -> Samples | None:
    """Take what is there by now."""
    return spool.piece(first, count)


def relayed(
    stream: Stream, windows: Sequence[Received], take: Take, at: int = 0
) -> Iterator[AudioFrame]:
    """Give a programme from sample `at` on, in its windows what their spools hold.

    A piece that a spool has not is the programme's own: there the fallback stands.
    """
    for frame in stream:
        last = at + frame.samples
        if any(window.first < last and at < window.last for window in windows):
            yield from _pieces(samples(frame), windows, take, at)
        else:
            yield frame
        at = last


def _pieces(own: Samples, windows: Sequence[Received], take: Take, at: int) -> Iterator[AudioFrame]:
    done = 0
    while done < len(own):
        window, count = _next(windows, at + done, min(PIECE, len(own) - done))
        piece = own[done : done + count]
        if window is not None:
            found = take(window.spool, at + done - window.first, count, at + done)
            piece = piece if found is None else found
        yield from_bytes(np.ascontiguousarray(piece).tobytes(), FORMAT, piece.itemsize)
        done += count


def _next(windows: Sequence[Received], at: int, most: int) -> tuple[Received | None, int]:
    """Give the window that a sample is in, and how many go on like it."""
    for window in windows:
        if window.first <= at < window.last:
            return window, min(most, window.last - at)
    ahead = [window.first - at for window in windows if window.first > at]
    return None, min([most, *ahead])
