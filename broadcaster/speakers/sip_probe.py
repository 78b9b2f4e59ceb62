"""Asks a SIP server whether it is there, and whether it knows us: OPTIONS, which rings nowhere."""

from __future__ import annotations

from broadcaster.messages import Message as Text
from broadcaster.speakers.sip_dialog import SIGNED, Address, Dialog
from broadcaster.speakers.sip_faults import Faults
from broadcaster.speakers.sip_message import Message
from broadcaster.speakers.sip_pending import Pending, key

FORBIDDEN = 403


class Probe:
    """One OPTIONS, sent again signed if a password is asked for; as a `Call`, messages go in."""

    def __init__(self, dialog: Dialog, faults: Faults) -> None:
        self.over = False
        self.fault: Text | None = faults.silent()
        self.outbox: list[tuple[Message, Address]] = []
        self._dialog = dialog
        self._faults = faults

    def begin(self, now: float) -> None:
        """Ask."""
        self._waiting = Pending(self._dialog.request("OPTIONS"), now)
        self._send()

    def receive(self, message: Message, _: Address, now: float) -> None:
        """Take what came in: any answer shows that somebody is there."""
        if not message.code or key(message) != self._waiting.key:
            return
        if message.code < 200:  # noqa: PLR2004 - provisional
            self._waiting.proceeds()
        elif message.code in SIGNED and self._dialog.proves(message):
            self.begin(now)
        else:
            self.over, self.fault = True, self._judged(message)

    def tick(self, now: float) -> None:
        """Let time pass."""
        if self._waiting.again(now):
            self._send()

    def _judged(self, message: Message) -> Text | None:
        if message.code in SIGNED:
            return self._faults.password(given=bool(self._dialog.account.password))
        return self._faults.refused(message) if message.code == FORBIDDEN else None

    def _send(self) -> None:
        self.outbox.append((self._waiting.request, self._dialog.next_hop))
