"""Whatever a far end sends, a call goes on or ends with a fault; it never breaks."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from broadcaster.speakers.rtp import Stream
from broadcaster.speakers.sip_call import State
from tests.speakers.one_call import PHONE, SERVER, World

bits = st.sampled_from(
    '<sip: sip:900@10.0.0.7 :5070 :99999 : > ; , tag= tel:900 " \\ = @ lr [::1] Digest realm= '
    "nonce= qop=auth algorithm=MD5 % é \x00".split(" ")
)
words = st.lists(
    bits | st.text(st.characters(codec="utf-8", exclude_characters="\r\n"), max_size=3), max_size=8
)
written = words.map("".join)
lines = st.sampled_from(
    [
        "c=IN IP4 10.0.0.7", "c=", "c=IN IP6 ::1",
        "m=audio 4000 RTP/AVP 8", "m=audio 99999 RTP/AVP 8", "m=audio 4000 RTP/SAVP 8",
        "m=audio 4000 RTP/AVP 300 x 8", "m=audio 4000/2 RTP/AVP 8", "a=rtpmap:300 PCMA/8000",
        "a=rtpmap:x PCMA/8000", "a=rtpmap:8", "a=inactive", "m=", "m=audio", "",
    ]
)  # fmt: skip
bodies = st.lists(lines | written, max_size=6).map("\r\n".join)
names = st.sampled_from(
    ["Contact", "Record-Route", "WWW-Authenticate", "Reason", "Require", "To", "Content-Length"]
)
headers = st.lists(st.tuples(names, written).map(": ".join), max_size=4)
statuses = st.sampled_from(
    ["100 Trying", "200 OK", "200", "302 Moved", "401 No", "407 No", "699 ?"]
)
methods = st.sampled_from(["BYE", "INVITE", "UPDATE", "OPTIONS", "CANCEL", "ACK", "é"])


@given(statuses, headers, bodies, methods, headers, bodies)
def test_rubbish_breaks_no_call(
    status: str, told: list[str], said: str, method: str, asked: list[str], body: str
) -> None:
    world = World()
    world.hear(world.invite, status, *told, body=said)
    world.ask(method, *asked, body=body)
    world.pass_to(10)
    world.call.hang_up(world.now)
    world.pass_to(20)

    media = world.call.media
    if media is not None:
        assert 0 < media.port < 1 << 16
        assert Stream(media.codec, 1, 1, 1).packet(b"")
    assert all(0 < address[1] < 1 << 16 for address in (*world.goes, SERVER, PHONE))
    assert world.call.state is not State.CALLING
