"""How late a sound begins: measured at what comes out, not at what the player says."""

from __future__ import annotations

import asyncio
import socket
import struct
import tempfile
import wave
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np

from broadcaster.clock import SystemTime
from broadcaster.daemon.airings import ARMED
from broadcaster.domain.sound import Played, Prepared
from broadcaster.ports import Speaker
from broadcaster.speakers.file import FileSpeaker
from broadcaster.speakers.player import PlayerSpeaker

RATE = 48_000
STARTS = 20
TOGETHER = 5
"""How often a whole zone is started."""
APART = 1.0
"""Seconds between two starts: more than the longest tick, less than it takes to arm a player."""
SO_TIMESTAMPNS = 35
"""Linux's number for it; Python has no name for it."""
GROUP, PORT = "239.255.77.20", 5004
Row = tuple[str, float, str, float | None]


def rows() -> list[Row]:
    """Measure starts over multicast, and those of a zone's outputs beside each other."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        made = tick(folder)
        alone = asyncio.run(_multicast(folder, made))
        apart = asyncio.run(_zone(folder, made))
    middle = np.median(alone)
    return [
        (f"multicast: {len(alone)} starts after their instant, median", middle * 1000, "ms", None),
        ("multicast: their spread around it, worst", _worst(alone - middle), "ms", 1.0),
        ("zone of two multicasts and a file: farthest apart", _worst(apart), "ms", 10.0),
    ]


def tick(folder: Path) -> Prepared:
    """Make a fifth of a second that begins at full height, so that its first sample is plain."""
    path = folder / "tick.wav"
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, RATE, 0, "NONE", ""))
        file.writeframes(struct.pack("<24h", *([20_000] * 12 + [-20_000] * 12)) * 400)
    return Prepared(path, 0.2, "", None, 0.0)


async def start(speaker: Speaker, sound: Prepared, at: datetime) -> Played:
    """Arm it as far ahead as the daemon does, and let it sound."""
    await SystemTime().sleep((at - ARMED - SystemTime().now()).total_seconds())
    return await speaker.play(sound, "", 0.0, at, lambda _: None)


def soon() -> datetime:
    """Give a whole second ahead, far enough for a first start to be armed."""
    return (SystemTime().now() + ARMED + timedelta(seconds=2)).replace(microsecond=0)


async def _multicast(folder: Path, sound: Prepared) -> np.ndarray:
    """Give how long after its instant each first packet came, by the kernel's own stamps."""
    ear, first = receiver(PORT), soon()
    starts = [first + timedelta(seconds=APART * number) for number in range(STARTS)]
    await asyncio.gather(*(start(_speaker(folder, PORT), sound, at) for at in starts))
    return np.array(marked(ear)) - [at.timestamp() for at in starts]


async def _zone(folder: Path, sound: Prepared) -> np.ndarray:
    """Give how far apart each time the first of its outputs and the last began."""
    ports = (PORT, PORT + 2)
    receivers, first = [receiver(port) for port in ports], soon()
    filed = []
    for number in range(TOGETHER):
        file = FileSpeaker("file", folder / str(number), SystemTime())
        speakers = [file, *(_speaker(folder, port) for port in ports)]
        at = first + timedelta(seconds=(ARMED.total_seconds() + 1) * number)
        played, *_ = await asyncio.gather(*(start(each, sound, at) for each in speakers))
        filed.append(played.started.astimezone(UTC).timestamp())
    begun = np.array([filed, *map(marked, receivers)])
    return np.ptp(begun, axis=0)


def _speaker(folder: Path, port: int) -> PlayerSpeaker:
    sink = {
        "driver": "multicast", "group": GROUP, "port": port, "codec": "l16", "ttl": 1, "dscp": 46,
        "interface": "127.0.0.1", "name": "bench", "sdp": str(folder / "bench.sdp"),
    }  # fmt: skip
    return PlayerSpeaker("bench", sink, SystemTime())


def _worst(seconds: np.ndarray) -> float:
    """Give milliseconds."""
    return float(np.abs(seconds).max() * 1000)


def receiver(port: int, group: str = GROUP) -> socket.socket:
    """Give a socket that hears a group, with the kernel's stamps on its packets."""
    found = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    found.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 22)
    found.setsockopt(socket.SOL_SOCKET, SO_TIMESTAMPNS, 1)
    found.bind((group, port))
    member = socket.inet_aton(group) + socket.inet_aton("127.0.0.1")
    found.setsockopt(socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP, member)
    found.settimeout(0)
    return found


def marked(receiver: socket.socket) -> list[float]:
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
