"""Reads addresses of other stations' streams."""

from __future__ import annotations

import re
from urllib.parse import SplitResult, urlsplit

from broadcaster.messages import Message, msg
from broadcaster.station.table import Cell

SCHEMES = ("http", "https")
"""What streams come by; anything else could be a file of this machine, or a device."""
_HOST = re.compile(r"[^\s/\\?#@]+")


def stream(cell: Cell) -> str | None:
    """Read the address of a stream: http or https, Icecast or HLS."""
    if not isinstance(cell.value, str):
        cell.wrong(msg("must be a text in quotes, not {found}"))
        return None
    wrong = _wrong(cell.value)
    if wrong is not None:
        cell.wrong(wrong, msg("for example {example}", example='"https://host/stream"'))
        return None
    return cell.value


def _wrong(url: str) -> Message | None:
    parts = _parts(url)
    if parts is None or not url.isprintable() or " " in url:
        return msg("must be the address of a stream, not {found}")
    if parts.scheme.lower() not in SCHEMES:
        return msg("must begin with http:// or https://, not {found}")
    if not parts.hostname or not _HOST.fullmatch(parts.hostname):
        return msg("names no server: {found}")
    if parts.username is not None:
        return msg("must hold no password: it would stand in the ledger")
    return None


def _parts(url: str) -> SplitResult | None:
    try:
        parts = urlsplit(url)
        # A port that is none is only found out when it is asked for.
        _ = parts.port
    except ValueError:
        return None
    return parts
