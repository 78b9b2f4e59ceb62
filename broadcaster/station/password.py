"""Reads where a password stands: in a file of its own, as the station's others are shown."""

from __future__ import annotations

from broadcaster.messages import msg
from broadcaster.station.kinds import text
from broadcaster.station.table import Cell, Table


def password_file(of: Table) -> str | None:
    """Read the key `password_file`; None where it isn't given, or after a problem."""
    of.optional("password", _not_here, None)
    return of.optional("password_file", text, None)


def user(cell: Cell) -> str | None:
    """Read who logs in."""
    written = text(cell)
    if written is not None and ":" in written:
        # It parts the user from the password (RFC 7616, section 3.4.2; RFC 7617, section 2).
        cell.wrong(msg("must not hold a colon"))
        return None
    return written


def _not_here(cell: Cell) -> None:
    cell.wrong(
        msg("must not stand here, where it is shown and copied with the station"),
        msg("put it into a file that only you may read, and name that as password_file"),
    )
