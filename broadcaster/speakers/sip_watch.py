"""Asks a SIP server from the daemon's own loop whether it is there, and whether it knows us."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any, cast

from broadcaster.errors import DeviceError
from broadcaster.messages import Message as Text
from broadcaster.secret import password
from broadcaster.speakers.sip_dialog import Account, Address, Dialog
from broadcaster.speakers.sip_faults import Faults
from broadcaster.speakers.sip_line import local
from broadcaster.speakers.sip_message import parse
from broadcaster.speakers.sip_probe import Probe

PATIENCE = 5.0
"""Seconds for an answer."""
STEP = 0.25
"""Seconds after which what was lost on the way may be sent again."""


class _Ear(asyncio.DatagramProtocol):
    """Gives a probe what comes in, and wakes who waits for it."""

    def __init__(self) -> None:
        self.probe: Probe | None = None
        self.heard = asyncio.Event()

    def datagram_received(self, data: bytes, addr: Address) -> None:
        try:
            message = parse(data)
        except ValueError:
            return
        if self.probe is not None:
            self.probe.receive(message, addr, asyncio.get_running_loop().time())
            self.heard.set()


async def watch(spec: Mapping[str, Any]) -> None:
    """Raise DeviceError where the server doesn't answer, or doesn't accept us."""
    secret = password(Path(spec["password_file"])) if spec["password_file"] else ""
    if isinstance(secret, Text):
        raise DeviceError("sip", secret)
    account = Account(spec["to"], spec["user"], secret)
    # The server's name may take a while to be found.
    here = await asyncio.to_thread(local, spec["interface"], account.server)
    loop = asyncio.get_running_loop()
    transport, ear = await loop.create_datagram_endpoint(_Ear, local_addr=(here, 0))
    try:
        fault = await _asked(spec, account, transport, ear)
    finally:
        transport.close()
    if fault is not None:
        raise DeviceError("sip", fault)


async def _asked(
    spec: Mapping[str, Any], account: Account, transport: asyncio.DatagramTransport, ear: _Ear
) -> Text | None:
    """Ask, and give what is wrong."""
    loop = asyncio.get_running_loop()
    address = cast(Address, transport.get_extra_info("sockname"))
    dialog = Dialog(account, address, partial(secrets.token_hex, 8))
    server = "{}:{}".format(*account.server)
    ear.probe = probe = Probe(dialog, Faults(spec["to"].removeprefix("sip:"), server, ""))
    probe.begin(loop.time())
    until = loop.time() + PATIENCE
    while not probe.over and loop.time() < until:
        probe.tick(loop.time())
        for message, to in probe.outbox:
            transport.sendto(bytes(message), to)
        probe.outbox.clear()
        await _news(ear)
    return probe.fault


async def _news(ear: _Ear) -> None:
    ear.heard.clear()
    try:
        async with asyncio.timeout(STEP):
            await ear.heard.wait()
    except TimeoutError:
        return
