"""Sounds through a telephone system: calls an extension that answers by itself."""

from __future__ import annotations

import secrets
import socket
import threading
from collections.abc import Callable, Iterator
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any

from av.audio.frame import AudioFrame

from broadcaster.audio.frames import RATE, silence
from broadcaster.clock import SystemTime, rest_until
from broadcaster.errors import DeviceError, PartialError
from broadcaster.messages import Message
from broadcaster.secret import password
from broadcaster.speakers.payloads import payloads
from broadcaster.speakers.rtp import CODECS, SEQUENCES, TIMESTAMPS, Codec, Stream
from broadcaster.speakers.sip_call import Call, State
from broadcaster.speakers.sip_dialog import Account, Dialog
from broadcaster.speakers.sip_faults import Faults
from broadcaster.speakers.sip_line import STEP, Line, local
from broadcaster.speakers.sip_probe import Probe
from broadcaster.speakers.sip_sdp import offer

OFFERED = ("g722", "pcma", "pcmu")
"""What telephones take, the best first: G.722 has twice the treble."""
PATIENCE = 5.0
"""Seconds after its instant by which it must be answered, and for a server's answer to a probe."""
LEAD = 0.2
"""Seconds of silence at least: a telephone that has just answered still opens its speaker."""
TAIL = 0.3
"""Seconds of silence before the call ends: what a telephone holds back would be cut off."""
FAREWELL, HURRY = 3.0, 1.0
"""Seconds that the far end has for answering the end of a call; less where nobody waits for it."""
DSCP = 46
"""RFC 4594's class for voice: expedited forwarding."""
READY = 0.002
"""Seconds before a packet's instant from which on nothing else is done."""


class Sip:
    """One call; for a player's child process.

    It is set up before the first sample is due, and silent until then. Raises DeviceError where it
    isn't answered, PartialError where the far end ends it.
    """

    ahead = 3.0

    def __init__(self, spec: dict[str, Any]) -> None:
        self._time = SystemTime()
        codecs = [CODECS[name] for name in ([spec["codec"]] if spec["codec"] else OFFERED)]
        account = Account(spec["to"], spec["user"], _password(spec["password_file"]))
        server = account.server
        here = local(spec["interface"], server)
        self._line = Line(here)
        self._media = _media_socket(here)
        self._dialog = Dialog(account, self._line.address, partial(secrets.token_hex, 8))
        self._faults = Faults(
            spec["to"].removeprefix("sip:"), f"{server[0]}:{server[1]}",
            ", ".join(codec.rtpmap for codec in codecs),
        )  # fmt: skip
        describe = partial(offer, here, self._media.getsockname()[1], secrets.randbits(31))
        self._call = Call(self._dialog, describe, codecs, self._faults)

    def check(self) -> None:
        """Raise DeviceError when the server doesn't answer, or doesn't accept us."""
        probe = Probe(self._dialog, self._faults)
        now = self._time.monotonic()
        probe.begin(now)
        until = now + PATIENCE
        while not probe.over and self._time.monotonic() < until:
            self._line.attend(probe, self._time.monotonic() + STEP)
        _raise(probe.fault)

    def play(
        self,
        frames: Iterator[AudioFrame],
        start: float,
        audible: Callable[[float], None],
        stop: threading.Event,
    ) -> float:
        """Call, and sound it from `start` on; give the seconds that were sent."""
        try:
            if not self._answered(start + PATIENCE, stop):
                return 0.0
            seconds = self._sound(frames, start, audible, stop)
        finally:
            answered = self._call.state is State.ANSWERED
            self._leave(FAREWELL if answered and not stop.is_set() else HURRY)
        if self._call.state is not State.OVER and not stop.is_set():
            # The end was not confirmed: perhaps nobody heard it.
            _raise(self._faults.gone(), seconds)
        return seconds

    def _answered(self, until: float, stop: threading.Event) -> bool:
        """Call, and wait for the answer; False after a stop."""
        call = self._call
        call.begin(self._time.monotonic())
        while call.state is State.CALLING and not stop.is_set():
            now = self._time.monotonic()
            if now >= until:
                _raise(call.unanswered())
            self._line.attend(call, now + STEP)
        _raise(call.fault)
        return call.state is State.ANSWERED

    def _sound(
        self,
        frames: Iterator[AudioFrame],
        start: float,
        audible: Callable[[float], None],
        stop: threading.Event,
    ) -> float:
        codec = self._codec
        now = self._time.monotonic()
        start = max(start, now + LEAD)
        ahead = int((start - now) / codec.packet)
        programme = _Counted(frames)
        whole = chain(_nothing(ahead * codec.packet), programme, _nothing(TAIL))
        stream = Stream(
            codec, secrets.randbits(32), secrets.randbelow(SEQUENCES), secrets.randbelow(TIMESTAMPS)
        )
        sent = -ahead
        for payload in payloads(whole, codec):
            at = self._due(start + sent * codec.packet)
            if self._call.fault or stop.is_set():
                break
            self._send(stream.packet(payload))
            if sent == 0:
                audible(at)
            sent += 1
        seconds = min(max(0, sent) * codec.packet, programme.seconds)
        _raise(self._call.fault, seconds)
        return seconds

    @property
    def _codec(self) -> Codec:
        assert self._call.media is not None  # noqa: S101 - it is answered
        return self._call.media.codec

    def _due(self, at: float) -> float:
        """Wait for a packet's instant, and hear meanwhile what the far end has to say."""
        self._line.attend(self._call, at - READY)
        return rest_until(at)

    def _send(self, packet: bytes) -> None:
        media = self._call.media
        assert media is not None  # noqa: S101 - it is answered
        self._media.sendto(packet, (media.host, media.port))

    def _leave(self, seconds: float) -> None:
        """End the call, and see that the far end knows."""
        until = self._time.monotonic() + seconds
        self._call.hang_up(self._time.monotonic())
        while self._call.state is not State.OVER and self._time.monotonic() < until:
            self._line.attend(self._call, self._time.monotonic() + STEP)
        self._line.attend(self._call, 0.0)


class _Counted:
    """Frames, and how much of them was taken."""

    def __init__(self, frames: Iterator[AudioFrame]) -> None:
        self._frames = frames
        self.seconds = 0.0

    def __iter__(self) -> Iterator[AudioFrame]:
        for frame in self._frames:
            self.seconds += frame.samples / RATE
            yield frame


def _nothing(seconds: float) -> Iterator[AudioFrame]:
    return silence(round(seconds * RATE))


def _password(file: str) -> str:
    """Read the secret; raises DeviceError."""
    found = password(Path(file)) if file else ""
    if isinstance(found, Message):
        raise DeviceError("sip", found)
    return found


def _media_socket(here: str) -> socket.socket:
    """Give a socket for RTP; it takes the even ports (RFC 3550, section 11)."""
    while True:
        found = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        found.bind((here, 0))
        if found.getsockname()[1] % 2 == 0:
            # The DSCP is the upper six bits of the byte that IP once called the type of service.
            found.setsockopt(socket.IPPROTO_IP, socket.IP_TOS, DSCP << 2)
            return found
        found.close()


def _raise(fault: Message | None, seconds: float = 0.0) -> None:
    # The daemon knows under which name the station has it.
    if fault is not None and seconds:
        raise PartialError("sip", fault, seconds)
    if fault is not None:
        raise DeviceError("sip", fault)
