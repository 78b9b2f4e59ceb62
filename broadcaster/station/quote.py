"""Values as a TOML file would write them, short enough for a sentence."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

from broadcaster.station.syntax import STAND_IN

_LONGEST = 60
_LARGEST = 10**18
_MOST_ELEMENTS = 2


def quoted(value: Any) -> str:
    """Give a value as TOML would write it, shortened with … where it is long."""
    if isinstance(value, list):
        inner = ", ".join(quoted(element) for element in value[:_MOST_ELEMENTS])
        return _short(f"[{inner}, …]" if len(value) > _MOST_ELEMENTS else f"[{inner}]")
    if isinstance(value, dict):
        # Depth is not followed: a table's keys say enough.
        return _short(f"{{ {', '.join(f'{key} = …' for key in value)} }}" if value else "{}")
    return _short(_scalar(value))


def _scalar(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    # Python refuses to write out integers of thousands of digits.
    if isinstance(value, int) and abs(value) > _LARGEST:
        return "…"
    if isinstance(value, str) and value.startswith(STAND_IN):
        return "…"
    if isinstance(value, str):
        return json.dumps(value[: _LONGEST + 1], ensure_ascii=False)
    return value.isoformat() if isinstance(value, dt.date | dt.time) else str(value)


def _short(text: str) -> str:
    if len(text) <= _LONGEST:
        return text
    closing = text[-1] if text[-1] in '"]}' else ""
    return f"{text[: _LONGEST - 2]}…{closing}"
