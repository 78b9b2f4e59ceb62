"""One call to an extension that answers by itself, as a state machine: messages and time go in.

Sessions don't expire: we never ask for it, and so don't say `Supported: timer` (RFC 4028); a far
end that refreshes the session all the same is answered.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import Enum, auto

from broadcaster.messages import Message as Text
from broadcaster.speakers.rtp import Codec
from broadcaster.speakers.sip_dialog import ALLOWED, SIGNED, Address, Dialog
from broadcaster.speakers.sip_faults import Faults
from broadcaster.speakers.sip_message import Headers, Message, answer, tag_of
from broadcaster.speakers.sip_pending import Pending, key
from broadcaster.speakers.sip_sdp import Media, media

Describe = Callable[[Sequence[Codec]], bytes]
"""Says in SDP where our sound comes from, in one of these codecs."""

SDP = ("Content-Type", "application/sdp")
BY_ITSELF = (
    ("Call-Info", "<sip:broadcaster>;answer-after=0"),
    ("Alert-Info", "<sip:broadcaster>;info=alert-autoanswer;delay=0"),
    ("Answer-Mode", "Auto"),
)
"""What makes phones answer without being touched; each knows one of them.

Call-Info is for Grandstream, Snom and AudioCodes, Alert-Info for Yealink, Aastra and Gigaset, says
each in its administrator's guide; Answer-Mode is RFC 5373's.
"""
PING = 10.0
"""Seconds between two looks whether the far end is still there."""
DEAF = 8.0
"""Seconds without an answer to that, after which it is gone: five sendings."""


class State(Enum):
    """How far a call is."""

    CALLING = auto()
    ANSWERED = auto()
    LEAVING = auto()
    OVER = auto()


class Call:
    """An outgoing call, from its INVITE to the answer to its BYE.

    What is to be sent is left in `outbox`, with its address.
    """

    def __init__(
        self, dialog: Dialog, describe: Describe, codecs: Sequence[Codec], faults: Faults
    ) -> None:
        self.state = State.CALLING
        self.fault: Text | None = None
        self.media: Media | None = None
        self.outbox: list[tuple[Message, Address]] = []
        self._dialog = dialog
        self._describe = describe
        self._codecs = codecs
        self._faults = faults
        self._pending: dict[tuple[str, str], Pending] = {}
        self._acks: dict[tuple[str, str], Message] = {}
        self._replies: dict[tuple[str, str], Message] = {}
        self._pinged = float("inf")

    def begin(self, now: float) -> None:
        """Call."""
        self._invite = self._ask("INVITE", now, (*BY_ITSELF, SDP), self._describe(self._codecs))

    def receive(self, message: Message, source: Address, now: float) -> None:
        """Take what came in."""
        if message.code:
            self._response(message, now)
        elif message.method != "ACK":
            self._request(message, source, now)

    def tick(self, now: float) -> None:
        """Let time pass: send again what was not answered, and ask whether the far end is there."""
        for waiting in list(self._pending.values()):
            if waiting.again(now):
                self._send(waiting.request)
            deaf = waiting.request.method == "OPTIONS" and now >= waiting.since + DEAF
            if deaf and self.state is State.ANSWERED:
                self._end(self._faults.gone())
        if self.state is State.ANSWERED and now >= self._pinged + PING:
            self._pinged = now
            self._ask("OPTIONS", now)

    def hang_up(self, now: float) -> None:
        """End it, however far it is; it is over once that is answered."""
        if self.state is State.ANSWERED:
            self._leave(now)
        elif self.state is State.CALLING:
            self.state = State.LEAVING
            self._invite.give_up()
            self._cancel(now)

    def unanswered(self) -> Text:
        """Say what is wrong with a call that was not answered for too long."""
        rang = any(waiting.provisional for waiting in self._pending.values())
        return self._faults.rang() if rang else self._faults.silent()

    def _leave(self, now: float) -> None:
        self.state = State.LEAVING
        self._ask("BYE", now)

    def _cancel(self, now: float) -> None:
        # Before a provisional answer nobody may have the INVITE yet (section 9.1).
        if self._invite.provisional:
            self._await(self._dialog.cancel(self._invite.request), now)

    def _response(self, response: Message, now: float) -> None:
        known, final = key(response), response.code >= 200  # noqa: PLR2004 - 1xx is provisional
        if final and known in self._acks:
            # Ours was lost: it answers again until it has one.
            self._send(self._acks[known])
        waiting = self._pending.get(known)
        if waiting is None:
            return
        if final:
            del self._pending[known]
            self._final(waiting, response, now)
        else:
            waiting.proceeds()
            if waiting is self._invite and self.state is State.LEAVING:
                self._cancel(now)

    def _final(self, waiting: Pending, response: Message, now: float) -> None:
        if response.method == "INVITE":
            self._acknowledge(waiting, response)
            if response.code < 300:  # noqa: PLR2004 - a success begins with 2
                self._accepted(response, now)
            else:
                self._refused(response, now)
        elif response.code in SIGNED and self._dialog.proves(response):
            self._ask(response.method, now)
        elif response.method == "BYE":
            self.state = State.OVER

    def _acknowledge(self, waiting: Pending, response: Message) -> None:
        if response.code < 300:  # noqa: PLR2004 - a success begins with 2
            self._dialog.establish(response)
        self._acks[waiting.key] = ack = self._dialog.acknowledge(waiting.request, response)
        self._send(ack)

    def _accepted(self, response: Message, now: float) -> None:
        if self.state is not State.LEAVING:
            self.media = media(response.body, self._codecs)
            self.fault = self._unheard(self.media)
        if self.state is State.LEAVING or self.fault:
            self._leave(now)
        else:
            self.state = State.ANSWERED
            self._pinged = now

    def _unheard(self, found: Media | None) -> Text | None:
        if found is None:
            return self._faults.codec()
        return None if found.listens else self._faults.held()

    def _refused(self, response: Message, now: float) -> None:
        if self.state is State.LEAVING:
            self.state = State.OVER
        elif response.code not in SIGNED:
            self._end(self._faults.refused(response))
        elif self._dialog.proves(response):
            self.begin(now)
        else:
            self._end(self._faults.password(given=bool(self._dialog.account.password)))

    def _request(self, request: Message, source: Address, now: float) -> None:
        known = key(request)
        # Asked again, its answer was lost: it gets the same.
        reply = self._replies.get(known) or self._reply(request)
        self._replies[known] = reply
        self.outbox.append((reply, source))
        if self.fault and self.state is State.ANSWERED:
            self._leave(now)

    def _reply(self, request: Message) -> Message:
        """Answer what the far end asks, or a stranger."""
        known = self._dialog.ours(request)
        if request.method == "OPTIONS" and (known or not tag_of(request.value("To"))):
            return self._say(request, 200, "OK", ALLOWED)
        if not known or request.method == "CANCEL":
            return self._say(request, 481, "Call/Transaction Does Not Exist")
        if required := request.value("Require"):
            return self._say(request, 420, "Bad Extension", ("Unsupported", required))
        match request.method:
            case "BYE":
                self._end(None if self.state is State.LEAVING else self._faults.hung_up(request))
                return self._say(request, 200, "OK")
            case "INVITE" | "UPDATE":
                return self._changed(request)
        return self._say(request, 405, "Method Not Allowed", ALLOWED)

    def _changed(self, request: Message) -> Message:
        """Agree to the same sound, at another address if need be (RFC 3264, section 8)."""
        if self.media is None or self.state is not State.ANSWERED:
            return self._say(request, 491, "Request Pending")
        name = self.media.codec.name
        codecs = [each for each in self._codecs if each.name == name]
        if not request.body:
            body = self._describe(codecs) if request.method == "INVITE" else b""
        else:
            found = media(request.body, codecs)
            if found is None or not found.listens:
                self.fault = self._unheard(found)
                return self._say(request, 488, "Not Acceptable Here")
            self.media = found
            body = self._describe([found.codec])
        return self._say(
            request, 200, "OK", self._dialog.contact, *((SDP,) if body else ()), body=body
        )

    def _say(
        self, request: Message, code: int, reason: str, *more: tuple[str, str], body: bytes = b""
    ) -> Message:
        return answer(request, code, reason, self._dialog.tag, more, body)

    def _end(self, fault: Text | None) -> None:
        self.state, self.fault = State.OVER, fault

    def _ask(self, method: str, now: float, more: Headers = (), body: bytes = b"") -> Pending:
        return self._await(self._dialog.request(method, more, body), now)

    def _await(self, request: Message, now: float) -> Pending:
        waiting = Pending(request, now)
        self._pending[waiting.key] = waiting
        self._send(request)
        return waiting

    def _send(self, message: Message) -> None:
        self.outbox.append((message, self._dialog.next_hop))
