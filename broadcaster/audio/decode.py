"""Reads any sound file that FFmpeg knows, block by block. For child processes: it loads PyAV."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator
from pathlib import Path

import av
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler
from av.audio.stream import AudioStream
from av.container import InputContainer

from broadcaster.audio.fault import Fault
from broadcaster.audio.frames import BLOCK, FORMAT, RATE

MOST_DAMAGE = 0.01
"""Share of packets that may fail to decode: tags and rubbish at the ends of a good MP3."""
GUESSED_LENGTHS = frozenset({"mp3", "aac", "ac3", "eac3", "amr", "dts"})
"""Formats whose length FFmpeg estimates from the bit rate, so that it proves nothing."""


def decoded(path: Path) -> Iterator[AudioFrame]:
    """Give a file's sound as a stream, a second at a time; raises Fault."""
    with _opened(path) as container:
        stream = _stream(container, path)
        found = 0
        for frame in _resampled(_frames(container, stream, path), path):
            found += frame.samples
            yield frame
        if not found:
            raise Fault("silent", path)
        if found / RATE < _stated(container, stream) * 0.98 - 0.5:
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


def _stream(container: InputContainer, path: Path) -> AudioStream:
    if not container.streams.audio:
        raise Fault("unreadable", path)
    return container.streams.audio[0]


def _stated(container: InputContainer, stream: AudioStream) -> float:
    if GUESSED_LENGTHS & set(container.format.name.split(",")):
        return 0.0
    if stream.duration is None or stream.time_base is None:
        return 0.0
    return float(stream.duration * stream.time_base)


def _frames(container: InputContainer, stream: AudioStream, path: Path) -> Iterator[AudioFrame]:
    good = bad = 0
    try:
        for packet in container.demux(stream):
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
