"""Reads what each driver of LED boards needs to know: addresses above all."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from broadcaster.domain.boards import (
    BX5_MODELS,
    BX6_MODELS,
    Alpha,
    BoardSettings,
    CPower,
    Framing,
    JetFile,
    OnbonBx5,
    OnbonBx6,
)
from broadcaster.messages import msg
from broadcaster.station.kinds import boolean, choice, one_of, text, whole
from broadcaster.station.table import Cell, Table

_HEX = re.compile(r"[0-9A-F]{2}")
_CODE = re.compile(r"[0-9A-F]{8}")
_TYPE = re.compile(r"[!-+\--~]")
CLEARS = ("E$", "E$$$$")
_count = msg("must be a whole number, not {found}")


def _onbon_bx6(of: Table) -> BoardSettings:
    return OnbonBx6(
        address=of.optional("address", whole(1, 0xFFFD, _count), 1),
        model=of.optional("model", one_of(BX6_MODELS), ""),
        speed=of.optional("speed", whole(0, 63, _count), 8),
    )


def _onbon_bx5(of: Table) -> BoardSettings:
    return OnbonBx5(
        model=of.required("model", one_of(BX5_MODELS)) or "",
        address=of.optional("address", whole(1, 0x7FFF, _count), 1),
    )


def _alpha(of: Table) -> BoardSettings:
    return Alpha(
        address=of.optional("address", _two_digits, "00"),
        type=of.optional("type", _type_code, "Z"),
        clear=of.optional("clear", one_of(CLEARS), "E$"),
        memory=of.optional("memory", whole(1, 1 << 24, _count), None),
        answers=of.optional("answers", boolean, default=False),
    )


def _type_code(cell: Cell) -> str | None:
    written = text(cell)
    if written is None or _TYPE.fullmatch(written):
        return written
    cell.wrong(msg("must be one character, not {found}"), msg('for example "^" for a BetaBrite'))
    return None


def _two_digits(cell: Cell) -> str | None:
    written = text(cell)
    if written is None or _HEX.fullmatch(written):
        return written
    cell.wrong(msg("must be two hexadecimal digits, not {found}"), msg('for example "01"'))
    return None


def _c_power(of: Table) -> BoardSettings:
    return CPower(
        address=of.optional("address", whole(1, 0xFE, _count), 1),
        framing=of.optional("framing", choice(Framing), None),
        code=of.optional("code", _code, "FFFFFFFF"),
        moves=of.optional("moves", boolean, default=True),
        switches=of.optional("switches", boolean, default=True),
        speed=of.optional("speed", whole(1, 100, _count), 5),
    )


def _code(cell: Cell) -> str | None:
    written = text(cell)
    if written is None or _CODE.fullmatch(written):
        return written
    cell.wrong(msg("must be eight hexadecimal digits, not {found}"), msg('for example "FFFFFFFF"'))
    return None


def _jetfile(of: Table) -> BoardSettings:
    unit = whole(1, 0xFE, _count)
    return JetFile(
        group=of.optional("group", unit, 1),
        unit=of.optional("unit", unit, 1),
        trailing=of.optional("trailing", boolean, default=True),
    )


SETTINGS: Mapping[str, Callable[[Table], BoardSettings]] = {
    "onbon-bx6": _onbon_bx6,
    "onbon-bx5": _onbon_bx5,
    "alpha": _alpha,
    "c-power": _c_power,
    "jetfile": _jetfile,
}
"""What reads the keys of each driver that needs a link."""
