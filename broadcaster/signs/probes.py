"""Asks in each known protocol what is on a line."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from broadcaster.domain.boards import BoardSettings, CPower, JetFile, OnbonBx5, OnbonBx6
from broadcaster.domain.station import SignSpec
from broadcaster.messages import Message
from broadcaster.signs.drivers import driver
from broadcaster.signs.onbon_bx5 import ANYONE
from broadcaster.talk import Line, LineError, RefusedError, told

PROBES: Sequence[tuple[str, BoardSettings]] = (
    ("onbon-bx5", OnbonBx5(model="5K1", address=ANYONE)),
    ("onbon-bx6", OnbonBx6(address=ANYONE)),
    ("c-power", CPower()),
    ("jetfile", JetFile()),
)
"""Drivers whose boards answer, with the address that they have from the factory, or any."""
BAUDS = (9600, 57600, 115200)


@dataclass(frozen=True, slots=True)
class Found:
    """A board that answered."""

    driver: str
    baud: int
    told: Message | None


async def probe(line_at: Callable[[int], Line]) -> Found | None:
    """Ask at each speed until a board answers; raises LineError where there is no port."""
    for baud in BAUDS:
        line = line_at(baud)
        try:
            await line.check()
            for name, settings in PROBES:
                if found := await _asked(line, baud, name, settings):
                    return found
        finally:
            await line.close()
    return None


async def _asked(line: Line, baud: int, name: str, settings: BoardSettings) -> Found | None:
    spec = SignSpec(id=name, driver=name, width=16, height=16, settings=settings)
    try:
        heard = [await line.say(say) for say in driver(spec).look()]
    except RefusedError as error:
        return Found(name, baud, error.message)
    except LineError:
        return None
    return Found(name, baud, told(heard))
