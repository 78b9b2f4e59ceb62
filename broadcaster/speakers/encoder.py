"""Turns sound into a stream of bytes that a listener can join at any time. It loads PyAV."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import cast

import av
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream

from broadcaster.audio.frames import RATE


@dataclass(frozen=True, slots=True)
class Codec:
    """One way to stream sound."""

    name: str
    """As FFmpeg calls its encoder."""
    format: str
    """As FFmpeg calls its muxer."""
    media_type: str
    options: Mapping[str, str]
    """The muxer's."""
    titled: bool
    """Whether the stream carries its own title; Icecast has to be told it otherwise."""


CODECS = {
    # RFC 7845, section 9, and RFC 5334 for the type. A page holds one packet, so that none waits.
    "opus": Codec("libopus", "ogg", "audio/ogg", {"page_duration": "20000"}, titled=True),
    # RFC 3003. What stands at a file's head has no place in a stream.
    "mp3": Codec(
        "libmp3lame", "mp3", "audio/mpeg", {"write_xing": "0", "id3v2_version": "0"}, titled=False
    ),
}


class Encoder:
    """One stream, from its headers on."""

    def __init__(self, codec: Codec, bitrate: int, title: str) -> None:
        self._bytes = bytearray()
        options = {**codec.options, "flush_packets": "1"}
        self._container = av.open(self, "w", format=codec.format, options=options)
        stream = self._container.add_stream(codec.name, rate=RATE, layout="mono")
        self._stream = cast("AudioStream", stream)
        self._stream.bit_rate = bitrate * 1000
        if title:
            self._stream.metadata["title"] = title
        self._samples = 0

    def encode(self, frame: AudioFrame) -> bytes:
        """Give what comes out for a piece of sound; the codec may keep some milliseconds back."""
        frame.pts, frame.time_base = self._samples, Fraction(1, RATE)
        self._samples += frame.samples
        self._container.mux(self._stream.encode(frame))
        return self._taken()

    def end(self) -> bytes:
        """Give what the codec kept, and the stream's end."""
        self._container.mux(self._stream.encode(None))
        self._container.close()
        return self._taken()

    def write(self, data: bytes) -> int:
        """Take what the muxer writes: it takes us for a file."""
        self._bytes += data
        return len(data)

    def _taken(self) -> bytes:
        taken = bytes(self._bytes)
        self._bytes.clear()
        return taken
