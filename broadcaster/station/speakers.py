"""Reads loudspeakers. One with anything wrong in it is left out, by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from broadcaster.domain.amplifier import AmplifierSpec
from broadcaster.domain.outputs import Output, Soundcard
from broadcaster.domain.station import SpeakerSpec
from broadcaster.messages import msg
from broadcaster.station.amplifier import amplifier
from broadcaster.station.drivers import driver_of, percent, percents
from broadcaster.station.icecast import icecast
from broadcaster.station.kinds import text
from broadcaster.station.multicast import multicast
from broadcaster.station.sip import sip
from broadcaster.station.table import Cell, Table, by_id


def speakers(cell: Cell) -> dict[str, SpeakerSpec]:
    """Read every loudspeaker that is right."""
    found = {id_: _speaker(id_, of) for id_, of in by_id(cell).items()}
    return {id_: spec for id_, spec in found.items() if spec is not None}


def _speaker(id_: str, of: Table) -> SpeakerSpec | None:
    mark = of.cell.document.mark()
    driver = driver_of(of, DRIVERS)
    name = of.optional("name", text, "")
    volume = of.optional("volume", percent, 100)
    volume_at = of.optional("volume_at", percents, ())
    output = DRIVERS[driver](of) if driver else None
    keyed = _amplifier(of, driver)
    if driver is not None:
        of.close()
    if driver is None or of.cell.document.fault_since(mark):
        return None
    return SpeakerSpec(
        id=id_,
        name=name,
        driver=driver,
        output=output,
        volume=volume,
        volume_at=volume_at,
        amplifier=keyed,
    )


def _file(_: Table) -> Output | None:
    return None


def _soundcard(of: Table) -> Output:
    return Soundcard(of.optional("device", text, ""))


def _amplifier(of: Table, driver: str | None) -> AmplifierSpec | None:
    found = of.optional("amplifier", amplifier, None)
    if found is None or driver != "file":
        return found
    of.key("amplifier").warn(msg("is not keyed: driver file makes no sound"))
    return None


DRIVERS: Mapping[str, Callable[[Table], Output | None]] = {
    "file": _file,
    "soundcard": _soundcard,
    "icecast": icecast,
    "multicast": multicast,
    "sip": sip,
}
"""What reads the keys of each driver."""
