"""`device scan`: the serial ports there are, and what answers on them."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import click

from broadcaster.cli.app import (
    DEVICE_FAILED,
    App,
    as_json,
    columns,
    data_json,
    pass_app,
    talk,
    tell,
)
from broadcaster.messages import tr

if TYPE_CHECKING:
    from broadcaster.domain.link import LinkUrl
    from broadcaster.domain.station import Station
    from broadcaster.ports import TimeSource
    from broadcaster.signs.probes import Found


@dataclass(frozen=True, slots=True)
class _Place:
    """Where something may be plugged in."""

    link: str
    description: str = ""
    used_by: tuple[str, ...] = ()
    """Devices of the station; what is theirs is asked by `device check`."""
    found: Found | None = None
    fault: str = ""


@click.command(help=tr("List serial ports, and ask in each known protocol what is on them."))
@click.argument("links", nargs=-1, metavar="[LINK]...")
@click.option("--dry-run", is_flag=True, help=tr("List them and ask nothing."))
@as_json
@pass_app
@click.pass_context
def scan(
    ctx: click.Context, app: App, links: tuple[str, ...], *, dry_run: bool, as_json: bool
) -> None:
    """Ask what nobody in the station uses; refused while the daemon runs.

    Exit 3 where a link that was named can't be opened.
    """
    from broadcaster.wiring.place import alone

    used: dict[str, tuple[str, ...]] = {}
    lock: AbstractContextManager[None] = nullcontext()
    # Boards may be looked for before there is a station: then nobody uses a port.
    if (app.folder / "devices.toml").exists():
        station, problems = app.station()
        tell(problem for problem in problems if problem.level == "error")
        used, lock = _used(station), alone(app.folder)
    places = _named(used, links) if links else list(_ports(used))
    if not dry_run:
        with lock:
            places = asyncio.run(_asked(app.time, places))
    if as_json:
        for place in places:
            data_json(_row(place))
    elif places:
        columns((place.link, place.description, _told(place, dry=dry_run)) for place in places)
    else:
        talk("this machine has no serial ports")
    if links and any(place.fault for place in places):
        ctx.exit(DEVICE_FAILED)


def _named(used: Mapping[str, tuple[str, ...]], links: Sequence[str]) -> list[_Place]:
    return [_Place(str(url), used_by=used.get(_end(url), ())) for url in map(_parsed, links)]


def _parsed(link: str) -> LinkUrl:
    from broadcaster.domain.link import LinkError, LinkUrl

    try:
        return LinkUrl.parse(link)
    except LinkError as error:
        raise click.BadParameter(tr(error.message)) from None


def _ports(used: Mapping[str, tuple[str, ...]]) -> Iterator[_Place]:
    from broadcaster.links.ports import serial_ports

    for port in serial_ports():
        owners = used.get(os.path.realpath(port.path), ())
        yield _Place(f"serial://{port.path}", port.description, owners)


def _used(station: Station) -> dict[str, tuple[str, ...]]:
    """Say which devices hang where."""
    from broadcaster.domain.link import LinkUrl

    keyed = [(spec.id, spec.amplifier.link) for spec in station.speakers.values() if spec.amplifier]
    signs = [(spec.id, spec.link) for spec in station.signs.values() if spec.link]
    used: dict[str, tuple[str, ...]] = {}
    for device, link in (*keyed, *signs):
        end = _end(LinkUrl.parse(link))
        used[end] = (*used.get(end, ()), device)
    return used


def _end(url: LinkUrl) -> str:
    return os.path.realpath(url.where) if url.scheme == "serial" else url.where


async def _asked(time: TimeSource, places: Sequence[_Place]) -> list[_Place]:
    return list(await asyncio.gather(*(_ask(time, place) for place in places)))


async def _ask(time: TimeSource, place: _Place) -> _Place:
    from broadcaster.domain.link import LinkUrl
    from broadcaster.links.line import PortLine
    from broadcaster.signs.probes import probe
    from broadcaster.talk import LineError

    if place.used_by:
        # Bytes of a strange protocol could switch an amplifier on.
        return place
    try:
        found = await probe(LinkUrl.parse(place.link), lambda url: PortLine(url, time))
    except LineError as error:
        return replace(place, fault=tr(error.message))
    return replace(place, found=found)


def _told(place: _Place, *, dry: bool) -> str:
    if place.used_by:
        return tr("is {devices} in devices.toml", devices=", ".join(place.used_by))
    if place.fault or dry:
        return place.fault
    if place.found is None:
        return tr("nothing answers")
    found, baud = place.found.driver, place.found.baud
    if baud is not None:
        found = tr("{driver} at {baud} baud", driver=found, baud=str(baud))
    return f"{found}: {tr(place.found.told)}" if place.found.told else found


def _row(place: _Place) -> dict[str, Any]:
    found = place.found
    return {
        "link": place.link,
        "description": place.description,
        "used_by": list(place.used_by),
        "driver": found and found.driver,
        "baud": found and found.baud,
        "told": str(found.told or "") if found else "",
        "fault": place.fault,
    }
