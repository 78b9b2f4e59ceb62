"""Reads zones, less the loudspeakers and signs that can't be used."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from broadcaster.domain.station import Airtime, Zone
from broadcaster.messages import Message, msg
from broadcaster.station.airtime import zone_airtime
from broadcaster.station.drivers import percent, percents
from broadcaster.station.ids import is_id, nearest
from broadcaster.station.kinds import ident, list_of, text, without_repeats
from broadcaster.station.table import Cell, Reader, by_id


@dataclass(frozen=True)
class Devices:
    """The ids that a table of devices names, and those of them that are right."""

    named: Collection[str]
    right: Collection[str]


@dataclass(frozen=True)
class Zones:
    """Zones by id, and why some can't be used for one thing or the other."""

    zones: Mapping[str, Zone] = field(default_factory=dict)
    named: Collection[str] = ()
    """Every zone's id, right or wrong."""
    unheard: Mapping[str, Message] = field(default_factory=dict)
    """Zones that have loudspeakers, none of which is right."""
    unseen: Mapping[str, Message] = field(default_factory=dict)
    """Zones that have signs, none of which is right."""


def zones(cell: Cell, airtime: Airtime, speakers: Devices, signs: Devices) -> Zones:
    """Read every zone; each but the guard of its own stands on its own."""
    found: dict[str, Zone] = {}
    unheard: dict[str, Message] = {}
    unseen: dict[str, Message] = {}
    for id_, of in by_id(cell).items():
        heard = of.optional("speakers", _known(speakers.named), ())
        seen = of.optional("signs", _known(signs.named), ())
        if not of.has("speakers") and not of.has("signs"):
            of.cell.warn(msg("has neither speakers nor signs"))
        found[id_] = Zone(
            id=id_,
            name=of.optional("name", text, ""),
            speakers=tuple(one for one in heard if one in speakers.right),
            signs=tuple(one for one in seen if one in signs.right),
            volume=of.optional("volume", percent, 100),
            volume_at=of.optional("volume_at", percents, ()),
            airtime=zone_airtime(of, airtime),
        )
        of.close()
        if of.has("speakers") and not found[id_].speakers:
            unheard[id_] = msg('no loudspeaker of zone "{zone}" can be used', zone=id_)
        if of.has("signs") and not found[id_].signs:
            unseen[id_] = msg('no sign of zone "{zone}" can be used', zone=id_)
    named = filter(is_id, cell.value) if isinstance(cell.value, dict) else ()
    return Zones(found, tuple(named), unheard, unseen)


def _known(named: Collection[str]) -> Reader[tuple[str, ...]]:
    def read(cell: Cell) -> str | None:
        found = ident(cell)
        if found is not None and found not in named:
            cell.wrong(msg("there is no {found} in this file"), nearest(found, named))
            return None
        return found

    return without_repeats(list_of(read))
