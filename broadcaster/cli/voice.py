"""`voice`: who can speak here."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import click

from broadcaster.cli.app import DEVICE_FAILED, App, as_json, columns, data_json, pass_app, tell
from broadcaster.cli.voice_add import add
from broadcaster.cli.voice_test import test
from broadcaster.domain.station import VOICE_FILE, VOICES, Station
from broadcaster.errors import DeviceError
from broadcaster.messages import Message, msg, tr
from broadcaster.ports import Synthesizer

SHOWN = 5
"""Voices of one engine that a person is told of; JSON has them all."""


@click.group(help=tr("Who reads the scripts aloud."))
def voice() -> None:
    """Group what concerns voices."""


voice.add_command(add)
voice.add_command(test)


@dataclass(frozen=True, slots=True)
class Row:
    """One speech engine, and what can be heard of it."""

    engine: str
    order: int | None
    """Its place among those that devices.toml names; None: a script may ask for it."""
    voices: Sequence[str]
    fault: Message | None


@voice.command("list", help=tr("List the speech engines and their voices, and who speaks first."))
@as_json
@pass_app
@click.pass_context
def list_(ctx: click.Context, app: App, as_json: bool) -> None:  # noqa: FBT001 - Click's way
    """Print a row an engine; exit 3 where none that devices.toml names works."""
    station, problems = app.station()
    tell(problem for problem in problems if problem.level == "error")
    rows = asyncio.run(_rows(station))
    first = next((row.engine for row in rows if row.order and not row.fault), None)
    if as_json:
        for row in rows:
            data_json(_json(row, first))
    else:
        columns((row.engine, tr(_state(row, first)), _told(row)) for row in rows)
    if first is None:
        ctx.exit(DEVICE_FAILED)


async def _rows(station: Station) -> list[Row]:
    """Ask every engine for its voices; those that devices.toml names come first."""
    from broadcaster.audio.cache import Cache
    from broadcaster.station.voice import ENGINES
    from broadcaster.wiring.place import VAR
    from broadcaster.wiring.studio import engines

    made = engines(station, Cache(station.folder / VAR / "cache"))
    named = station.voice.engines
    names = (*named, *(name for name in ENGINES if name not in named))
    return list(await asyncio.gather(*(_row(name, made, station) for name in names)))


async def _row(name: str, made: Mapping[str, Synthesizer], station: Station) -> Row:
    named = station.voice.engines
    order = named.index(name) + 1 if name in named else None
    if name not in made:
        return Row(name, order, (), msg("is not described in devices.toml"))
    try:
        voices = await made[name].voices()
    except DeviceError as error:
        return Row(name, order, (), error.message)
    return Row(name, order, voices, _broken(station, voices[0]) if name == "piper" else None)


def _broken(station: Station, voice: str) -> Message | None:
    """Say why the voice that Piper would speak with can't, as far as a look at its files tells."""
    from broadcaster.station.piper import read

    found = read(station.folder / VOICES / f"{voice}{VOICE_FILE}")
    return found if isinstance(found, Message) else None


def _json(row: Row, first: str | None) -> dict[str, object]:
    return {
        "engine": row.engine,
        "order": row.order,
        "first": row.engine == first,
        "works": row.fault is None,
        "reason": str(row.fault or ""),
        "voices": row.voices,
    }


def _state(row: Row, first: str | None) -> Message:
    if row.fault:
        return msg("doesn't work")
    if row.engine == first:
        return msg("speaks first")
    return msg("speaks if that fails") if row.order else msg("speaks where a script asks")


def _told(row: Row) -> str:
    if row.fault:
        return tr(row.fault)
    names = ", ".join(row.voices[:SHOWN])
    more = len(row.voices) - SHOWN
    return tr("{names} and {count} more", names=names, count=more) if more > 0 else names
