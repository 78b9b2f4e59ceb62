"""Reads loudspeakers and signs. One with anything wrong in it is left out, by name."""

from __future__ import annotations

from collections.abc import Mapping

from broadcaster.domain.link import LinkError, LinkUrl
from broadcaster.domain.station import Percent, SignSpec, SpeakerSpec
from broadcaster.messages import msg
from broadcaster.station.ids import nearest
from broadcaster.station.kinds import text, whole
from broadcaster.station.multicast import multicast
from broadcaster.station.table import Cell, Table, by_id, rows
from broadcaster.station.times import overlaps, time_range

SPEAKER_DRIVERS: Mapping[str, bool] = {
    "file": True,
    "soundcard": True,
    "icecast": False,
    "multicast": True,
    "sip": False,
}
SIGN_DRIVERS: Mapping[str, bool] = {
    "virtual": True,
    "alpha": True,
    "onbon-bx6": False,
    "onbon-bx5": False,
    "c-power": False,
    "jetfile": False,
}
"""Every driver of the station format, and whether this version has it."""

DIMMED = ("virtual",)
"""Drivers that can dim. Alpha has a command for it (form 9708-8061) for Solar boards alone."""

_LOWEST, _HIGHEST = 7, 256
"""Rows of a board; letters with their marks need 16, plain ones fewer."""
_WIDEST = 4096
_percent = whole(0, 100, msg("must be a whole percentage, not {found}"))


def speakers(cell: Cell) -> dict[str, SpeakerSpec]:
    """Read every loudspeaker that is right."""
    found = {id_: _speaker(id_, of) for id_, of in by_id(cell).items()}
    return {id_: spec for id_, spec in found.items() if spec is not None}


def signs(cell: Cell) -> dict[str, SignSpec]:
    """Read every sign that is right."""
    found = {id_: _sign(id_, of) for id_, of in by_id(cell).items()}
    return {id_: spec for id_, spec in found.items() if spec is not None}


def _speaker(id_: str, of: Table) -> SpeakerSpec | None:
    mark = of.cell.document.mark()
    driver = _driver(of, SPEAKER_DRIVERS)
    name = of.optional("name", text, "")
    volume = of.optional("volume", _percent, 100)
    volume_at = of.optional("volume_at", _percents, ())
    to = multicast(of) if driver == "multicast" else None
    device = of.optional("device", text, "") if driver == "soundcard" else ""
    of.optional("amplifier", _no_amplifier, None)
    if driver is not None:
        of.close()
    if driver is None or of.cell.document.fault_since(mark):
        return None
    return SpeakerSpec(
        id=id_,
        name=name,
        driver=driver,
        volume=volume,
        volume_at=volume_at,
        multicast=to,
        device=device,
    )


def _sign(id_: str, of: Table) -> SignSpec | None:
    mark = of.cell.document.mark()
    driver = _driver(of, SIGN_DRIVERS)
    pixels = msg("must be a whole number of pixels, not {found}")
    width = of.required("width", whole(1, _WIDEST, pixels))
    height = of.required("height", whole(_LOWEST, _HIGHEST, pixels))
    name = of.optional("name", text, "")
    if driver == "alpha" and not of.has("link"):
        of.key("link").wrong(msg("is missing"), msg('for example "serial:///dev/serial/by-id/..."'))
    link = of.optional("link", _link, None)
    idle = of.optional("idle", text, "blank")
    brightness_at = _brightness_at(of, driver)
    if driver is not None:
        of.close()
    if driver is None or of.cell.document.fault_since(mark) or width is None or height is None:
        return None
    return SignSpec(
        id=id_,
        name=name,
        driver=driver,
        link=link,
        width=width,
        height=height,
        idle=idle,
        brightness_at=brightness_at,
    )


def _brightness_at(of: Table, driver: str | None) -> tuple[Percent, ...]:
    found = of.optional("brightness_at", _percents, ())
    if driver is None or driver in DIMMED or not of.has("brightness_at"):
        return found
    # Left in, it would have the board be sent the same again, for nothing.
    of.key("brightness_at").warn(
        msg("this version can't dim a sign of driver {driver}", driver=driver)
    )
    return ()


def _driver(of: Table, drivers: Mapping[str, bool]) -> str | None:
    """Read which driver; without one this version has, nobody can say which other keys it knows."""
    built = ", ".join(name for name, there in drivers.items() if there)

    def read(cell: Cell) -> str | None:
        if not isinstance(cell.value, str) or cell.value not in drivers:
            hint = nearest(cell.value, drivers) if isinstance(cell.value, str) else None
            cell.wrong(msg("must be one of {words}, not {found}", words=", ".join(drivers)), hint)
        elif not drivers[cell.value]:
            cell.wrong(msg("this version can't drive {found} yet; it has {built}", built=built))
        else:
            return cell.value
        return None

    return of.required("driver", read)


def _percents(cell: Cell) -> tuple[Percent, ...]:
    found = []
    for row in rows(cell):
        between = row.required("between", time_range)
        percent = row.required("percent", _percent)
        row.close()
        if between is not None and percent is not None:
            found.append(Percent(between, percent))
    for first, second in overlaps(tuple(one.between for one in found)):
        cell.wrong(msg("{first} and {second} overlap", first=str(first), second=str(second)))
    return tuple(found)


def _no_amplifier(cell: Cell) -> None:
    # Ignored, it would stay off, and the announcement would sound to nobody.
    cell.wrong(msg("this version can't switch an amplifier yet"))


def _link(cell: Cell) -> str | None:
    link = text(cell)
    if link is None:
        return None
    try:
        LinkUrl.parse(link)
    except LinkError as error:
        cell.wrong(error.message)
        return None
    return link
