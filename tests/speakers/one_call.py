"""A call without a network: messages and time go in, and all that it sends comes out."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from functools import partial

from broadcaster.speakers.rtp import CODECS
from broadcaster.speakers.sip_call import Call
from broadcaster.speakers.sip_dialog import Account, Dialog
from broadcaster.speakers.sip_faults import Faults
from broadcaster.speakers.sip_message import Message, parse, tag_of
from broadcaster.speakers.sip_sdp import offer

SERVER = "10.0.0.5", 5060
PHONE = "10.0.0.7", 5070
SDP = "v=0\r\nc=IN IP4 10.0.0.7\r\nm=audio 4000 RTP/AVP 8\r\n"


@dataclass
class World:
    """A call, and all that it sent so far with the addresses."""

    call: Call = field(init=False)
    now: float = 100.0

    def __post_init__(self) -> None:
        words = map("w{}".format, itertools.count())
        account = Account("sip:900@10.0.0.5", "dai", "secret")
        dialog = Dialog(account, ("10.0.0.9", 40_000), lambda: next(words))
        self.call = Call(
            dialog, partial(offer, "10.0.0.9", 40_002, 1), [CODECS["pcma"]],
            Faults("900@10.0.0.5", "10.0.0.5:5060", "PCMA/8000"),
        )  # fmt: skip
        self.call.begin(self.now)
        (self.invite,) = self.sent()

    def sent(self) -> list[Message]:
        """Give what it has just sent."""
        self.goes = [address for _, address in self.call.outbox]
        messages = [parse(bytes(message)) for message, _ in self.call.outbox]
        self.call.outbox.clear()
        return messages

    def pass_to(self, seconds: float) -> list[Message]:
        """Let time pass to so many seconds after the call was begun."""
        self.now = 100.0 + seconds
        self.call.tick(self.now)
        return self.sent()

    def times(self, until: float) -> list[float]:
        """Give the seconds at which anything is sent."""
        steps = (each / 10 for each in range(int(until * 10) + 1))
        return [step for step in steps if self.pass_to(step)]

    def hear(self, of: Message, status: str, *headers: str, body: str = "") -> list[Message]:
        """Take a response to a request; give what it sends then."""
        kept = [f"{key}: {value}" for key, value in of.headers if key in {"Via", "From", "Call-ID"}]
        to = of.value("To")
        to = to if tag_of(to) else f"{to};tag=phone"
        cseq = of.value("CSeq")
        lines = [f"SIP/2.0 {status}", *kept, f"To: {to}", f"CSeq: {cseq}", *headers, "", body]
        self.call.receive(parse("\r\n".join(lines).encode()), SERVER, self.now)
        return self.sent()

    def answer(self, *headers: str, body: str = SDP) -> list[Message]:
        """Let the telephone answer."""
        contact = f"Contact: <sip:900@{PHONE[0]}:{PHONE[1]}>"
        return self.hear(self.invite, "200 OK", contact, *headers, body=body)

    def asked(self, method: str, *headers: str, body: str = "", number: int = 1) -> Message:
        """Take a request of the telephone in the call; give its answer."""
        return self.ask(method, *headers, body=body, number=number)[0]

    def ask(self, method: str, *headers: str, body: str = "", number: int = 1) -> list[Message]:
        """Take a request of the telephone in the call; give what it sends then."""
        lines = [
            f"{method} sip:dai@10.0.0.9:40000 SIP/2.0",
            f"Via: SIP/2.0/UDP 10.0.0.7:5070;branch=z9hG4bK{number}",
            "From: <sip:900@10.0.0.5>;tag=phone", f"To: {self.invite.value('From')}",
            f"Call-ID: {self.invite.value('Call-ID')}", f"CSeq: {number} {method}",
            *headers, "", body,
        ]  # fmt: skip
        self.call.receive(parse("\r\n".join(lines).encode()), PHONE, self.now)
        return self.sent()
