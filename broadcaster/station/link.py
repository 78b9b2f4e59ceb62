"""Reads where a device is plugged in."""

from __future__ import annotations

from broadcaster.domain.link import LinkError, LinkUrl
from broadcaster.station.kinds import text
from broadcaster.station.table import Cell


def link(cell: Cell) -> str | None:
    """Read a link's URL."""
    written = text(cell)
    if written is None:
        return None
    try:
        LinkUrl.parse(written)
    except LinkError as error:
        cell.wrong(error.message)
        return None
    return written
