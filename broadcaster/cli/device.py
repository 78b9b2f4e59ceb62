"""`device`: the loudspeakers and signs of a station."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any, NamedTuple

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
from broadcaster.cli.device_held import held
from broadcaster.cli.device_scan import scan
from broadcaster.cli.device_test import test
from broadcaster.domain.amplifier import AmplifierSpec, Line
from broadcaster.domain.station import SignSpec, SpeakerSpec, Station
from broadcaster.errors import DeviceError
from broadcaster.messages import Message, msg, tr
from broadcaster.ports import Amplifier, Sign, Speaker


@click.group(help=tr("The loudspeakers and signs of the station."))
def device() -> None:
    """Group what concerns devices."""


device.add_command(scan)
device.add_command(test)


@device.command("list", help=tr("List every device and what it is told."))
@as_json
@pass_app
def list_(app: App, as_json: bool) -> None:  # noqa: FBT001 - Click's way
    """Print a row a device."""
    station, problems = app.station()
    tell(problem for problem in problems if problem.level == "error")
    rows = [_described(station, spec) for spec in _specs(station)]
    if as_json:
        for row in rows:
            data_json(row)
    else:
        columns((tr(_KIND[row["kind"]]), row["id"], row["driver"], row["told"]) for row in rows)


@device.command(help=tr("Ask every device whether it would work now; sounds and shows nothing."))
@as_json
@pass_app
@click.pass_context
def check(ctx: click.Context, app: App, as_json: bool) -> None:  # noqa: FBT001 - Click's way
    """Print a row a device; exit 3 where one fails."""
    station, problems = app.station()
    tell(problem for problem in problems if problem.level == "error")
    answers = asyncio.run(_answers(app, station))
    for name, each in answers.items():
        if as_json:
            fault, told = (str(text or "") for text in (each.fault, each.told))
            data_json({"id": name, "works": each.fault is None, "reason": fault, "told": told})
    if not as_json:
        columns((name, _said(each)) for name, each in answers.items())
    if any(each.fault for each in answers.values()):
        ctx.exit(DEVICE_FAILED)


class _Answer(NamedTuple):
    """What came of asking a device."""

    fault: Message | None = None
    told: Message | None = None
    """What it told of itself."""


def _said(answer: _Answer) -> str:
    if answer.fault:
        return tr(answer.fault)
    works = tr("works")
    return f"{works}: {tr(answer.told)}" if answer.told else works


_KIND = {"speaker": msg("speaker"), "sign": msg("sign")}


def _specs(station: Station) -> list[SpeakerSpec | SignSpec]:
    return [*station.speakers.values(), *station.signs.values()]


def _described(station: Station, spec: SpeakerSpec | SignSpec) -> dict[str, Any]:
    row: dict[str, Any] = {"id": spec.id, "name": spec.name, "driver": spec.driver}
    if isinstance(spec, SpeakerSpec):
        zones = [zone.id for zone in station.zones.values() if spec.id in zone.speakers]
        keyed = _keyed(spec.amplifier) if spec.amplifier else None
        more = {"kind": "speaker", "zones": zones, "volume": spec.volume, "amplifier": keyed}
        told = tr("volume {percent} %", percent=spec.volume)
        if keyed:
            told = f"{told} {keyed['link']} {keyed.get('line') or keyed['on']}"
    else:
        zones = [zone.id for zone in station.zones.values() if spec.id in zone.signs]
        size = {"width": spec.width, "height": spec.height}
        more = {"kind": "sign", "zones": zones, "link": spec.link, **size}
        told = f"{spec.width}x{spec.height} {spec.link or ''}"
    return row | more | {"told": f"{told} {', '.join(zones)}".strip()}


def _keyed(spec: AmplifierSpec) -> dict[str, Any]:
    if isinstance(spec.by, Line):
        by = {"line": spec.by.name}
    else:
        by = {"on": spec.by.on.hex(" "), "off": spec.by.off.hex(" ")}
    seconds = {name: getattr(spec, name).total_seconds() for name in ("warm_up", "release")}
    return {"link": spec.link, **by, **seconds}


async def _answers(app: App, station: Station) -> Mapping[str, _Answer]:
    from broadcaster.wiring.devices import amplifiers, signs, speakers
    from broadcaster.wiring.place import VAR, Place

    place = Place(station, app.folder / VAR, app.time)
    # One that several loudspeakers share is asked once.
    switched = {each.id: each for each in amplifiers(place).values()}
    # The daemon's own ports can't be opened beside it.
    told = {name: _Answer(*each) for name, each in held(app, station).items()}
    boards = {name: board for name, board in signs(place).items() if name not in told}
    made: dict[str, Speaker | Sign | Amplifier] = {**speakers(place), **switched, **boards}
    if not made and not told:
        talk("the station has no devices")
    # All at once: a dead board is waited for, and there may be many.
    answers = await asyncio.gather(*map(_answer, made.values()))
    await asyncio.gather(*(board.close() for board in boards.values()))
    return dict(zip(made, answers, strict=True)) | told


async def _answer(each: Speaker | Sign | Amplifier) -> _Answer:
    try:
        return _Answer(told=await each.check())
    except DeviceError as error:
        return _Answer(error.message)
