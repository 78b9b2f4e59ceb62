"""A call step by step: what it sends, when, and what it says of what comes back."""

from __future__ import annotations

import pytest

from broadcaster.speakers.sip_call import State
from tests.speakers.one_call import PHONE, SDP, SERVER, World


@pytest.fixture
def world() -> World:
    return World()


def test_an_invite_is_sent_again_twice_as_late_each_time(world: World) -> None:
    """RFC 3261, section 17.1.1.2: timer A."""
    assert world.times(8) == [0.5, 1.5, 3.5, 7.5]
    assert str(world.call.unanswered()) == "10.0.0.5:5060 does not answer"


def test_once_it_rings_the_invite_is_sent_no_more(world: World) -> None:
    world.hear(world.invite, "100 Trying")

    assert world.times(8) == []
    assert "rang" in str(world.call.unanswered())


def test_an_answer_is_acknowledged_where_the_telephone_wants_it(world: World) -> None:
    (ack,) = world.answer("Record-Route: <sip:10.0.0.6;lr>, <sip:10.0.0.5;lr>")

    assert world.call.state is State.ANSWERED
    assert world.call.media
    assert (world.call.media.host, world.call.media.port) == ("10.0.0.7", 4000)
    assert ack.start == ("ACK", "sip:900@10.0.0.7:5070", "SIP/2.0")
    assert ack.values("Route") == ("<sip:10.0.0.5;lr>", "<sip:10.0.0.6;lr>")
    assert world.goes == [SERVER]
    assert ack.value("CSeq") == "1 ACK"
    assert ack.value("To").endswith(";tag=phone")
    assert ack.value("Via") != world.invite.value("Via")
    # Was it lost? The answer comes again, and so does the ACK.
    assert world.answer() == [ack]


def test_the_end_is_said_again_until_it_is_answered(world: World) -> None:
    world.answer()
    world.call.hang_up(world.now)
    (bye,) = world.sent()
    assert world.goes == [PHONE]
    assert bye.method == "BYE"
    assert bye.value("CSeq") == "2 BYE"
    # Timer E: never more than four seconds apart.
    assert world.times(12) == [0.5, 1.5, 3.5, 7.5, 11.5]

    world.hear(bye, "200 OK")
    assert world.call.state is State.OVER
    assert world.call.fault is None


def test_called_off_while_it_rings(world: World) -> None:
    world.hear(world.invite, "180 Ringing")
    world.call.hang_up(world.now)
    (cancel,) = world.sent()
    assert cancel.start == ("CANCEL", "sip:900@10.0.0.5", "SIP/2.0")
    assert cancel.value("Via") == world.invite.value("Via")
    assert cancel.value("CSeq") == "1 CANCEL"

    world.hear(cancel, "200 OK")
    (ack,) = world.hear(world.invite, "487 Request Terminated")
    assert (ack.method, ack.value("Via")) == ("ACK", world.invite.value("Via"))
    assert world.call.state is State.OVER
    assert world.call.fault is None


def test_called_off_before_it_rings_it_waits_for_the_ringing(world: World) -> None:
    """RFC 3261, section 9.1: a CANCEL must not overtake its INVITE."""
    world.call.hang_up(world.now)
    assert world.times(8) == []

    (cancel,) = world.hear(world.invite, "180 Ringing")
    assert cancel.method == "CANCEL"


def test_an_answer_that_crosses_with_the_end_is_ended(world: World) -> None:
    world.call.hang_up(world.now)

    assert [message.method for message in world.answer()] == ["ACK", "BYE"]
    assert world.call.state is State.LEAVING


@pytest.mark.parametrize(
    ("status", "says"),
    [
        ("403 Forbidden", "10.0.0.5:5060 forbids the call to 900@10.0.0.5: check the user, "),
        ("404 Not Found", "10.0.0.5:5060 has no extension 900@10.0.0.5"),
        ("480 Temporarily Unavailable", "900@10.0.0.5 is not connected to 10.0.0.5:5060 now"),
        ("486 Busy Here", "900@10.0.0.5 is busy"),
        ("488 Not Acceptable Here", "900@10.0.0.5 takes none of the codecs offered: PCMA/8000"),
        ("603 Decline", "900@10.0.0.5 declined the call"),
        ("302 Moved", "900@10.0.0.5 refused the call: 302 Moved"),
        ("503", "900@10.0.0.5 refused the call: 503"),
    ],
)
def test_what_a_refusal_means(world: World, status: str, says: str) -> None:
    (ack,) = world.hear(world.invite, status)

    assert ack.method == "ACK"
    assert world.call.state is State.OVER
    assert str(world.call.fault).startswith(says)


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ("v=0\r\nc=IN IP4 10.0.0.7\r\nm=audio 4000 RTP/AVP 18\r\n", "takes none of the codecs"),
        ("", "takes none of the codecs"),
        (f"{SDP}a=inactive\r\n", "has put the call on hold"),
    ],
)
def test_an_answer_that_can_not_be_heard_is_a_fault(world: World, body: str, says: str) -> None:
    assert [message.method for message in world.answer(body=body)] == ["ACK", "BYE"]
    assert says in str(world.call.fault)


def test_a_proxy_and_a_telephone_may_both_want_proof(world: World) -> None:
    challenge = 'Digest realm="a", nonce="n", qop="auth"'
    ack, second = world.hear(world.invite, "407 Proxy", f"Proxy-Authenticate: {challenge}")
    assert (ack.method, second.value("CSeq")) == ("ACK", "2 INVITE")
    assert second.value("Proxy-Authorization").startswith('Digest username="dai"')
    assert second.value("Call-ID") == world.invite.value("Call-ID")

    _, third = world.hear(second, "401 Unauthorized", f"WWW-Authenticate: {challenge}")
    assert "nc=00000002" in third.value("Proxy-Authorization")
    assert "nc=00000001" in third.value("Authorization")


def test_a_stale_proof_is_made_anew_and_a_wrong_one_is_not(world: World) -> None:
    first = 'WWW-Authenticate: Digest realm="a", nonce="n1"'
    stale = 'WWW-Authenticate: Digest realm="a", nonce="n2", stale=true'
    _, second = world.hear(world.invite, "401 Unauthorized", first)
    _, third = world.hear(second, "401 Unauthorized", stale)
    assert 'nonce="n2"' in third.value("Authorization")

    world.hear(third, "401 Unauthorized", first)
    assert str(world.call.fault) == "10.0.0.5:5060 does not accept the user or the password"
