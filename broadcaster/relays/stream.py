"""Another station's stream as samples. For the receiver's child process: it loads PyAV."""

from __future__ import annotations

import errno
import ssl
from collections.abc import Iterator
from pathlib import Path

import av
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler
from av.container import InputContainer

from broadcaster.audio.frames import FORMAT, RATE
from broadcaster.errors import why
from broadcaster.messages import Message, msg
from broadcaster.relays.buffer import BLOCK

MOST_DAMAGE = 50
"""Packets in a row that can't be decoded, after which it is taken for something else."""
PROTOCOLS = "http,https,httpproxy,tcp,tls,crypto"
"""A stream's own playlist may lead to other streams, never to a file of this machine."""
FORMATS = "aac,ac3,eac3,asf,flac,flv,hls,matroska,webm,mov,mp4,m4a,3gp,3g2,mj2,mp3,mpegts,ogg,wav"
"""Whatever else the bytes look like to FFmpeg is no stream."""


class StreamError(Exception):
    """Why nothing comes from a stream."""

    def __init__(self, message: Message) -> None:
        self.message = message
        super().__init__(str(message))


class Stream:
    """A connection to a stream, open; raises StreamError."""

    def __init__(self, url: str, timeout: float) -> None:
        options = {
            "protocol_whitelist": PROTOCOLS,
            "format_whitelist": FORMATS,
            "user_agent": "broadcaster",
            "analyzeduration": "2000000",
            **_trust(),
        }
        try:
            self._container = av.open(url, options=options, timeout=timeout)
        except (av.error.FFmpegError, OSError, ValueError) as error:
            raise StreamError(_reason(error)) from None
        if not self._container.streams.audio:
            self.close()
            raise StreamError(msg("it carries no sound"))

    @property
    def ends(self) -> bool:
        """Whether it is a recording of a known length: it begins when it is listened to."""
        return self._container.duration is not None

    def frames(self) -> Iterator[AudioFrame]:
        """Give its sound, 48 kHz, mono, a tenth of a second at a time, to its end."""
        resampler = Resampler()
        try:
            for frame in _decoded(self._container):
                yield from resampler.resample(frame)
        except (av.error.FFmpegError, OSError) as error:
            raise StreamError(_reason(error)) from None

    def close(self) -> None:
        """Hang up."""
        self._container.close()


class Resampler:
    """FFmpeg's, made anew whenever the stream's rate, layout or format changes."""

    def __init__(self) -> None:
        self._of: tuple[int, str, str] | None = None

    def resample(self, frame: AudioFrame) -> Iterator[AudioFrame]:
        """Give whole blocks."""
        kind = frame.sample_rate, frame.layout.name, frame.format.name
        if kind != self._of:
            self._of, self._with = kind, AudioResampler(FORMAT, "mono", RATE, BLOCK)
        # A jump in a stream's own time is nothing to make up for.
        frame.pts = None
        for block in self._with.resample(frame):
            if block.samples == BLOCK:
                yield block


def _decoded(container: InputContainer) -> Iterator[AudioFrame]:
    bad = 0
    for packet in container.demux(container.streams.audio[0]):
        try:
            frames = packet.decode()
        except av.error.InvalidDataError:
            bad += 1
            if bad > MOST_DAMAGE:
                raise StreamError(msg("what it carries can't be decoded")) from None
            continue
        bad = 0
        yield from frames


def _trust() -> dict[str, str]:
    """Have a server prove who it is, by the system's own certificates."""
    found = ssl.get_default_verify_paths().cafile
    known = (found, "/etc/ssl/certs/ca-certificates.crt", "/etc/ssl/cert.pem")
    file = next((path for path in known if path and Path(path).is_file()), None)
    return {"tls_verify": "1", "ca_file": file} if file else {"tls_verify": "1"}


_REASONS: tuple[tuple[type[Exception], Message], ...] = (
    (av.error.InvalidDataError, msg("it is no stream of sound")),
    (av.error.HTTPNotFoundError, msg("the server knows no such stream")),
    (av.error.HTTPUnauthorizedError, msg("the server lets nobody listen")),
    (av.error.HTTPForbiddenError, msg("the server lets nobody listen")),
    (av.error.HTTPServerError, msg("the server itself has a fault")),
    (av.error.ConnectionRefusedError, msg("the server refuses the connection")),
    (av.error.TimeoutError, msg("the server does not answer")),
    (av.error.ExitError, msg("the server does not answer")),
)
NOWHERE = msg(
    "nothing can be read there: the address is wrong, its certificate is not valid, or the network"
    " is down"
)


def _reason(error: Exception) -> Message:
    known = (reason for kind, reason in _REASONS if isinstance(error, kind))
    if (reason := next(known, None)) is not None:
        return reason
    if isinstance(error, OSError):
        # A name that nobody knows, no proof of who it is, a circle of addresses, an end at once.
        return NOWHERE if error.errno == errno.EIO else why(error)
    return msg("{error}", error=getattr(error, "strerror", None) or error)
