"""Reads who is told of faults: the file that holds their addresses, which are secrets."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

from broadcaster.messages import Message, msg
from broadcaster.secret import addresses
from broadcaster.station.kinds import text
from broadcaster.station.table import Table, table

INSTALL = 'pip install "broadcaster[notify]"'


def notify(top: Table, folder: Path) -> str | None:
    """Read it, and warn where nobody could be told."""
    of = top.optional("notify", table, None)
    if of is None:
        return None
    file = of.required("urls_file", text)
    of.close()
    if file is None:
        return None
    found = addresses(folder / file)
    if isinstance(found, Message):
        of.key("urls_file").warn(found)
    elif find_spec("apprise") is None:
        of.key("urls_file").warn(
            msg("nobody can be told: Apprise is not installed"),
            msg("install it: {command}", command=INSTALL),
        )
    return file
