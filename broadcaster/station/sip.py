"""Reads which extension is called: to, user, password_file, codec, interface."""

from __future__ import annotations

import re

from broadcaster.domain.outputs import Sip
from broadcaster.messages import msg
from broadcaster.station.kinds import card_address, one_of, text
from broadcaster.station.password import password_file, user
from broadcaster.station.quote import quoted
from broadcaster.station.table import Cell, Table

CODECS = ("g722", "pcma", "pcmu", "opus")
EXAMPLE = "sip:900@10.0.0.5"

_TO = re.compile(
    r"sip:(?:[\w.!~*'()&=+$,;?/-]|%[0-9A-Fa-f]{2})+@[A-Za-z0-9.-]+(?::(?P<port>[0-9]{1,5}))?",
    re.ASCII,
)
"""A SIP URI without password and parameters (RFC 3261, section 19.1.1), its host IPv4 or a name."""


def sip(of: Table) -> Sip | None:
    """Read it; None after a problem with whom to call or who we are."""
    to = of.required("to", _to)
    who = of.optional("user", user, "")
    secret = password_file(of)
    if secret and not of.has("user"):
        of.key("user").wrong(msg("is missing"))
    found = Sip(
        to=to or "",
        user=who,
        password_file=secret or "",
        codec=of.optional("codec", one_of(CODECS), ""),
        interface=of.optional("interface", card_address, ""),
    )
    return found if to else None


def _to(cell: Cell) -> str | None:
    """Read whom to call."""
    written = text(cell)
    if written is None:
        return None
    right = _TO.fullmatch(written)
    if right and 0 < int(right["port"] or 1) < 1 << 16:
        return written
    if written.startswith("sips:"):
        cell.wrong(msg("must begin with sip:, as this version can't call over TLS"))
    elif ";" in written.rpartition("@")[2]:
        cell.wrong(msg("must end with the server, as this version calls over UDP alone"))
    elif _TO.fullmatch(f"sip:{written}"):
        cell.wrong(_wrong, msg("write: {text}", text=quoted(f"sip:{written}")))
    else:
        cell.wrong(_wrong, msg('for example "{example}"', example=EXAMPLE))
    return None


_wrong = msg("must be an extension at a server, not {found}")
