"""What the body of a request orders."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from broadcaster.control.answers import ApiError
from broadcaster.domain.order import Order
from broadcaster.errors import Problem, UserError
from broadcaster.messages import Message, msg

NO_OBJECT = msg("the body is no JSON object")
KEYS = ("text", "script", "zones", "voice", "dry_run")


def order_of(body: bytes) -> Order:
    """Read an order; raises ApiError, or UserError with all that is wrong with it."""
    asked = _object(body)
    problems = [*_unknown(asked, KEYS), *_wrong(asked)]
    if problems:
        raise UserError(problems)
    return Order(**asked | {"zones": tuple(dict.fromkeys(asked["zones"]))})


def nothing(body: bytes) -> None:
    """Read the body of what needs none: empty, or an empty object."""
    problems = [*_unknown(_object(body), ())] if body else []
    if problems:
        raise UserError(problems)


def _object(body: bytes) -> dict[str, Any]:
    try:
        asked = json.loads(body)
    except (ValueError, RecursionError):
        raise ApiError(400, "bad-json", NO_OBJECT) from None
    if not isinstance(asked, dict):
        raise ApiError(400, "bad-json", NO_OBJECT)
    return asked


def _unknown(asked: Mapping[str, Any], known: tuple[str, ...]) -> Iterator[Problem]:
    return (_problem(key, msg("unknown key")) for key in asked if key not in known)


def _wrong(asked: Mapping[str, Any]) -> Iterator[Problem]:
    for key in ("text", "script", "voice"):
        if asked.get(key) is not None and not _is_text(asked[key]):
            yield _problem(key, msg("must be a text"))
    if (asked.get("text") is None) == (asked.get("script") is None):
        yield _problem("text", msg("give either a text or a script"))
    zones = asked.get("zones")
    if not isinstance(zones, list) or not zones or not all(map(_is_text, zones)):
        yield _problem("zones", msg("must be a list of zones, one at least"))
    if not isinstance(asked.get("dry_run", False), bool):
        yield _problem("dry_run", msg("must be true or false"))


def _is_text(value: Any) -> bool:
    """Tell a text with something in it; JSON can also hold half a character."""
    try:
        return isinstance(value, str) and bool(value.encode().strip())
    except UnicodeEncodeError:
        return False


def _problem(key: str, message: Message) -> Problem:
    # A key may be anything: only what can be printed is given back.
    return Problem("", None, key.encode(errors="replace").decode(), message)
