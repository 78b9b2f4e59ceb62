"""The reason that a record holds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from broadcaster.messages import Message, from_json, msg


def reason(data: Mapping[str, Any]) -> Message | None:
    """Give a record's reason, as it translates where it does."""
    try:
        return from_json(data["reason_message"])
    except (KeyError, TypeError, AttributeError):
        text = str(data.get("reason") or "")
        return msg("{reason}", reason=text) if text else None
