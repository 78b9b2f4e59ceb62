"""Instants and durations as people write them."""

from __future__ import annotations

from datetime import datetime, timedelta, tzinfo


def clock(at: datetime, tz: tzinfo | None) -> str:
    """Give `HH:MM` in a zone, with seconds where it has some."""
    local = at.astimezone(tz)
    return f"{local:%H:%M:%S}" if local.second else f"{local:%H:%M}"


def span(length: timedelta) -> str:
    """Give a duration as playlists write it: `90s`, `10m`, `1h`."""
    seconds = round(length.total_seconds())
    for unit, size in (("h", 3600), ("m", 60)):
        if seconds and seconds % size == 0:
            return f"{seconds // size}{unit}"
    return f"{seconds}s"
