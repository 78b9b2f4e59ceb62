"""Makes the payloads of RTP packets out of a programme. For child processes: it loads PyAV."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from av.audio.codeccontext import AudioCodecContext
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler

from broadcaster.speakers.rtp import Codec


def payloads(frames: Iterator[AudioFrame], codec: Codec) -> Iterator[bytes]:
    """Give what each packet holds; the last piece is left out where it is short."""
    encoder = cast("AudioCodecContext", AudioCodecContext.create(codec.name, "w"))
    encoder.sample_rate, encoder.layout = codec.rate, "mono"
    encoder.format = "s16"
    resampler = AudioResampler("s16", "mono", codec.rate, codec.samples)
    for whole in _resampled(frames, resampler):
        # A packet of less would make a receiver's clock stumble.
        if whole.samples == codec.samples:
            yield from (bytes(packet) for packet in encoder.encode(whole))
    yield from (bytes(packet) for packet in encoder.encode(None))


def _resampled(frames: Iterator[AudioFrame], resampler: AudioResampler) -> Iterator[AudioFrame]:
    for frame in frames:
        yield from resampler.resample(frame)
    yield from resampler.resample(None)
