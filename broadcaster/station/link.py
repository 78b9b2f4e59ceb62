"""Reads where a device is plugged in."""

from __future__ import annotations

import re

from broadcaster.domain.link import LinkError, LinkUrl
from broadcaster.messages import msg
from broadcaster.station.kinds import text
from broadcaster.station.table import Cell

_NUMBERED = re.compile(r"/dev/tty(USB|ACM)[0-9]+")
"""How Linux names adapters: in the order in which it finds them."""


def link(cell: Cell) -> str | None:
    """Read a link's URL."""
    written = text(cell)
    if written is None:
        return None
    try:
        url = LinkUrl.parse(written)
    except LinkError as error:
        cell.wrong(error.message)
        return None
    if _NUMBERED.fullmatch(url.where):
        cell.warn(
            msg("{port} may be another adapter after a restart", port=url.where),
            msg("name it as in /dev/serial/by-id/, which `broadcaster device scan` lists"),
        )
    return written
