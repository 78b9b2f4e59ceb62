"""Sends texts to addresses of Apprise, through a process that alone loads it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib.util import find_spec

from broadcaster import worker
from broadcaster.errors import DeviceError
from broadcaster.messages import Message, msg

CHILD = "broadcaster.health.post_child"
NOTIFY = "notify"
"""What its faults name."""
DEADLINE = 60.0
INSTALL = 'pip install "broadcaster[notify]"'

_WHY: Mapping[str, Message] = {
    "unknown": msg("is no address that Apprise knows"),
    "refused": msg("did not take the message"),
}


async def post(heading: str, texts: Mapping[str, str]) -> dict[str, Message]:
    """Send each address its text; give those that did not take it, and why. Raises DeviceError."""
    if find_spec("apprise") is None:
        raise DeviceError(NOTIFY, msg("is not installed: {command}", command=INSTALL))
    asked = [{"url": url, "text": text} for url, text in texts.items()]
    request = {"title": heading, "to": asked}
    answer = await worker.run(CHILD, request, deadline=DEADLINE, device=NOTIFY)
    outcomes: Sequence[str] = answer["outcomes"]
    return {url: _WHY[said] for url, said in zip(texts, outcomes, strict=True) if said in _WHY}


def shown(url: str) -> str:
    """Name an address without what is secret in it: where it goes by alone."""
    return f"{url.partition('://')[0][:20]}://"
