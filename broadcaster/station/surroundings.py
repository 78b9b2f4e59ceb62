"""What a playlist may name: the scripts, recordings and zones around it."""

from __future__ import annotations

import posixpath
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from broadcaster.domain.station import Script
from broadcaster.messages import Message, msg
from broadcaster.station.folder import is_file, is_folder, names_in
from broadcaster.station.ids import nearest
from broadcaster.station.kinds import ident, list_of, text, without_repeats
from broadcaster.station.recordings import RECORDINGS, SCRIPTS
from broadcaster.station.table import Cell, Reader
from broadcaster.station.zones import Zones


@dataclass(frozen=True)
class Surroundings:
    """The rest of the station, as a playlist's readers need it."""

    folder: Path
    scripts: Mapping[str, Script]
    """Those that are right."""
    named_scripts: Collection[str] | None
    """Every script's id, right or wrong; None where they can't be listed: any may be meant."""
    zones: Zones | None
    """None where devices.toml can't be read: then any zone may be meant."""

    def script(self, cell: Cell) -> str | None:
        """Read the id of a script that is there."""
        found = ident(cell)
        if found is None:
            return None
        file = f"{SCRIPTS}/{found}.md"
        if self.named_scripts is not None and found not in self.named_scripts:
            cell.wrong(msg("there is no {file}", file=file), nearest(found, self.named_scripts))
        elif found not in self.scripts:
            cell.document.fault(msg("{file} can't be used as it is", file=file))
        return found

    def recording(self, cell: Cell) -> str | None:
        """Read the name of a recording that is there, from scripts/ on."""
        name = text(cell)
        if name is None:
            return None
        inside = posixpath.normpath(posixpath.join(SCRIPTS, name))
        if inside.startswith(("/", "..")):
            cell.wrong(msg("{found} lies outside the station's folder"))
            return None
        if not is_file(self.folder / inside):
            self._no_recording(cell, name, inside)
        return name

    def _no_recording(self, cell: Cell, name: str, inside: str) -> None:
        try:
            near = [one for one in names_in(self.folder / SCRIPTS) if one.endswith(RECORDINGS)]
        except OSError:
            cell.document.fault(msg("{file} can't be used as it is", file=inside))
            return
        if is_folder(self.folder / inside):
            cell.wrong(msg("{file} is a folder; a recording is expected", file=inside))
        else:
            cell.wrong(msg("there is no {file}", file=inside), nearest(name, near))

    def heard(self, cell: Cell) -> tuple[str, ...] | None:
        """Read zones that can be heard."""
        if self.zones is None:
            return _any_zones(cell)
        able = {zone.id for zone in self.zones.zones.values() if zone.speakers}
        lacks = msg("zone {found} has no loudspeakers")
        return _zones(self.zones, able, self.zones.unheard, lacks)(cell)

    def seen(self, cell: Cell) -> tuple[str, ...] | None:
        """Read zones that can be seen."""
        if self.zones is None:
            return _any_zones(cell)
        able = {zone.id for zone in self.zones.zones.values() if zone.signs}
        return _zones(self.zones, able, self.zones.unseen, msg("zone {found} has no signs"))(cell)


_any_zones = without_repeats(list_of(ident))


def _zones(
    zones: Zones, able: Collection[str], unable: Mapping[str, Message], lacks: Message
) -> Reader[tuple[str, ...]]:
    """Read zones out of those that are able, or that are unable for a reason told elsewhere."""

    def read(cell: Cell) -> str | None:
        found = ident(cell)
        if found is None or found in able:
            return found
        if found not in zones.named:
            cell.wrong(msg("there is no zone {found}"), nearest(found, able))
        elif found in unable:
            cell.document.fault(unable[found])
        elif found not in zones.zones:
            cell.document.fault(msg('zone "{zone}" can\'t be used as it is', zone=found))
        else:
            cell.wrong(lacks, None)
        return found

    return without_repeats(list_of(read))
