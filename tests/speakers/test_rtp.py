"""RTP's bytes, and what receivers are told."""

from __future__ import annotations

import pytest

from broadcaster.speakers.rtp import CODECS, Stream, description


@pytest.mark.parametrize(
    ("codec", "first", "second"),
    [
        ("l16", "80e0 fffe fffffff0 0a0b0c0d 0102", "8060 ffff 000000e0 0a0b0c0d 0304"),
        ("pcma", "8088 fffe fffffff0 0a0b0c0d 0102", "8008 ffff 00000090 0a0b0c0d 0304"),
        ("pcmu", "8080 fffe fffffff0 0a0b0c0d 0102", "8000 ffff 00000090 0a0b0c0d 0304"),
        ("opus", "80e1 fffe fffffff0 0a0b0c0d 0102", "8061 ffff 000003b0 0a0b0c0d 0304"),
    ],
)
def test_a_packet_is_as_rfc_3550_draws_it(codec: str, first: str, second: str) -> None:
    stream = Stream(CODECS[codec], ssrc=0x0A0B0C0D, sequence=0xFFFE, timestamp=0xFFFFFFF0)

    assert stream.packet(b"\1\2") == bytes.fromhex(first)
    assert stream.packet(b"\3\4") == bytes.fromhex(second)


def test_a_sequence_begins_anew_after_its_last_number() -> None:
    stream = Stream(CODECS["l16"], ssrc=1, sequence=0xFFFF, timestamp=0)
    stream.packet(b"")

    assert stream.packet(b"")[2:4] == b"\0\0"


@pytest.mark.parametrize(("codec", "samples"), [("l16", 240), ("pcma", 160), ("opus", 960)])
def test_a_packet_holds_so_many_samples(codec: str, samples: int) -> None:
    assert CODECS[codec].samples == samples


def test_receivers_are_told_where_and_what() -> None:
    assert description("Loa cổng", "239.255.10.1", 5004, 4, CODECS["l16"]) == (
        "v=0\r\n"
        "o=- 0 0 IN IP4 127.0.0.1\r\n"
        "s=Loa cổng\r\n"
        "c=IN IP4 239.255.10.1/4\r\n"
        "t=0 0\r\n"
        "m=audio 5004 RTP/AVP 96\r\n"
        "a=rtpmap:96 L16/48000/1\r\n"
        "a=ptime:5\r\n"
        "a=recvonly\r\n"
    )
