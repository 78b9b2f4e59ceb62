"""Reads where IP loudspeakers listen: address, codec, ttl, dscp, interface."""

from __future__ import annotations

import ipaddress

from broadcaster.domain.outputs import Multicast
from broadcaster.messages import msg
from broadcaster.station.kinds import card_address, one_of, text, whole
from broadcaster.station.table import Cell, Table

CODECS = ("l16", "pcma", "pcmu", "opus")
EXAMPLE = "239.255.10.1:5004"
"""Of the block that RFC 2365 keeps for one organisation."""

_count = msg("must be a whole number, not {found}")


def multicast(of: Table) -> Multicast | None:
    """Read it; None after a problem with the address."""
    to = of.required("address", _address)
    found = Multicast(
        group=to[0] if to else "",
        port=to[1] if to else 0,
        codec=of.optional("codec", one_of(CODECS), "l16"),
        ttl=of.optional("ttl", whole(1, 255, _count), 1),
        dscp=of.optional("dscp", whole(0, 63, _count), 46),
        interface=of.optional("interface", card_address, ""),
    )
    return found if to else None


def _address(cell: Cell) -> tuple[str, int] | None:
    """Read a group and a port."""
    written = text(cell)
    if written is None:
        return None
    group, _, port = written.rpartition(":")
    try:
        right = ipaddress.IPv4Address(group).is_multicast
    except ValueError:
        right = False
    if not right:
        cell.wrong(
            msg("must be a multicast address and a port, not {found}"),
            msg('for example "{example}"', example=EXAMPLE),
        )
    elif not port.isdecimal() or not 0 < int(port) < 1 << 16 or int(port) % 2:
        # RTP takes the even ports, its control protocol the odd ones above (RFC 3550, section 11).
        cell.wrong(msg("must have an even port from 2 to 65534, not {found}"))
    else:
        return group, int(port)
    return None
