"""Sends sound to IP loudspeakers: RTP to a multicast group, each packet at its instant."""

from __future__ import annotations

import secrets
import socket
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from av.audio.frame import AudioFrame

from broadcaster.clock import rest_until
from broadcaster.speakers.payloads import payloads
from broadcaster.speakers.rtp import CODECS, SEQUENCES, TIMESTAMPS, Stream, description


class Multicast:
    """One group's sender; for a player's child process."""

    ahead = 0.5

    def __init__(self, spec: dict[str, Any]) -> None:
        self._codec = CODECS[spec["codec"]]
        describe(Path(spec["sdp"]), spec)
        self._to = spec["group"], spec["port"]
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        set_ = self._socket.setsockopt
        set_(socket.IPPROTO_IP, socket.IP_MULTICAST_TTL, spec["ttl"])
        # The DSCP is the upper six bits of the byte that IP once called the type of service.
        set_(socket.IPPROTO_IP, socket.IP_TOS, spec["dscp"] << 2)
        if spec["interface"]:
            local = socket.inet_aton(spec["interface"])
            set_(socket.IPPROTO_IP, socket.IP_MULTICAST_IF, local)

    def check(self) -> None:
        """Nothing more to ask: it is open."""

    def play(
        self,
        frames: Iterator[AudioFrame],
        start: float,
        audible: Callable[[float], None],
        stop: threading.Event,
    ) -> float:
        """Send it, the first packet at `start` of the steady clock; give the seconds sent."""
        stream = Stream(
            self._codec, secrets.randbits(32), secrets.randbelow(SEQUENCES),
            secrets.randbelow(TIMESTAMPS),
        )  # fmt: skip
        sent = 0
        for payload in payloads(frames, self._codec):
            at = rest_until(start + sent * self._codec.packet)
            if stop.is_set():
                break
            self._socket.sendto(stream.packet(payload), self._to)
            if sent == 0:
                audible(at)
            sent += 1
        rest_until(start + sent * self._codec.packet)
        return sent * self._codec.packet


def describe(to: Path, spec: dict[str, Any]) -> None:
    """Leave the description that receivers are given."""
    name, group, port, ttl = (spec[key] for key in ("name", "group", "port", "ttl"))
    to.parent.mkdir(parents=True, exist_ok=True)
    to.write_bytes(description(name, group, port, ttl, CODECS[spec["codec"]]).encode())
