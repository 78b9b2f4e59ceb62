"""Readers of single values and of lists: each notes what it found instead of what it wants."""

from __future__ import annotations

import datetime as dt
import ipaddress
from collections.abc import Iterable
from enum import StrEnum
from typing import TypeVar

from broadcaster.messages import Message, msg
from broadcaster.station.ids import is_id, nearest, not_an_id
from broadcaster.station.quote import quoted
from broadcaster.station.table import Cell, Reader

T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)

FIRST_YEAR, LAST_YEAR = 2000, 2199


def text(cell: Cell) -> str | None:
    """Read a text that says something."""
    if not isinstance(cell.value, str):
        cell.wrong(msg("must be a text in quotes, not {found}"))
    elif not cell.value.strip():
        cell.wrong(msg("is empty"))
    else:
        return " ".join(cell.value.split())
    return None


def lines(cell: Cell) -> str | None:
    """Read a text that says something, in lines where it is written so."""
    if text(cell) is None:
        return None
    rows = (" ".join(row.split()) for row in cell.value.splitlines())
    return "\n".join(row for row in rows if row)


def card_address(cell: Cell) -> str | None:
    """Read the address of one of this machine's network cards."""
    written = text(cell)
    if written is None:
        return None
    try:
        return str(ipaddress.IPv4Address(written))
    except ValueError:
        cell.wrong(msg("must be the IPv4 address of a network card, not {found}"))
        return None


def boolean(cell: Cell) -> bool | None:
    """Read true or false."""
    if isinstance(cell.value, bool):
        return cell.value
    cell.wrong(msg("must be true or false, not {found}"))
    return None


def whole(low: int, high: int, wrong: Message) -> Reader[int]:
    """Read a whole number within bounds; `wrong` tells another type, with `{found}`."""

    def read(cell: Cell) -> int | None:
        if type(cell.value) is not int:
            cell.wrong(wrong)
        elif not low <= cell.value <= high:
            cell.wrong(msg("must be from {low} to {high}, not {found}", low=low, high=high))
        else:
            return cell.value
        return None

    return read


def number(low: float, high: float) -> Reader[float]:
    """Read a number, whole or not, within bounds."""

    def read(cell: Cell) -> float | None:
        if type(cell.value) not in {int, float}:
            cell.wrong(msg("must be a number, not {found}"))
        elif not low <= cell.value <= high:
            cell.wrong(msg("must be from {low:g} to {high:g}, not {found}", low=low, high=high))
        else:
            return float(cell.value)
        return None

    return read


def date(cell: Cell) -> dt.date | None:
    """Read a day, written without quotes."""
    # A datetime is a date to Python, though not to a reader.
    if type(cell.value) is dt.date:
        if FIRST_YEAR <= cell.value.year <= LAST_YEAR:
            return cell.value
        cell.wrong(msg("{found} is too far away to be meant"))
        return None
    cell.wrong(msg("must be a date like 2025-10-09, not {found}"), _meant_date(cell.value))
    return None


def _meant_date(value: object) -> Message | None:
    try:
        day = dt.date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
    return None if day is None else msg("without quotes: {date}", date=day.isoformat())


def one_of(known: Iterable[str]) -> Reader[str]:
    """Read one of some words."""
    words = tuple(known)

    def read(cell: Cell) -> str | None:
        if isinstance(cell.value, str) and cell.value in words:
            return cell.value
        hint = nearest(cell.value, words) if isinstance(cell.value, str) else None
        cell.wrong(msg("must be one of {words}, not {found}", words=", ".join(words)), hint)
        return None

    return read


def choice(kind: type[E]) -> Reader[E]:
    """Read one of an enumeration's words."""
    read_word = one_of(member.value for member in kind)

    def read(cell: Cell) -> E | None:
        word = read_word(cell)
        return None if word is None else kind(word)

    return read


def ident(cell: Cell) -> str | None:
    """Read an id."""
    if not isinstance(cell.value, str):
        cell.wrong(msg("must be an id in quotes, not {found}"))
    elif not is_id(cell.value):
        cell.wrong(*not_an_id(cell.value))
    else:
        return cell.value
    return None


def list_of(read_one: Reader[T], *, may_be_empty: bool = False) -> Reader[tuple[T, ...]]:
    """Read a list; what is wrong in it is noted and left out."""

    def read(cell: Cell) -> tuple[T, ...] | None:
        if isinstance(cell.value, str):
            cell.wrong(msg("must be a list in [ ], not {found}"), _listed(cell.value))
            # What it means is plain: kept, for a slot to be seen refused at its time.
            alone = read_one(cell)
            return None if alone is None else (alone,)
        if not isinstance(cell.value, list):
            cell.wrong(msg("must be a list in [ ], not {found}"))
            return None
        if not cell.value and not may_be_empty:
            cell.wrong(msg("is empty"))
        found = (read_one(element) for element in cell.elements())
        return tuple(value for value in found if value is not None)

    return read


def _listed(value: str) -> Message:
    return msg("write: {text}", text=f"[{quoted(value)}]")


def without_repeats(read_list: Reader[tuple[T, ...]]) -> Reader[tuple[T, ...]]:
    """Read a list in which nothing may stand twice."""

    def read(cell: Cell) -> tuple[T, ...] | None:
        values = read_list(cell)
        if values is None:
            return None
        seen = set()
        for element in cell.elements() if isinstance(cell.value, list) else ():
            # A list or a table in it is wrong already.
            if isinstance(element.value, list | dict):
                continue
            marker = (type(element.value), element.value)
            if marker in seen:
                element.wrong(msg("{found} stands here twice"))
            seen.add(marker)
        return tuple(dict.fromkeys(values))

    return read
