"""Who may ask: programs of this machine that can read the station's state, no page in a browser."""

from __future__ import annotations

from hmac import compare_digest

import h11

from broadcaster.control.answers import ApiError
from broadcaster.control.conversation import header
from broadcaster.control.door import Door
from broadcaster.messages import msg

JSON = b"application/json"


def admit(head: h11.Request, door: Door) -> None:
    """Raise ApiError unless who asks may."""
    if door.token is not None:
        _show_token(head, door.token.encode())
        if header(head, b"host") not in door.hosts:
            raise _foreign()
    # No page is served here, so none has a right to ask.
    if header(head, b"origin"):
        raise _foreign()
    if head.method == b"POST" and not _is_json(header(head, b"content-type")):
        # A page of another site can't send this kind without being asked first whether it may.
        raise ApiError(415, "not-json", msg("the content type must be {type}", type=JSON.decode()))


def _show_token(head: h11.Request, token: bytes) -> None:
    scheme, _, shown = header(head, b"authorization").partition(b" ")
    # In the same time however much of it is right.
    if not compare_digest(shown.strip(), token) or scheme.lower() != b"bearer":
        raise ApiError(401, "no-token", msg("the token in var/control.json is needed"))


def _is_json(kind: bytes) -> bool:
    return kind.partition(b";")[0].strip().lower() == JSON


def _foreign() -> ApiError:
    return ApiError(403, "foreign", msg("pages and other hosts may not ask"))
