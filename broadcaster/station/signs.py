"""Reads signs. One with anything wrong in it is left out, by name."""

from __future__ import annotations

from broadcaster.domain.station import Colours, Percent, SignSpec
from broadcaster.messages import msg
from broadcaster.station.boards import SETTINGS
from broadcaster.station.drivers import driver_of, percents
from broadcaster.station.kinds import choice, lines, text, whole
from broadcaster.station.link import link
from broadcaster.station.table import Cell, Table, by_id

DRIVERS = ("virtual", "alpha", "onbon-bx6", "onbon-bx5", "c-power", "jetfile")
"""Every driver of the station format."""

DIMMED = ("virtual", "onbon-bx6", "onbon-bx5", "c-power", "jetfile")
"""Drivers that can dim. Alpha has a command for it (form 9708-8061) for Solar boards alone."""

_LOWEST, _HIGHEST = 7, 256
"""Rows of a board; letters with their marks need 16, plain ones fewer."""
_WIDEST = 4096


def signs(cell: Cell) -> dict[str, SignSpec]:
    """Read every sign that is right."""
    found = {id_: _sign(id_, of) for id_, of in by_id(cell).items()}
    return {id_: spec for id_, spec in found.items() if spec is not None}


def _sign(id_: str, of: Table) -> SignSpec | None:
    mark = of.cell.document.mark()
    driver = driver_of(of, DRIVERS)
    pixels = msg("must be a whole number of pixels, not {found}")
    width = of.required("width", whole(1, _WIDEST, pixels))
    height = of.required("height", whole(_LOWEST, _HIGHEST, pixels))
    name = of.optional("name", text, "")
    if driver in SETTINGS and not of.has("link"):
        of.key("link").wrong(msg("is missing"), msg('for example "serial:///dev/serial/by-id/..."'))
    to = of.optional("link", link, None)
    colours = of.optional("colours", choice(Colours), Colours.SINGLE)
    settings = SETTINGS[driver](of) if driver and driver in SETTINGS else None
    idle = of.optional("idle", lines, "blank")
    brightness_at = _brightness_at(of, driver)
    if driver is not None:
        of.close()
    if driver is None or of.cell.document.fault_since(mark) or width is None or height is None:
        return None
    return SignSpec(
        id=id_,
        name=name,
        driver=driver,
        link=to,
        width=width,
        height=height,
        colours=colours,
        settings=settings,
        idle=idle,
        brightness_at=brightness_at,
    )


def _brightness_at(of: Table, driver: str | None) -> tuple[Percent, ...]:
    found = of.optional("brightness_at", percents, ())
    if driver is None or driver in DIMMED or not of.has("brightness_at"):
        return found
    # Left in, it would have the board be sent the same again, for nothing.
    of.key("brightness_at").warn(
        msg("this version can't dim a sign of driver {driver}", driver=driver)
    )
    return ()
