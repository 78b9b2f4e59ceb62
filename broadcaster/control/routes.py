"""What can be asked, and of which part of the desk."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

import h11

from broadcaster.control.answers import ApiError
from broadcaster.control.desk import Desk, Told
from broadcaster.control.orders import nothing, order_of
from broadcaster.messages import msg

EVENTS = "/v1/events"

Act = Callable[[Desk, str], Awaitable[Told]]
"""What a desk does for somebody."""


async def _stop(desk: Desk, by: str) -> Told:
    desk.stop(by)
    return {"stopping": True}


READS: Mapping[str, Callable[[Desk], Told]] = {
    "/v1/status": lambda desk: desk.status(),
    "/v1/health": lambda desk: desk.health(),
}
ACTS: Mapping[str, Act] = {
    "/v1/silence": lambda desk, by: desk.silence(by),
    "/v1/pause": lambda desk, by: desk.pause(by),
    "/v1/resume": lambda desk, by: desk.resume(by),
    "/v1/reload": lambda desk, by: desk.reload(by),
    "/v1/clock/confirm": lambda desk, by: desk.confirm_clock(by),
    "/v1/stop": _stop,
}
INTERRUPT = "/v1/interrupt"


def path_of(head: h11.Request) -> str:
    """Give the path that is asked for; raises ApiError where there is none, or not in this way."""
    path = head.target.partition(b"?")[0].decode("latin-1")
    if path in READS or path == EVENTS:
        method = "GET"
    elif path in ACTS or path == INTERRUPT:
        method = "POST"
    else:
        raise ApiError(404, "no-path", msg("there is nothing here; see docs/control.md"))
    if head.method != method.encode():
        raise ApiError(405, "no-method", msg("this is for {method} alone", method=method))
    return path


def act_of(path: str, body: bytes) -> Act:
    """Give what is to be done; raises ApiError or UserError where the body is wrong."""
    if path == INTERRUPT:
        order = order_of(body)
        return lambda desk, by: desk.interrupt(order, by)
    nothing(body)
    return ACTS[path]
