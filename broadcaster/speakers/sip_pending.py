"""A request that waits for its answer: UDP loses some, so it is sent again (RFC 3261, 17.1)."""

from __future__ import annotations

from dataclasses import dataclass, field

from broadcaster.speakers.sip_message import Message

T1, T2 = 0.5, 4.0
"""Seconds: what a round trip may take, and the longest between two sendings (section 17.1.1.1)."""


@dataclass(slots=True)
class Pending:
    """One client transaction over UDP; times are seconds of a steady clock."""

    request: Message
    since: float
    provisional: bool = False
    _wait: float = field(init=False, default=T1)
    _next: float = field(init=False)

    def __post_init__(self) -> None:
        self._next = self.since + T1

    @property
    def key(self) -> tuple[str, str]:
        """Give what its responses are known by (section 17.1.3)."""
        return key(self.request)

    def proceeds(self) -> None:
        """Note a provisional answer: an INVITE is not sent again then, others seldom."""
        self.provisional = True
        self._wait = T2
        if self.request.method == "INVITE":
            self.give_up()

    def give_up(self) -> None:
        """Send it no more; an answer may still come."""
        self._next = float("inf")

    def again(self, now: float) -> bool:
        """Say whether it is to be sent again now: timers A and E."""
        if now < self._next:
            return False
        self._wait = 2 * self._wait if self.request.method == "INVITE" else min(2 * self._wait, T2)
        self._next = now + self._wait
        return True


def key(message: Message) -> tuple[str, str]:
    """Give branch and method of a request or of a response to it."""
    parameters = (each.strip() for each in message.value("Via").split(";"))
    branch = next((each[7:] for each in parameters if each.lower().startswith("branch=")), "")
    return branch, message.method
