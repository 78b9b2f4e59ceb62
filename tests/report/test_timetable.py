from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import icalendar

from broadcaster.domain.airing import Rundown
from broadcaster.domain.station import Station
from broadcaster.report.timetable import timetable_ics, timetable_page
from tests.report.reading import Page
from tests.report.sample import MORNING, RUNDOWN, SPANS

NOW = datetime(2025, 9, 20, tzinfo=UTC)


def test_the_page_tells_the_plan(station: Station) -> None:
    page = Page(timetable_page(station, RUNDOWN, SPANS, date(2025, 9, 22), date(2025, 9, 28)))
    hours = ["0", "6", "12", "18", "24"]
    assert page.words == [
        *["Timetable: Đài truyền thanh phường", "Timetable", "Đài truyền thanh phường"],
        *["Ngày hội", "22/09/2025 - 28/09/2025 · Asia/Ho_Chi_Minh"],
        *["Figures", "3", "planned"],
        *["1", "refused", "1 × outside the allowed hours, 05:00-07:30"],
        *["Airings", "22/09", "23/09"],
        *["Monday 22/09/2025", "Toàn phường", *hours],
        *["05:30", "Bản tin <b>& tin vắn</b>", "planned", "Toàn phường · about 1:35 long"],
        *["06:00", "mat", "planned", "Toàn phường · about 1:35 long"],
        *["23:30", "dem", "refused", "outside the allowed hours, 05:00-07:30"],
        *["Toàn phường · about 1:35 long"],
        *["Tuesday 23/09/2025", "Toàn phường", *hours],
        *["05:30", "Bản tin <b>& tin vắn</b>", "planned", "Toàn phường · about 1:35 long"],
        *["Signs", "Cổng", "128 × 16"],
        *["Chào mừng", "planned", "1 × · 16 h", "When", "22/09 06:00-22:00"],
        *["Tự hào", "planned", "1 × · 16 h", "When", "23/09 06:00-22:00"],
    ]
    assert page.all("audio") == page.all("img") == []


def test_the_calendar_holds_every_airing(station: Station) -> None:
    calendar = icalendar.Calendar.from_ical(timetable_ics(station, RUNDOWN, NOW))
    assert calendar["version"] == "2.0"
    assert calendar["x-wr-calname"] == "Đài truyền thanh phường"
    events = calendar.walk("VEVENT")
    assert [str(event["uid"]) for event in events] == [e.airing.key for e in RUNDOWN.entries]
    first, refused = events[0], events[2]
    assert first["dtstart"].dt == datetime(2025, 9, 21, 22, 30, tzinfo=UTC)
    assert first["dtstamp"].dt == NOW
    assert first["duration"].dt == timedelta(seconds=95)
    assert first["summary"] == "Bản tin <b>& tin vắn</b>"
    assert first["location"] == "Toàn phường"
    assert first["description"] == "Ngày hội"
    assert first["status"] == "CONFIRMED"
    assert refused["status"] == "CANCELLED"
    assert refused["description"] == "Ngày hội\noutside the allowed hours, 05:00-07:30"


def test_the_calendar_is_written_as_rfc_5545_says(station: Station) -> None:
    slot = MORNING.airing.slot
    long = Rundown((MORNING._replace(airing=MORNING.airing._replace(seconds=95.01)),))
    lines = timetable_ics(station, long, NOW).split(b"\r\n")
    assert lines[0] == b"BEGIN:VCALENDAR"
    assert lines[-2:] == [b"END:VCALENDAR", b""]
    assert b"DTSTART:20250921T223000Z" in lines
    # A started second is a whole one.
    assert b"DURATION:PT1M36S" in lines
    # 3.1: no line is longer than 75 octets, no bare line feed stands in one.
    assert not [line for line in lines if len(line) > 75 or b"\n" in line]
    assert slot.name.encode() in b"".join(lines).replace(b"\r\n ", b"")


def test_an_empty_plan_is_an_empty_calendar(station: Station) -> None:
    calendar = icalendar.Calendar.from_ical(timetable_ics(station, Rundown(()), NOW))
    assert calendar.walk("VEVENT") == []


def test_made_again_it_is_the_same(station: Station) -> None:
    assert timetable_ics(station, RUNDOWN, NOW) == timetable_ics(station, RUNDOWN, NOW)
