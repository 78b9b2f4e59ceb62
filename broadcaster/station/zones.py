"""Reads zones, less the loudspeakers and signs that can't be used."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from broadcaster.domain.station import Airtime, Percent, Zone
from broadcaster.messages import Message, msg
from broadcaster.station.airtime import zone_airtime
from broadcaster.station.drivers import percent, percents
from broadcaster.station.ids import is_id, nearest
from broadcaster.station.kinds import ident, list_of, text, without_repeats
from broadcaster.station.table import Cell, Reader, Table, by_id


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
        loud = _volume(of)
        if not of.has("speakers") and not of.has("signs"):
            of.cell.warn(msg("has neither speakers nor signs"))
        found[id_] = Zone(
            id=id_,
            name=of.optional("name", text, ""),
            speakers=tuple(one for one in heard if loud and one in speakers.right),
            signs=tuple(one for one in seen if one in signs.right),
            airtime=zone_airtime(of, airtime),
            volume=loud.volume if loud else 0,
            volume_at=loud.at if loud else (),
        )
        of.close()
        if of.has("speakers") and not found[id_].speakers:
            unheard[id_] = msg('no loudspeaker of zone "{zone}" can be used', zone=id_)
        if of.has("signs") and not found[id_].signs:
            unseen[id_] = msg('no sign of zone "{zone}" can be used', zone=id_)
    named = filter(is_id, cell.value) if isinstance(cell.value, dict) else ()
    return Zones(found, tuple(named), unheard, unseen)


class _Volume(NamedTuple):
    volume: int
    at: tuple[Percent, ...]


def _volume(of: Table) -> _Volume | None:
    """Read how loud it is; None where it can't be told, as louder than meant won't do."""
    mark = of.cell.document.mark()
    found = _Volume(of.optional("volume", percent, 100), of.optional("volume_at", percents, ()))
    return None if of.cell.document.fault_since(mark) else found


def _known(named: Collection[str]) -> Reader[tuple[str, ...]]:
    def read(cell: Cell) -> str | None:
        found = ident(cell)
        if found is not None and found not in named:
            cell.wrong(msg("there is no {found} in this file"), nearest(found, named))
            return None
        return found

    return without_repeats(list_of(read))
