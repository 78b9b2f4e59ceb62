"""What people type for arguments and options: ids, days, lists."""

from __future__ import annotations

import unicodedata
from datetime import date
from typing import TypeVar

import click

from broadcaster.messages import tr

T = TypeVar("T")


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

    found = read(plain(value)) if isinstance(value, str) else value
    if not isinstance(found, date):
        text = tr('must be a day like 2025-10-09 or 09/10/2025, not "{found}"', found=value)
        raise click.BadParameter(text)
    return found


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
