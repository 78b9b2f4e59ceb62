"""The socket of a SIP call: what comes in goes to the call, what it leaves to be sent goes out."""

from __future__ import annotations

import contextlib
import select
import socket
from typing import Protocol

from broadcaster.clock import SystemTime
from broadcaster.errors import DeviceError
from broadcaster.messages import msg
from broadcaster.speakers.sip_dialog import Address
from broadcaster.speakers.sip_message import Message, parse

LARGEST = 65_535
STEP = 0.02
"""Seconds after which time passes for a call at the latest."""


class Party(Protocol):
    """What speaks SIP: a call or a probe."""

    outbox: list[tuple[Message, Address]]

    def receive(self, message: Message, source: Address, now: float) -> None:
        """Take what came in."""

    def tick(self, now: float) -> None:
        """Let time pass."""


class Line:
    """A UDP socket for SIP; raises OSError where there is no way to the server."""

    def __init__(self, here: str) -> None:
        self._time = SystemTime()
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.bind((here, 0))
        self.address: Address = self._socket.getsockname()

    def attend(self, party: Party, until: float) -> None:
        """Let a party speak and hear until an instant of the steady clock."""
        while True:
            now = self._time.monotonic()
            party.tick(now)
            self._flush(party)
            if now >= until:
                return
            if select.select([self._socket], [], [], min(until - now, STEP))[0]:
                self._take(party)

    def _take(self, party: Party) -> None:
        data, source = self._socket.recvfrom(LARGEST)
        try:
            message = parse(data)
        except ValueError:
            # Keep-alives and scans: nothing that a call could answer.
            return
        party.receive(message, source, self._time.monotonic())
        self._flush(party)

    def _flush(self, party: Party) -> None:
        for message, address in party.outbox:
            # What can't be sent is lost, as anything may be that goes by UDP: it is sent again.
            with contextlib.suppress(OSError, UnicodeError):
                self._socket.sendto(bytes(message), address)
        party.outbox.clear()


def local(interface: str, server: Address) -> str:
    """Give our own address towards a server; raises DeviceError where nobody knows the server."""
    try:
        address = socket.gethostbyname(server[0])
    except OSError:
        raise DeviceError("sip", msg("no computer is called {host}", host=server[0])) from None
    if interface:
        return interface
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as way:
        # Sends nothing: the system only looks which card leads there.
        way.connect((address, server[1]))
        here: str = way.getsockname()[0]
        return here
