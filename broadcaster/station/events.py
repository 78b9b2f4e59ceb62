"""Reads the rows of a letter's programme, and their reminders."""

from __future__ import annotations

import datetime as dt

from broadcaster.domain.campaign import Event, Reminder
from broadcaster.messages import msg
from broadcaster.station.dayrules import Window
from broadcaster.station.kinds import date, one_of, text
from broadcaster.station.slots import NO_ZONE, Frame
from broadcaster.station.table import Table, table
from broadcaster.station.times import time_of_day, whole_days

PARTS = ("sáng", "chiều", "tối", "cả ngày")


def event(row: Table, id_: str, frame: Frame) -> Event | None:
    """Read one; None where no day can be read."""
    day = row.required("date", date)
    until = row.optional("until", date, None)
    if day and until and until < day:
        row.key("until").wrong(
            msg("{last} lies before date = {first}", last=until.isoformat(), first=day.isoformat())
        )
        until = None
    title = row.required("title", text) or id_
    part = row.optional("part", one_of(PARTS), "")
    time = row.optional("time", time_of_day, None)
    place = row.optional("place", text, "")
    remind = _reminder(row, day, frame)
    row.close()
    if day is None:
        return None
    return Event(
        id=id_, title=title, date=day, until=until, part=part, time=time, place=place, remind=remind
    )


def _reminder(row: Table, day: dt.date | None, frame: Frame) -> Reminder | None:
    of = row.optional("remind", table, None)
    if of is None:
        return None
    before = of.required("before", whole_days)
    at = of.required("at", time_of_day)
    script = of.required("script", frame.around.script)
    zones = of.required("zones", frame.around.heard)
    of.close()
    if day is not None and before is not None:
        _check_day(of, day, before, frame.window)
    if before is None or at is None:
        return None
    return Reminder(before=before, at=at, script=script or "", zones=zones or (NO_ZONE,))


def _check_day(of: Table, day: dt.date, before: dt.timedelta, window: Window) -> None:
    outside = window.outside(day - before)
    if outside:
        of.key("before").wrong(outside)
