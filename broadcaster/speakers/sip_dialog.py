"""Who calls whom, and the requests of one call (RFC 3261, sections 8.1.1 and 12); no ports."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import quote

from broadcaster.speakers.sip_digest import Challenge, challenges
from broadcaster.speakers.sip_message import (
    VERSION,
    Headers,
    Message,
    reachable,
    tag_of,
    target,
    uri_of,
)  # fmt: skip

Address = tuple[str, int]

BRANCH = "z9hG4bK"
"""What every branch begins with (section 8.1.1.7)."""
ALLOWED = ("Allow", "INVITE, ACK, CANCEL, BYE, OPTIONS, UPDATE")
SIGNED = {401: ("WWW-Authenticate", "Authorization"),
          407: ("Proxy-Authenticate", "Proxy-Authorization")}  # fmt: skip
"""By its status, the header that asks for a password and the one that answers."""


@dataclass(frozen=True, slots=True)
class Account:
    """Whom we call, and who we are."""

    to: str
    """A URI: sip:900@10.0.0.5."""
    user: str = ""
    password: str = field(default="", repr=False)

    @property
    def server(self) -> Address:
        """Give where that is."""
        return target(self.to)


@dataclass(slots=True)
class _Proof:
    """A server's challenge, and how often it has been answered."""

    challenge: Challenge
    count: int = 0


class Dialog:
    """What all requests of a call have in common.

    `here` is where answers are to come to; `token` gives a word that nobody can guess.
    """

    def __init__(self, account: Account, here: Address, token: Callable[[], str]) -> None:
        self.account = account
        self.call_id = f"{token()}@{here[0]}"
        self.tag = token()
        self._token = token
        self._via = f"SIP/2.0/UDP {here[0]}:{here[1]};rport;branch={BRANCH}"
        user = quote(account.user or "broadcaster")
        self._from = f"<sip:{user}@{here[0]}>;tag={self.tag}"
        self.contact = ("Contact", f"<sip:{user}@{here[0]}:{here[1]}>")
        self._to = f"<{account.to}>"
        self._target = account.to
        self._routes: tuple[str, ...] = ()
        self._sequence = 0
        self._proofs: dict[str, _Proof] = {}

    @property
    def next_hop(self) -> Address:
        """Give where our requests go: the nearest proxy, or the far end itself."""
        return target(uri_of(self._routes[0]) if self._routes else self._target)

    def request(self, method: str, more: Headers = (), body: bytes = b"") -> Message:
        """Make the next request, signed if a server asked for that."""
        self._sequence += 1
        headers = (
            ("Via", self._via + self._token()), *self._common(),
            ("CSeq", f"{self._sequence} {method}"), self.contact, ALLOWED,
            ("User-Agent", "broadcaster"), *self._signed(method), *more,
        )  # fmt: skip
        return Message((method, self._target, VERSION), headers, body)

    def acknowledge(self, invite: Message, response: Message) -> Message:
        """Make the ACK of a final response (sections 13.2.2.4 and 17.1.1.3)."""
        accepted = response.code < 300  # noqa: PLR2004 - a success begins with 2
        via = self._via + self._token() if accepted else invite.value("Via")
        signed = (each for each in invite.headers if each[0].endswith("uthorization"))
        headers = (
            ("Via", via), *self._common(response.value("To")),
            ("CSeq", invite.value("CSeq").replace("INVITE", "ACK")), *signed,
        )  # fmt: skip
        return Message(("ACK", self._target, VERSION), headers)

    def cancel(self, invite: Message) -> Message:
        """Make the CANCEL of an INVITE that rings (section 9.1)."""
        headers = (
            ("Via", invite.value("Via")), *self._common(),
            ("CSeq", invite.value("CSeq").replace("INVITE", "CANCEL")),
        )  # fmt: skip
        return Message(("CANCEL", invite.start[1], VERSION), headers)

    def establish(self, response: Message) -> None:
        """Learn from an accepted INVITE where the far end is (section 12.1.2)."""
        self._to = response.value("To")
        contact = uri_of(response.value("Contact"))
        routes = response.listed("Record-Route")[::-1]
        # What leads nowhere is left out: the call can still be ended by the way it was begun.
        self._target = contact if reachable(contact) else self._target
        self._routes = tuple(each for each in routes if reachable(uri_of(each)))

    def proves(self, response: Message) -> bool:
        """Say whether what asked for a password may be sent again, now signed."""
        asking, answering = SIGNED[response.code]
        usable = (each for each in challenges(response.values(asking)) if each.usable)
        challenge = next(usable, None)
        again = answering in self._proofs and not (challenge and challenge.stale)
        if challenge is None or again or not self.account.password:
            return False
        self._proofs[answering] = _Proof(challenge)
        return True

    def ours(self, message: Message) -> bool:
        """Say whether a request from outside belongs to this call."""
        return message.value("Call-ID") == self.call_id and tag_of(message.value("To")) == self.tag

    def _common(self, to: str = "") -> Headers:
        routes = (("Route", route) for route in self._routes)
        return (
            ("Max-Forwards", "70"), *routes, ("From", self._from), ("To", to or self._to),
            ("Call-ID", self.call_id),
        )  # fmt: skip

    def _signed(self, method: str) -> Headers:
        return tuple((name, self._answer(proof, method)) for name, proof in self._proofs.items())

    def _answer(self, proof: _Proof, method: str) -> str:
        proof.count += 1
        account = self.account
        return proof.challenge.answered(
            account.user, account.password, method, self._target, self._token(), proof.count
        )
