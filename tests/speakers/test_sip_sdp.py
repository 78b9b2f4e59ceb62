"""What is offered, and what is made of answers."""

from __future__ import annotations

import pytest

from broadcaster.speakers.rtp import CODECS
from broadcaster.speakers.sip_sdp import media, offer

OURS = [CODECS["g722"], CODECS["pcma"], CODECS["opus"]]
ANSWER = "v=0\r\no=- 1 1 IN IP4 10.0.0.5\r\ns=-\r\nc=IN IP4 10.0.0.5\r\nt=0 0\r\n"


def test_an_offer() -> None:
    assert offer("10.0.0.9", 40_000, 7, OURS) == (
        b"v=0\r\n"
        b"o=- 7 7 IN IP4 10.0.0.9\r\n"
        b"s=broadcaster\r\n"
        b"c=IN IP4 10.0.0.9\r\n"
        b"t=0 0\r\n"
        b"m=audio 40000 RTP/AVP 9 8 97\r\n"
        b"a=rtpmap:9 G722/8000\r\n"
        b"a=rtpmap:8 PCMA/8000\r\n"
        b"a=rtpmap:97 opus/48000/2\r\n"
        b"a=ptime:20\r\n"
        b"a=sendrecv\r\n"
    )


@pytest.mark.parametrize(
    ("lines", "host", "port", "codec", "payload_type"),
    [
        ("m=audio 4000 RTP/AVP 8 0", "10.0.0.5", 4000, "pcm_alaw", 8),
        ("m=audio 4000 RTP/AVP 0 101 9\r\na=rtpmap:101 tone/8000", "10.0.0.5", 4000, "g722", 9),
        # The far end may number as it likes, and write names as it likes.
        ("m=audio 4000 RTP/AVP 111\r\na=rtpmap:111 OPUS/48000/2", "10.0.0.5", 4000, "libopus", 111),
        ("m=audio 4000 RTP/AVP 8\r\na=rtpmap:8 PCMA/8000/1", "10.0.0.5", 4000, "pcm_alaw", 8),
        ("m=audio 4000 RTP/AVP 8\r\nc=IN IP4 10.0.0.6", "10.0.0.6", 4000, "pcm_alaw", 8),
        ("m=video 4002 RTP/AVP 96\r\nm=audio 4000 RTP/AVP 8", "10.0.0.5", 4000, "pcm_alaw", 8),
    ],
)  # fmt: skip
def test_an_answer(lines: str, host: str, port: int, codec: str, payload_type: int) -> None:
    found = media(f"{ANSWER}{lines}\r\n".encode(), OURS)

    assert found
    assert (found.host, found.port, found.listens) == (host, port, True)
    assert (found.codec.name, found.codec.payload_type) == (codec, payload_type)


@pytest.mark.parametrize(
    "lines",
    [
        "m=audio 4000 RTP/AVP 0 3",
        "m=audio 0 RTP/AVP 8",
        "m=audio 4000 RTP/AVP 96\r\na=rtpmap:96 iLBC/8000",
        "m=audio",
        "m=image 4000 udptl t38",
        "",
    ],
)
def test_no_codec_in_common(lines: str) -> None:
    assert media(f"{ANSWER}{lines}".encode(), OURS) is None


def test_rubbish_is_no_answer() -> None:
    assert media(b"\xff\x00 m=audio", OURS) is None


@pytest.mark.parametrize(
    ("lines", "listens"),
    [
        ("m=audio 4000 RTP/AVP 8\r\na=recvonly", True),
        ("m=audio 4000 RTP/AVP 8\r\na=sendonly", False),
        ("m=audio 4000 RTP/AVP 8\r\na=inactive", False),
        ("a=inactive\r\nm=audio 4000 RTP/AVP 8", False),
        ("m=audio 4000 RTP/AVP 8\r\nc=IN IP4 0.0.0.0", False),
    ],
)
def test_on_hold_nobody_listens(lines: str, listens: bool) -> None:  # noqa: FBT001 - a table
    found = media(f"{ANSWER}{lines}\r\n".encode(), OURS)

    assert found
    assert found.listens is listens
