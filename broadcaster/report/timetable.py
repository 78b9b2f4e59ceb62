"""The timetable to be handed round: a page, and a calendar file."""

from __future__ import annotations

import math
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

from broadcaster.domain.airing import Entry, Rundown
from broadcaster.domain.station import Station
from broadcaster.messages import tr
from broadcaster.planning.signage import SignSpan, Withheld
from broadcaster.planning.untimed import Untimed
from broadcaster.report.airings import campaign_title, days, figures, lines, timeless, zone_name
from broadcaster.report.page import page
from broadcaster.report.rehearsal import campaigns
from broadcaster.report.signs import planned_boards
from broadcaster.report.words import cutting, day_short, passing, word


def timetable_page(
    station: Station,
    rundown: Rundown,
    spans: Iterable[SignSpan],
    from_: date,
    until: date,
    *,
    withheld: Iterable[Withheld] = (),
    untimed: Iterable[Untimed] = (),
) -> str:
    """Give the page of what is planned from one day to another, both included."""
    shown = lines(station, rundown, {}, {})
    return page(
        "timetable",
        title=tr("Timetable"),
        station=station.name,
        recorded=False,
        campaigns=campaigns(station, shown),
        window=f"{day_short(from_)} - {day_short(until)}",
        zone=str(station.timezone),
        figures=[(status, word(status), count, why) for status, count, why in figures(shown)],
        days=days(shown),
        untimed=timeless(station, untimed),
        boards=planned_boards(station, spans, withheld),
    )


def timetable_ics(station: Station, rundown: Rundown, now: datetime) -> bytes:
    """Give the airings as iCalendar (RFC 5545), UTC; a refused one is cancelled, with its reason.

    `now` stands in it as the time at which it was made.
    """
    import icalendar

    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//broadcaster//timetable//VI")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", station.name)
    calendar.add("x-wr-timezone", str(station.timezone))
    for entry in rundown.entries:
        event = icalendar.Event()
        for name, value in _properties(station, entry, now):
            event.add(name, value)
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _properties(station: Station, entry: Entry, now: datetime) -> list[tuple[str, object]]:
    airing, length = entry.airing, (entry.ends - entry.begins).total_seconds()
    about = campaign_title(station, airing.campaign)
    reason = [tr(entry.refusal)] if entry.refusal else []
    reason += [passing(entry.passed)] if entry.passed else []
    reason += [cutting(entry)] if entry.cuts else []
    return [
        ("uid", airing.key),
        ("dtstamp", now.astimezone(UTC)),
        ("dtstart", entry.begins.astimezone(UTC)),
        (
            "duration",
            timedelta(seconds=max(1, math.ceil(length))),
        ),
        ("summary", airing.slot.name or airing.slot.id),
        ("location", zone_name(station, airing.zone)),
        ("description", "\n".join([about, *reason])),
        ("categories", [airing.slot.air_class.value]),
        ("status", "CANCELLED" if entry.refusal else "CONFIRMED"),
        ("transp", "TRANSPARENT"),
    ]
