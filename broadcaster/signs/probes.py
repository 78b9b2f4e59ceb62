"""Asks in each known protocol what is on a line."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from broadcaster.domain.boards import Alpha, BoardSettings, CPower, JetFile, OnbonBx5, OnbonBx6
from broadcaster.domain.link import LinkUrl
from broadcaster.domain.station import SignSpec
from broadcaster.messages import Message
from broadcaster.signs.drivers import driver
from broadcaster.signs.onbon.bx5 import ANYONE
from broadcaster.talk import Line, LineError, RefusedError, told

PROBES: Sequence[tuple[str, BoardSettings]] = (
    ("onbon-bx5", OnbonBx5(model="5K1", address=ANYONE)),
    ("onbon-bx6", OnbonBx6(address=ANYONE)),
    ("c-power", CPower()),
    ("jetfile", JetFile()),
    ("alpha", Alpha(answers=True)),
)
"""Drivers whose boards answer, with the address that they have from the factory, or any."""
BAUDS = (9600, 57600, 115200)


@dataclass(frozen=True, slots=True)
class Found:
    """A board that answered."""

    driver: str
    baud: int | None
    """None where it is nobody's business: behind a network connection."""
    told: Message | None


async def probe(link: LinkUrl, line_at: Callable[[LinkUrl], Line]) -> Found | None:
    """Ask at each speed until a board answers; raises LineError where there is no port."""
    speeds = (link.baud,) if link.scheme == "socket" else BAUDS
    for url in (replace(link, baud=baud) for baud in speeds):
        line = line_at(url)
        try:
            await line.check()
            for name, settings in PROBES:
                if found := await _asked(line, url, name, settings):
                    return found
        finally:
            await line.close()
    return None


async def _asked(line: Line, url: LinkUrl, name: str, settings: BoardSettings) -> Found | None:
    # Where it hangs may decide how it is spoken to.
    spec = SignSpec(id=name, driver=name, link=str(url), width=16, height=16, settings=settings)
    baud = None if url.scheme == "socket" else url.baud
    try:
        heard = [await line.say(say) for say in driver(spec).look()]
    except RefusedError as error:
        return Found(name, baud, error.message)
    except LineError:
        return None
    return Found(name, baud, told(heard))
