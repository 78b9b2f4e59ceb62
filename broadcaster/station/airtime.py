"""Reads airtime tables. What is wrong in one closes it: doubt about the hour means no sound."""

from __future__ import annotations

from dataclasses import replace

from broadcaster.domain.station import Airtime
from broadcaster.messages import msg
from broadcaster.station.kinds import boolean, number, whole
from broadcaster.station.table import Table, table
from broadcaster.station.times import ranges, weekdays

CLOSED = Airtime()
"""Allows nothing; urgent airings alone pass it."""


def station_airtime(top: Table) -> Airtime:
    """Read the station's guard, which must be there."""
    if not top.has("airtime"):
        top.ask("airtime")
        top.key("airtime").wrong(
            msg("is missing: nothing but urgent announcements may sound"),
            msg('add: [airtime] with allowed = ["05:00-07:30", "16:30-19:00"]'),
        )
        return CLOSED
    mark = top.cell.document.mark()
    guard = top.optional("airtime", table, None)
    if guard is None:
        return CLOSED
    allowed = guard.required("allowed", ranges)
    found = _limits(guard, replace(CLOSED, allowed=allowed or ()))
    return CLOSED if top.cell.document.fault_since(mark) else found


def zone_airtime(zone: Table, station: Airtime) -> Airtime:
    """Read a zone's own guard; what it leaves out is the station's."""
    mark = zone.cell.document.mark()
    guard = zone.optional("airtime", table, None)
    if guard is None:
        return CLOSED if zone.cell.document.fault_since(mark) else station
    found = _limits(
        guard, replace(station, allowed=guard.optional("allowed", ranges, station.allowed))
    )
    # Without a station guard there is nothing sure to inherit from.
    return CLOSED if zone.cell.document.fault_since(mark) or not station.allowed else found


def _limits(guard: Table, base: Airtime) -> Airtime:
    sessions = whole(0, 1440, msg("must be a whole number of sessions, not {found}"))
    found = replace(
        base,
        days=guard.optional("days", weekdays, base.days),
        sessions_per_day=guard.optional("sessions_per_day", sessions, base.sessions_per_day),
        minutes_per_day=guard.optional("minutes_per_day", number(0, 1440), base.minutes_per_day),
        relays_count=guard.optional("relays_count", boolean, base.relays_count),
    )
    guard.close()
    return found
