"""Reads radio and led slots. One with anything wrong stays, with its fault, where it can."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from broadcaster.domain.campaign import (
    DEFAULT_LATE,
    JOIN,
    AirClass,
    Colour,
    Effect,
    IfCut,
    LedSlot,
    RadioSlot,
    Speech,
)
from broadcaster.messages import msg
from broadcaster.station.dayrules import Window, day_rule
from broadcaster.station.items import items
from broadcaster.station.kinds import boolean, choice, lines, list_of, number, text, whole
from broadcaster.station.surroundings import Surroundings
from broadcaster.station.table import Cell, Table
from broadcaster.station.times import duration, ranges, some_time, times

_order = whole(-1_000_000, 1_000_000, msg("must be a whole number, not {found}"))

NO_ZONE = "?"
"""Stands in where a slot names no zone: its airings are to be seen refused somewhere."""


@dataclass(frozen=True)
class Frame:
    """What a slot has of its campaign."""

    window: Window
    air_class: AirClass
    around: Surroundings


def radio_slot(row: Table, id_: str, frame: Frame) -> RadioSlot:
    """Read one, at no time where none can be read. `fault` is left to the campaign."""
    at = row.required("at", times)
    slot = RadioSlot(
        id=id_,
        name=row.optional("name", text, ""),
        at=at or (),
        days=day_rule(row, frame.window),
        zones=row.required("zones", frame.around.heard) or (NO_ZONE,),
        air_class=row.optional("class", choice(AirClass), frame.air_class),
        late=row.optional("late", _late, DEFAULT_LATE),
        if_cut=row.optional("if_cut", choice(IfCut), IfCut.RESUME),
        gain_db=row.optional("gain_db", number(-60, 20), 0.0),
        bed=row.optional("bed", frame.around.recording, None),
        items=row.required("items", items(frame.around)) or (),
        order=row.optional("order", _order, 0),
        enabled=row.optional("enabled", boolean, default=True),
    )
    if slot.bed is not None and not any(isinstance(item, Speech) for item in slot.items):
        row.key("bed").warn(msg("lies under nothing: no script is among the items"))
    row.close()
    return slot


def led_slot(row: Table, id_: str, frame: Frame) -> LedSlot:
    """Read one, in no part of the day where none can be read."""
    between = row.required("between", ranges)
    dwell = row.optional("dwell", some_time, dt.timedelta(seconds=8))
    slot = LedSlot(
        id=id_,
        name=row.optional("name", text, ""),
        between=between or (),
        days=day_rule(row, frame.window),
        zones=row.required("zones", frame.around.seen) or (),
        air_class=row.optional("class", choice(AirClass), frame.air_class),
        slogans=row.required("slogans", list_of(lines)) or (),
        effect=row.optional("effect", choice(Effect), Effect.SCROLL_LEFT),
        dwell=dwell.total_seconds(),
        colour=row.optional("colour", choice(Colour), None),
        order=row.optional("order", _order, 0),
        enabled=row.optional("enabled", boolean, default=True),
    )
    row.close()
    return slot


def _late(cell: Cell) -> dt.timedelta | Literal["join"] | None:
    if cell.value == JOIN:
        return JOIN
    return duration(cell)
