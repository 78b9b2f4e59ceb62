"""What people type for arguments and options: ids, days, lists."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from datetime import date
from typing import Any, TypeVar

import click

from broadcaster.messages import tr
from broadcaster.report.words import day_short

T = TypeVar("T")
F = TypeVar("F", bound=Callable[..., Any])


def ident(value: str) -> str:
    """Read an id, of what there is or of what is to be made."""
    from broadcaster.station.ids import is_id, not_an_id

    if not is_id(value):
        message, hint = not_an_id(value)
        raise click.BadParameter(f"{tr(message)}; {tr(hint)}" if hint else tr(message))
    return value


def day(value: str | date) -> date:
    """Read a day: 2025-10-09 or 09/10/2025."""
    from broadcaster.station.edit_literal import day as read
    from broadcaster.station.kinds import FIRST_YEAR, LAST_YEAR

    found = read(plain(value)) if isinstance(value, str) else value
    if not isinstance(found, date):
        text = tr('must be a day like 2025-10-09 or 09/10/2025, not "{found}"', found=value)
        raise click.BadParameter(text)
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        first, last = day_short(date(FIRST_YEAR, 1, 1)), day_short(date(LAST_YEAR, 12, 31))
        raise click.BadParameter(tr("must be a day from {first} to {last}", first=first, last=last))
    return found


def day_option(*names: str, **more: Any) -> Callable[[F], F]:
    """Give a command an option that is a day."""
    return click.option(*names, type=day, metavar=tr("DAY"), **more)


def in_order(first: date | None, last: date | None) -> None:
    """Refuse to go backwards in time."""
    if first and last and last < first:
        text = tr(
            "the first day, {first}, is after the last, {last}",
            first=day_short(first),
            last=day_short(last),
        )
        raise click.UsageError(text)


def texts(value: str) -> list[str]:
    """Read texts with commas between them, one at least."""
    found = [part for each in value.split(",") if (part := plain(each))]
    if not found:
        raise click.BadParameter(tr("is empty"))
    return found


def days(value: str) -> list[date]:
    """Read days with commas between them."""
    return [day(each) for each in texts(value)]


def plain(text: str) -> str:
    """Give a text on one line, its letters whole."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def flat(lists: tuple[list[T], ...]) -> list[T]:
    """Give the elements of an option that was given several times."""
    return list(dict.fromkeys(element for each in lists for element in each))
