"""Reads any sound file that FFmpeg knows, block by block. For child processes: it loads PyAV."""

from __future__ import annotations

import contextlib
import itertools
import math
from collections.abc import Iterable, Iterator
from pathlib import Path

import av
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler
from av.audio.stream import AudioStream
from av.container import InputContainer
from av.packet import Packet

from broadcaster.audio.fault import Fault
from broadcaster.audio.frames import BLOCK, FORMAT, RATE
from broadcaster.audio.stated import stated

LEAST_SHARE, MOST_PADDING = 0.995, 0.25
"""What of a stated length may be missing: encoders count their padding differently."""
LONGEST = 4 * 3600.0
"""Seconds of a recording: a day's file put in by mistake would take the disk and the processor."""
MOST_DAMAGE = 0.01
"""Share of packets that may fail to decode: tags and rubbish at the ends of a good MP3."""


def recording(path: Path) -> Iterator[AudioFrame]:
    """Give the sound of a file that people bring, of which there may be `LONGEST`; raises Fault."""
    return decoded(path, LONGEST)


def decoded(path: Path, longest: float = math.inf) -> Iterator[AudioFrame]:
    """Give a file's sound as a stream, a second at a time; raises Fault."""
    with _opened(path) as container:
        if not container.streams.audio:
            raise Fault("unreadable", path)
        stream = container.streams.audio[0]
        packets = container.demux(stream)
        first = _first(packets, path)
        says = stated(container, stream, first)
        if longest < says < math.inf:
            raise Fault("long", path)
        found = 0
        for frame in _resampled(_frames(first, packets, path), path):
            found += frame.samples
            if found / RATE > longest:
                raise Fault("long", path)
            yield frame
        if not found:
            raise Fault("unreadable", path)
        if found / RATE < says * LEAST_SHARE - MOST_PADDING:
            raise Fault("short", path)


@contextlib.contextmanager
def _opened(path: Path) -> Iterator[InputContainer]:
    try:
        # A playlist format must not reach out to the network.
        container = av.open(str(path.absolute()), options={"protocol_whitelist": "file"})
    except FileNotFoundError:
        raise Fault("missing", path) from None
    except PermissionError:
        raise Fault("forbidden", path) from None
    except (av.error.FFmpegError, OSError, ValueError):
        raise Fault("unreadable", path) from None
    with container:
        yield container


def _first(packets: Iterator[Packet[AudioStream]], path: Path) -> Packet[AudioStream]:
    try:
        return next(packets)
    except (av.error.FFmpegError, StopIteration):
        raise Fault("unreadable", path) from None


def _frames(
    first: Packet[AudioStream], packets: Iterator[Packet[AudioStream]], path: Path
) -> Iterator[AudioFrame]:
    good = bad = 0
    try:
        for packet in itertools.chain((first,), packets):
            try:
                frames = packet.decode()
            except av.error.InvalidDataError:
                bad += 1
                continue
            good += 1
            yield from frames
    except av.error.FFmpegError:
        raise Fault("damaged", path) from None
    if bad > MOST_DAMAGE * (good + bad) + 1:
        raise Fault("damaged", path)


def _resampled(frames: Iterable[AudioFrame], path: Path) -> Iterator[AudioFrame]:
    resampler = AudioResampler(FORMAT, "mono", RATE, BLOCK)
    try:
        for frame in frames:
            yield from resampler.resample(frame)
        yield from resampler.resample(None)
    except ValueError:
        # The format changes halfway: two files in one.
        raise Fault("damaged", path) from None
