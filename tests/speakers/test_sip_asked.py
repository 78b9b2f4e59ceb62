"""What a far end asks in a call, and what comes of it."""

from __future__ import annotations

import pytest

from broadcaster.speakers.sip_call import State
from broadcaster.speakers.sip_message import Message
from tests.speakers.one_call import PHONE, SDP, World


@pytest.fixture
def world() -> World:
    return World()


def test_a_far_end_that_hangs_up_is_answered_and_told(world: World) -> None:
    world.answer()
    said = world.asked("BYE", 'Reason: Q.850;cause=16;text="Normal call clearing"')

    assert (said.code, said.value("To")) == (200, world.invite.value("From"))
    assert world.goes == [PHONE]
    assert world.call.state is State.OVER
    assert str(world.call.fault) == "900@10.0.0.5 hung up: Normal call clearing"
    # Its answer was lost, and it says so again.
    assert world.asked("BYE") == said


def test_a_far_end_that_hangs_up_while_we_do_is_no_fault(world: World) -> None:
    world.answer()
    world.call.hang_up(world.now)
    world.sent()

    assert world.asked("BYE").code == 200
    assert world.call.state is State.OVER
    assert world.call.fault is None


def test_a_far_end_that_refreshes_or_moves_is_followed(world: World) -> None:
    world.answer()
    assert world.asked("UPDATE", "Session-Expires: 90").code == 200
    assert b"m=audio 40002 RTP/AVP 8\r\n" in world.asked("INVITE", number=2).body

    moved = SDP.replace("10.0.0.7", "10.0.0.8")
    assert world.asked("INVITE", body=moved, number=3).code == 200
    assert world.call.media
    assert world.call.media.host == "10.0.0.8"
    assert world.call.state is State.ANSWERED


@pytest.mark.parametrize(
    ("body", "says"),
    [(f"{SDP}a=sendonly\r\n", "put the call on hold"), (SDP.replace(" 8", " 0"), "codecs")],
)
def test_a_far_end_that_no_longer_listens_ends_the_call(world: World, body: str, says: str) -> None:
    world.answer()

    assert world.asked("INVITE", body=body).code == 488
    assert world.call.state is State.LEAVING
    assert says in str(world.call.fault)


@pytest.mark.parametrize(
    ("method", "headers", "code"),
    [
        ("OPTIONS", (), 200),
        ("INFO", (), 405),
        ("REFER", (), 405),
        ("UPDATE", ("Require: timer",), 420),
        ("CANCEL", (), 481),
    ],
)
def test_what_else_a_far_end_may_ask(
    world: World, method: str, headers: tuple[str, ...], code: int
) -> None:
    world.answer()
    said = world.asked(method, *headers)

    assert said.code == code
    assert said.value("Unsupported") == ("timer" if code == 420 else "")
    assert world.call.state is State.ANSWERED


def test_a_stranger_ends_nothing(world: World) -> None:
    world.answer()
    stranger = Message(
        ("BYE", "sip:dai@10.0.0.9", "SIP/2.0"),
        (("Via", "SIP/2.0/UDP x;branch=z9hG4bKx"), ("To", "<sip:dai@10.0.0.9>;tag=other"),
         ("Call-ID", world.invite.value("Call-ID")), ("CSeq", "1 BYE")),
    )  # fmt: skip
    world.call.receive(stranger, PHONE, world.now)

    assert [message.code for message in world.sent()] == [481]
    assert world.call.state is State.ANSWERED


def test_it_is_asked_now_and_then_whether_it_is_still_there(world: World) -> None:
    world.answer()
    (ping,) = world.pass_to(10)
    assert ping.method == "OPTIONS"
    world.hear(ping, "405 Method Not Allowed")
    assert world.call.state is State.ANSWERED

    (ping,) = world.pass_to(20)
    assert world.times(27.9)[-1] == 27.5
    assert world.call.state is State.ANSWERED
    world.pass_to(28)
    assert world.call.state is State.OVER
    assert str(world.call.fault) == "900@10.0.0.5 no longer answers"
