"""RTP for sound: packets as bytes, and the session description that receivers are given."""

from __future__ import annotations

import struct
from dataclasses import dataclass

VERSION = 2 << 6
MARKER = 0x80
SEQUENCES = 1 << 16
TIMESTAMPS = 1 << 32


@dataclass(frozen=True, slots=True)
class Codec:
    """One way to put sound into packets."""

    name: str
    """As FFmpeg calls its encoder."""
    payload_type: int
    """RFC 3551's, or a dynamic one."""
    rtpmap: str
    rate: int
    """Samples a second that go in."""
    clock: int
    """Ticks a second of the timestamp; Opus counts in 48,000ths always (RFC 7587)."""
    packet: float
    """Seconds of sound in one packet."""

    @property
    def samples(self) -> int:
        """Give the samples of one packet."""
        return round(self.rate * self.packet)

    @property
    def ticks(self) -> int:
        """Give how far one packet moves the timestamp."""
        return round(self.clock * self.packet)


CODECS = {
    # 5 ms of 48 kHz are 480 bytes: small enough for any network, as AES67 has it at 1 and 4 ms.
    "l16": Codec("pcm_s16be", 96, "L16/48000/1", 48_000, 48_000, 0.005),
    "pcma": Codec("pcm_alaw", 8, "PCMA/8000", 8_000, 8_000, 0.02),
    "pcmu": Codec("pcm_mulaw", 0, "PCMU/8000", 8_000, 8_000, 0.02),
    # 16 kHz, though its clock counts 8,000 by an old mistake (RFC 3551, section 4.5.2).
    "g722": Codec("g722", 9, "G722/8000", 16_000, 8_000, 0.02),
    "opus": Codec("libopus", 97, "opus/48000/2", 48_000, 48_000, 0.02),
}


@dataclass(slots=True)
class Stream:
    """Numbers the packets of one broadcast.

    A packet (RFC 3550, section 5.1):

        0                   1                   2                   3
        V=2 P X   CC  M      PT        sequence number
                               timestamp
                                 SSRC
                               payload ...
    """

    codec: Codec
    ssrc: int
    sequence: int
    timestamp: int
    first: bool = True

    def packet(self, payload: bytes) -> bytes:
        """Frame the next piece of sound; the marker is on the first (RFC 3551, section 4.1)."""
        marker = MARKER if self.first else 0
        header = struct.pack(
            "!BBHII", VERSION, marker | self.codec.payload_type, self.sequence, self.timestamp,
            self.ssrc,
        )  # fmt: skip
        self.first = False
        self.sequence = (self.sequence + 1) % SEQUENCES
        self.timestamp = (self.timestamp + self.codec.ticks) % TIMESTAMPS
        return header + payload


def description(name: str, group: str, port: int, ttl: int, codec: Codec) -> str:
    """Give the SDP (RFC 8866) that tells a receiver where a loudspeaker's sound is and what."""
    lines = [
        "v=0",
        "o=- 0 0 IN IP4 127.0.0.1",
        f"s={name}",
        f"c=IN IP4 {group}/{ttl}",
        "t=0 0",
        f"m=audio {port} RTP/AVP {codec.payload_type}",
        f"a=rtpmap:{codec.payload_type} {codec.rtpmap}",
        f"a=ptime:{1000 * codec.packet:g}",
        "a=recvonly",
    ]
    return "".join(f"{line}\r\n" for line in lines)
