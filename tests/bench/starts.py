"""How late a sound begins: measured at what comes out, not at what the player says."""

from __future__ import annotations

import asyncio
import os
import socket
import struct
import tempfile
import wave
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np

from broadcaster.clock import SystemTime, rest_until
from broadcaster.daemon import ARMED
from broadcaster.ports import Prepared
from broadcaster.speakers.player import PlayerSpeaker
from tests.speakers.card import MISSING, RATE, Card

STARTS = 20
APART = 1.0
"""Seconds between two starts: more than the longest tick, less than it takes to arm a player."""
SO_TIMESTAMPNS = 35
"""Linux's number for it; Python has no name for it."""
GROUP, PORT = "239.255.77.20", 5004
Row = tuple[str, float, str, float | None]


def rows() -> list[Row]:
    """Measure both outputs that sound for real; a card only where PulseAudio is."""
    with tempfile.TemporaryDirectory() as folder:
        tick = _tick(Path(folder))
        found = _late("multicast", asyncio.run(_multicast(Path(folder), tick)), 1.0)
        if not MISSING:
            found += _cards(Path(folder), tick)
    return found


def _late(name: str, seconds: np.ndarray, bound: float | None) -> list[Row]:
    """Give the middle, and how far from it the starts lie."""
    middle = np.median(seconds)
    spread = np.abs(seconds - middle)
    return [
        (f"{name}: {len(seconds)} starts after their instant, median", middle * 1000, "ms", None),
        (f"{name}: their spread around it, worst", spread.max() * 1000, "ms", bound),
    ]


def _tick(folder: Path) -> Prepared:
    """Make a fifth of a second that begins at full height, so that its first sample is plain."""
    path = folder / "tick.wav"
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, RATE, 0, "NONE", ""))
        file.writeframes(struct.pack("<24h", *([20_000] * 12 + [-20_000] * 12)) * 400)
    return Prepared(path, 0.2, "", None, 0.0)


async def _starts(speakers: list[PlayerSpeaker], tick: Prepared, first: datetime) -> None:
    """Arm each as far ahead as the daemon does, and let it sound."""

    async def one(number: int, speaker: PlayerSpeaker) -> None:
        at = first + timedelta(seconds=APART * number)
        await SystemTime().sleep((at - ARMED - SystemTime().now()).total_seconds())
        await speaker.play(tick, "", 0.0, at, lambda _: None)

    await asyncio.gather(*(one(number, each) for number, each in enumerate(speakers)))


async def _multicast(folder: Path, tick: Prepared) -> np.ndarray:
    """Give how long after its instant each first packet came, by the kernel's own stamps."""
    sink = {
        "driver": "multicast", "group": GROUP, "port": PORT, "codec": "l16", "ttl": 1, "dscp": 46,
        "interface": "127.0.0.1", "name": "bench", "sdp": str(folder / "bench.sdp"),
    }  # fmt: skip
    receiver = _receiver()
    first = SystemTime().now() + timedelta(seconds=4)
    await _starts([PlayerSpeaker("bench", sink, SystemTime()) for _ in range(STARTS)], tick, first)
    stamps = _marked(receiver)
    return np.array(stamps) - first.timestamp() - APART * np.arange(len(stamps))


def _receiver() -> socket.socket:
    receiver = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    receiver.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 22)
    receiver.setsockopt(socket.SOL_SOCKET, SO_TIMESTAMPNS, 1)
    receiver.bind((GROUP, PORT))
    member = socket.inet_aton(GROUP) + socket.inet_aton("127.0.0.1")
    receiver.setsockopt(socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP, member)
    receiver.settimeout(0)
    return receiver


def _marked(receiver: socket.socket) -> list[float]:
    """Give when the packets came that begin a broadcast: those with the marker."""
    found = []
    while True:
        try:
            data, ancillary, _, _ = receiver.recvmsg(2048, 64)
        except BlockingIOError:
            return sorted(found)
        if data[1] & 0x80:
            seconds, nanoseconds = struct.unpack("qq", ancillary[0][2])
            found.append(seconds + nanoseconds / 1e9)


def _cards(folder: Path, tick: Prepared) -> list[Row]:
    card = Card(folder)
    os.environ |= card.environment
    card.plug()
    try:
        ours = [
            PlayerSpeaker("bench", {"driver": "soundcard", "device": "pulse"}, SystemTime())
            for _ in range(STARTS)
        ]
        first = SystemTime().now() + timedelta(seconds=5)
        asyncio.run(_starts(ours, tick, first))
        rest_until(SystemTime().monotonic() + 1)
        heard = np.array(card.begun()) / RATE
    finally:
        card.unplug()
    # The recording has a beginning of its own: only what differs between starts tells.
    late = heard - APART * np.arange(len(heard))
    return [("soundcard: starts heard", len(heard), "", None), *_late("soundcard", late, 5.0)[1:]]
