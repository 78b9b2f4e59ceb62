"""`timetable` as it is asked: which days, and into which files."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.cli.desk import told, usage
from tests.cli.plan_desk import BEFORE, make, run


@pytest.fixture
def station(tmp_path: Path) -> Path:
    return make(tmp_path)


@pytest.mark.parametrize(
    ("now", "said"),
    [
        (BEFORE, "no campaign has begun: the first begins on 22/09/2025"),
        (datetime(2025, 9, 23, tzinfo=UTC), ""),
        (datetime(2025, 9, 24, tzinfo=UTC), "every campaign is over: the last ended on 23/09/2025"),
    ],
)
def test_it_says_when_no_campaign_is_on(station: Path, now: datetime, said: str) -> None:
    assert run(station, "timetable", now=now).stderr.splitlines()[:1] == ([said] if said else [])


@pytest.mark.parametrize("command", ["timetable", "rehearse"])
def test_days_the_wrong_way_round_are_not_understood(station: Path, command: str) -> None:
    days = ["--from", "2025-09-23", "--until", "2025-09-22"]
    assert told(run(station, command, *days)) == usage(
        command, "[OPTIONS]", "the first day, 23/09/2025, is after the last, 22/09/2025"
    )
    assert not (station / "var").exists()


@pytest.mark.parametrize("command", ["timetable", "rehearse"])
@pytest.mark.parametrize("option", ["--from", "--until"])
@pytest.mark.parametrize(
    ("day", "error"),
    [
        ("2025-09-31", 'must be a day like 2025-10-09 or 09/10/2025, not "2025-09-31"'),
        ("hôm nay", 'must be a day like 2025-10-09 or 09/10/2025, not "hôm nay"'),
        ("0001-01-01", "must be a day from 01/01/2000 to 31/12/2199"),
        ("31/12/1999", "must be a day from 01/01/2000 to 31/12/2199"),
        ("01/01/2200", "must be a day from 01/01/2000 to 31/12/2199"),
        ("9999-12-31", "must be a day from 01/01/2000 to 31/12/2199"),
    ],
)
def test_a_day_that_is_none_is_not_understood(
    station: Path, command: str, option: str, day: str, error: str
) -> None:
    assert told(run(station, command, option, day)) == usage(
        command, "[OPTIONS]", f"Invalid value for '{option}': {error}"
    )


@pytest.mark.parametrize("day", ["2000-01-01", "31/12/2199"])
def test_the_first_day_and_the_last_are_days(station: Path, day: str) -> None:
    assert told(run(station, "timetable", "--from", day, "--until", day))[:2] == (0, "")


def test_days_are_typed_as_people_write_them(station: Path) -> None:
    days = [("--from", "22/09/2025", "--until", "22/9/2025"), ("--from", "2025-09-22")]
    vietnamese, iso = (run(station, "timetable", *each).stdout for each in days)
    assert vietnamese.splitlines()[0] == iso.splitlines()[0]
    assert len(vietnamese.splitlines()) == 5


def test_help_says_that_a_day_is_wanted(station: Path) -> None:
    said = run(station, "timetable", "--help").stdout
    assert "--from DAY " in said
    assert "--until DAY " in said


def test_a_page_and_a_calendar(station: Path, tmp_path: Path) -> None:
    page, calendar = tmp_path / "lich.html", tmp_path / "lich.ics"
    result = run(station, "timetable", "--html", str(page), "--ics", str(calendar))
    assert result.stderr.splitlines()[-2:] == [f"written: {page}", f"written: {calendar}"]
    assert "Đài thử" in page.read_text(encoding="utf-8")
    assert calendar.read_bytes().count(b"BEGIN:VEVENT") == 6


def test_a_page_that_cannot_be_written_exits_3(station: Path, tmp_path: Path) -> None:
    result = run(station, "timetable", "--html", str(tmp_path / "none" / "lich.html"))
    assert result.exit_code == 3
    assert "can't be written" in result.stderr
