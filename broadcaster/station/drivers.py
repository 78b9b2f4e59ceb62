"""Reads what loudspeakers and signs have in common: a driver, and percentages by time of day."""

from __future__ import annotations

from collections.abc import Collection

from broadcaster.domain.station import Percent
from broadcaster.messages import msg
from broadcaster.station.ids import nearest
from broadcaster.station.kinds import whole
from broadcaster.station.table import Cell, Table, rows
from broadcaster.station.times import overlaps, time_range

percent = whole(0, 100, msg("must be a whole percentage, not {found}"))


def driver_of(of: Table, drivers: Collection[str]) -> str | None:
    """Read which driver; without one nobody can say which other keys it knows."""

    def read(cell: Cell) -> str | None:
        if not isinstance(cell.value, str) or cell.value not in drivers:
            hint = nearest(cell.value, drivers) if isinstance(cell.value, str) else None
            cell.wrong(msg("must be one of {words}, not {found}", words=", ".join(drivers)), hint)
        else:
            return cell.value
        return None

    return of.required("driver", read)


def percents(cell: Cell) -> tuple[Percent, ...]:
    """Read percentages for parts of the day, none of which overlap."""
    found = []
    for row in rows(cell):
        between = row.required("between", time_range)
        level = row.required("percent", percent)
        row.close()
        if between is not None and level is not None:
            found.append(Percent(between, level))
    for first, second in overlaps(tuple(one.between for one in found)):
        cell.wrong(msg("{first} and {second} overlap", first=str(first), second=str(second)))
    return tuple(found)
