"""Reads which days a slot is meant for, and holds them against the campaign's window."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from broadcaster.domain.days import EVERY_DAY, DayRule
from broadcaster.messages import Message, msg
from broadcaster.station.kinds import date, list_of, one_of, without_repeats
from broadcaster.station.table import Cell, Table
from broadcaster.station.times import weekdays

_dates = without_repeats(list_of(date))


@dataclass(frozen=True)
class Window:
    """The days of a campaign, both included; either may be open."""

    first: dt.date | None = None
    last: dt.date | None = None

    def outside(self, day: dt.date) -> Message | None:
        """Say where a day lies, when it isn't inside."""
        if self.first and day < self.first:
            return msg(
                "{day} lies before the campaign's window, which opens on {first}",
                day=day.isoformat(),
                first=self.first.isoformat(),
            )
        if self.last and day > self.last:
            return msg(
                "{day} lies after the campaign's window, which closes on {last}",
                day=day.isoformat(),
                last=self.last.isoformat(),
            )
        return None


def window(table: Table) -> Window:
    """Read `from` and `until`."""
    first = table.optional("from", date, None)
    last = table.optional("until", date, None)
    if first and last and first > last:
        table.key("until").wrong(
            msg("{last} lies before from = {first}", last=last.isoformat(), first=first.isoformat())
        )
    return Window(first, last)


def day_rule(table: Table, campaign: Window) -> DayRule:
    """Read days, from, until, dates, except and holidays; warns of what can never air."""
    own = window(table)
    rule = DayRule(
        weekdays=table.optional("days", weekdays, EVERY_DAY),
        from_=own.first,
        until=own.last,
        dates=frozenset(table.optional("dates", _dates, ())),
        except_=frozenset(table.optional("except", _dates, ())),
        holidays=table.optional("holidays", _holidays, "air"),
    )
    for key in ("from", "until"):
        _warn_outside(table.key(key), campaign)
    if rule.dates:
        for element in table.key("dates").elements():
            _warn_outside(element, campaign)
    return rule


def _warn_outside(cell: Cell, campaign: Window) -> None:
    outside = campaign.outside(cell.value) if type(cell.value) is dt.date else None
    if outside:
        cell.warn(outside)


def _holidays(cell: Cell) -> Literal["air", "skip"] | None:
    word = one_of(("air", "skip"))(cell)
    return None if word is None else "skip" if word == "skip" else "air"
