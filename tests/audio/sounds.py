"""Sound files for tests, and an ear that shares nothing with what it judges."""

from __future__ import annotations

import itertools
import math
import wave
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from av.audio.frame import AudioFrame
from numpy.typing import ArrayLike, NDArray

RATE = 48_000


def sine(path: Path, seconds: float, dbfs: float = -20.0, hertz: float = 997.0) -> Path:
    at = np.arange(round(seconds * RATE))
    return wav(path, 10 ** (dbfs / 20) * np.sin(math.tau * hertz / RATE * at))


def crackle(path: Path, seconds: float, dbfs: float = 0.0) -> Path:
    """Give bursts of noise, most of it under 6 kHz: peaks far above its loudness, as in speech."""
    draw = np.random.default_rng(1)
    bursts = np.repeat(draw.choice((0.02, 0.05, 0.1, 0.3), math.ceil(seconds * 10)), RATE // 10)
    noise = np.convolve(draw.normal(size=len(bursts)), np.hanning(16) / 2, mode="same") * bursts
    return wav(path, np.clip(noise[: round(seconds * RATE)], -1, 1) * 10 ** (dbfs / 20))


def wav(path: Path, samples: ArrayLike, rate: int = RATE) -> Path:
    """Write samples, full scale at 1."""
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, rate, 0, "NONE", ""))
        file.writeframes(np.rint(np.asarray(samples) * 32_767).astype("<i2").tobytes())
    return path


def encoded(source: Path, to: Path, codec: str, rate: int = RATE, layout: str = "stereo") -> Path:
    """Write the sound of a WAV in another format."""
    with av.open(str(source)) as read, av.open(str(to), "w") as written:
        stream = written.add_stream(codec, rate=rate, layout=layout)
        for frame in itertools.chain(read.decode(audio=0), (None,)):
            if frame is not None:
                frame.pts = None
            written.mux(stream.encode(frame))
    return to


def heard(path: Path) -> NDArray[np.float64]:
    """Give a mono file's samples, full scale at 1."""
    with av.open(str(path)) as file:
        stream = file.streams.audio[0]
        assert (stream.rate, stream.channels, stream.format.name) == (RATE, 1, "s16")
        parts = [frame.to_ndarray()[0] for frame in file.decode(stream)]
    return np.concatenate(parts) / 32_768


def loudness(samples: NDArray[np.float64]) -> float:
    """Give integrated loudness in LUFS, by FFmpeg's meter on samples read by `heard`."""
    graph = av.filter.Graph()
    source = graph.add_abuffer(
        sample_rate=RATE, format="dbl", layout="mono", time_base=Fraction(1, RATE)
    )
    meter, sink = graph.add("ebur128", "metadata=1"), graph.add("abuffersink")
    source.link_to(meter)
    meter.link_to(sink)
    graph.configure()
    frame = AudioFrame.from_ndarray(samples[None, :].copy(), format="dbl", layout="mono")
    frame.sample_rate, frame.time_base, frame.pts = RATE, Fraction(1, RATE), 0
    source.push(frame)
    source.push(None)
    last = math.nan
    while True:
        try:
            # The last piece, shorter than a tenth of a second, has no reading.
            last = float(sink.pull().metadata.get("lavfi.r128.I", last))
        except av.error.EOFError:
            return last


def true_peak(samples: NDArray[np.float64]) -> float:
    """Give the highest peak in dBTP, eight times oversampled by Fourier transform."""
    worst = 0.0
    for start in range(0, len(samples), RATE):
        part = samples[max(0, start - 2_000) : start + RATE + 2_000]
        finer = np.fft.irfft(np.fft.rfft(part), 8 * len(part)) * 8
        inner = finer[8 * 1_000 : -8 * 1_000] if len(part) > 4_000 else finer
        worst = max(worst, float(np.abs(inner).max()))
    return 20 * math.log10(worst)
