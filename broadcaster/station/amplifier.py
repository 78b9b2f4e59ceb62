"""Reads what keys an amplifier: a control line, or the bytes that a relay board takes."""

from __future__ import annotations

from datetime import timedelta

from broadcaster.domain.amplifier import AmplifierSpec, Line, Relay
from broadcaster.domain.link import LinkUrl
from broadcaster.messages import msg
from broadcaster.station.kinds import one_of, text
from broadcaster.station.link import link
from broadcaster.station.table import Cell, Table, table
from broadcaster.station.times import duration

LINES = ("rts", "dtr")
LONGEST = timedelta(seconds=60)
"""The guard is asked before the warm-up: a long one would make its answer an old one."""
USUAL = AmplifierSpec(link="", by=Line("rts"))


def amplifier(cell: Cell) -> AmplifierSpec | None:
    """Read one; None after a problem."""
    of = table(cell)
    if of is None:
        return None
    to = of.required("link", link)
    by = _by(of)
    warm_up = of.optional("warm_up", _wait, USUAL.warm_up)
    release = of.optional("release", _wait, USUAL.release)
    of.close()
    if to is None or by is None:
        return None
    if isinstance(by, Line) and LinkUrl.parse(to).scheme == "socket":
        of.key("line").wrong(msg("a control line needs a link of serial:// or rfc2217://"))
    return AmplifierSpec(link=to, by=by, warm_up=warm_up, release=release)


def _by(of: Table) -> Line | Relay | None:
    """Read what it is switched by: one way, and all of it."""
    line = of.optional("line", one_of(LINES), None)
    on, off = of.optional("on", _bytes, None), of.optional("off", _bytes, None)
    if of.has("line") and (of.has("on") or of.has("off")):
        of.key("line").wrong(msg("is one way to switch it, on and off are another: leave one out"))
    elif of.has("on") != of.has("off"):
        of.key("off" if of.has("on") else "on").wrong(msg("is missing"))
    elif not of.has("line") and not of.has("on"):
        of.cell.wrong(msg('says nothing to switch it by: line = "rts", or the bytes on and off'))
    elif on and on == off:
        of.key("off").wrong(msg("has the same bytes as on: it would never be switched off"))
    elif line:
        return Line(line)
    elif on and off:
        return Relay(on, off)
    return None


def _bytes(cell: Cell) -> bytes | None:
    written = text(cell)
    if written is None:
        return None
    try:
        return bytes.fromhex(written)
    except ValueError:
        cell.wrong(msg('must be bytes in hexadecimal, like "A0 01 01 A2", not {found}'))
        return None


def _wait(cell: Cell) -> timedelta | None:
    found = duration(cell)
    if found is not None and found > LONGEST:
        cell.wrong(msg("must be at most 60s, not {found}"))
        return None
    return found
