"""`timetable` and `device`, whole."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from broadcaster.cli import main
from broadcaster.cli.app import App
from broadcaster.clock import SimulatedTime
from tests.cli.desk import told, usage
from tests.report.reading import Page

DEVICES = """\
format = 1
[station]
name = "Đài thử"
timezone = "Asia/Ho_Chi_Minh"
[airtime]
allowed = ["05:00-07:30"]
[zones.phuong]
speakers = ["loa"]
[zones.bang]
signs = ["cong"]
[speakers.loa]
driver = "file"
volume = 80
[signs.cong]
driver = "virtual"
width = 128
height = 16
"""
PLAYLIST = """\
format = 1
[campaign]
title = "Ngày hội"
from = 2025-09-22
until = 2025-09-23

[[radio]]
id = "sang"
at = ["05:30", "17:00"]
zones = ["phuong"]
items = [{ pause = "62s" }]

[[radio]]
id = "tin"
at = ["05:30"]
class = "priority"
zones = ["phuong"]
items = [{ pause = "30s" }]

[[led]]
id = "khau-hieu"
between = ["06:00-22:00"]
zones = ["bang"]
slogans = ["Chào mừng", "Ngày hội"]
"""
BEFORE = datetime(2025, 9, 21, tzinfo=UTC)


@pytest.fixture
def station(tmp_path: Path) -> Path:
    for name in ("playlists", "scripts"):
        (tmp_path / name).mkdir()
    (tmp_path / "devices.toml").write_text(DEVICES)
    (tmp_path / "playlists" / "ngay-hoi.toml").write_text(PLAYLIST)
    return tmp_path


def run(station: Path, *words: str, now: datetime = BEFORE) -> Result:
    return CliRunner().invoke(main, words, obj=App(station, SimulatedTime(now)))


def test_a_week_from_today_in_the_order_it_goes_on_air(station: Path) -> None:
    result = run(station, "timetable")
    assert result.exit_code == 0
    assert (
        result.stdout
        == """\
22/09/2025 05:30  phuong  ngay-hoi/tin   0:30  priority
22/09/2025 05:30  phuong  ngay-hoi/sang  1:02  begins at 05:30:30
22/09/2025 17:00  phuong  ngay-hoi/sang  1:02  refused: outside the hours allowed for \
broadcasts, 05:00-07:30
23/09/2025 05:30  phuong  ngay-hoi/tin   0:30  priority
23/09/2025 05:30  phuong  ngay-hoi/sang  1:02  begins at 05:30:30
23/09/2025 17:00  phuong  ngay-hoi/sang  1:02  refused: outside the hours allowed for \
broadcasts, 05:00-07:30

22/09/2025 06:00-22:00  cong  Chào mừng | Ngày hội
23/09/2025 06:00-22:00  cong  Chào mừng | Ngày hội
"""
    )
    assert result.stderr == "no campaign has begun: the first begins on 22/09/2025\n"


def test_json_has_the_fields_that_others_rely_on(station: Path) -> None:
    result = run(station, "timetable", "--from", "2025-09-22", "--until", "2025-09-22", "--json")
    table = json.loads(result.stdout)
    assert table["airings"][0] == {
        "key": "ngay-hoi/tin/2025-09-22T05:30+07:00/phuong",
        "group": "ngay-hoi/tin/2025-09-22T05:30+07:00",
        "campaign": "ngay-hoi",
        "slot": "tin",
        "start": "2025-09-22T05:30:00+07:00",
        "zone": "phuong",
        "class": "priority",
        "seconds": 30.0,
        "status": "planned",
        "reason": "",
    }
    assert [(row["slot"], row["status"]) for row in table["airings"]] == [
        ("tin", "planned"),
        ("sang", "planned"),
        ("sang", "refused"),
    ]
    assert table["airings"][2]["reason"] == (
        "outside the hours allowed for broadcasts, 05:00-07:30"
    )
    assert table["signs"] == [
        {
            "sign": "cong",
            "from": "2025-09-22T06:00:00+07:00",
            "until": "2025-09-22T22:00:00+07:00",
            "slogans": ["Chào mừng", "Ngày hội"],
            "campaign": "ngay-hoi",
            "status": "planned",
            "reason": "",
        }
    ]
    assert table["faulty"] == []


@pytest.mark.parametrize(
    ("between", "told"),
    [
        ("00:00-24:00", "22/09/2025 00:00-24:00"),
        ("18:00-24:00", "22/09/2025 18:00-24:00"),
        ("18:00-02:00", "22/09/2025 18:00 - 23/09/2025 02:00"),
    ],
)
def test_a_sign_s_row_ends_when_it_ends(station: Path, between: str, told: str) -> None:
    (station / "playlists" / "ngay-hoi.toml").write_text(
        PLAYLIST.replace("06:00-22:00", between).replace("until = 2025-09-23", "until = 2025-09-22")
    )
    rows = run(station, "timetable", "--from", "2025-09-22", "--until", "2025-09-23").stdout
    assert rows.splitlines()[-1] == f"{told}  cong  Chào mừng | Ngày hội"


def test_what_begins_at_its_start_does_not_wait_while_clocks_go_back(station: Path) -> None:
    devices = DEVICES.replace("Asia/Ho_Chi_Minh", "Europe/Berlin").replace("05:00-07", "01:00-07")
    (station / "devices.toml").write_text(devices)
    (station / "playlists" / "ngay-hoi.toml").write_text(
        PLAYLIST.replace("2025-09", "2025-10")
        .replace("2025-10-23", "2025-10-27")
        .replace('"05:30", "17:00"', '"02:30"')
        .replace('"05:30"', '"02:30"')
    )
    day = ("timetable", "--from", "2025-10-26", "--until", "2025-10-26")
    assert run(station, *day).stdout.splitlines()[:2] == [
        "26/10/2025 02:30  phuong  ngay-hoi/tin   0:30  priority",
        "26/10/2025 02:30  phuong  ngay-hoi/sang  1:02  begins at 02:30:30",
    ]


WRONG = """
[[led]]
id = "sai"
between = ["07:00-08:00"]
zones = ["bang"]
slogans = [""]

[[radio]]
id = "khong-gio"
at = "5 giờ"
zones = ["phuong"]
items = [{ pause = "62s" }]
"""
NO_TIME = """radio.khong-gio.at: must be a list in [ ], not "5 giờ\""""


def test_what_has_a_fault_is_refused_and_never_left_out(station: Path, tmp_path: Path) -> None:
    head = PLAYLIST.split("[[radio]]", maxsplit=1)[0]
    (station / "playlists" / "ngay-hoi.toml").write_text(head + WRONG)
    day = ("timetable", "--from", "2025-09-22", "--until", "2025-09-22")
    assert (
        run(station, *day).stdout
        == f"""\
22/09/2025 07:00-08:00  cong  ngay-hoi/sai; refused: led.sai.slogans: is empty

22/09/2025 --:--  phuong  ngay-hoi/khong-gio; refused: {NO_TIME}
"""
    )
    assert json.loads(run(station, *day, "--json").stdout) == {
        "airings": [],
        "signs": [
            {
                "sign": "cong",
                "from": "2025-09-22T07:00:00+07:00",
                "until": "2025-09-22T08:00:00+07:00",
                "slogans": [],
                "campaign": "ngay-hoi",
                "slot": "sai",
                "status": "refused",
                "reason": "led.sai.slogans: is empty",
            }
        ],
        "faulty": [
            {
                "day": "2025-09-22",
                "campaign": "ngay-hoi",
                "slot": "khong-gio",
                "zones": ["phuong"],
                "reason": NO_TIME,
            }
        ],
    }
    page = tmp_path / "lich.html"
    run(station, *day, "--html", str(page))
    words = Page(page.read_text(encoding="utf-8")).words
    assert words[words.index("At no time: refused") :] == [
        *["At no time: refused", "22/09", "khong-gio", NO_TIME, "Ngày hội"],
        *["Signs", "cong", "128 × 16", "sai", "refused", "1 × · 1 h"],
        *["led.sai.slogans: is empty", "When", "22/09 07:00-08:00"],
    ]


def test_a_rehearsal_tells_what_signs_may_not_show(station: Path, tmp_path: Path) -> None:
    head = PLAYLIST.split("[[radio]]", maxsplit=1)[0]
    (station / "playlists" / "ngay-hoi.toml").write_text(head + WRONG)
    out = tmp_path / "out"
    day = ("--from", "2025-09-22", "--until", "2025-09-22", "--out", str(out))
    assert (
        run(station, "rehearse", *day).stdout
        == f"""\
22/09/2025 07:00  cong    ngay-hoi/sai        refused  led.sai.slogans: is empty
22/09/2025 --:--  phuong  ngay-hoi/khong-gio  refused  {NO_TIME}

In all: no airings
"""
    )
    words = Page((out / "index.html").read_text(encoding="utf-8")).words
    assert "At no time: refused" in words
    assert "led.sai.slogans: is empty" in words
    told = run(station, "log", "--ledger", str(out / "ledger.sqlite")).stdout
    assert (
        "22/09/2025 07:00:00  refused  ngay-hoi/sai/2025-09-22T07:00+07:00/cong  "
        "blocked: led.sai.slogans: is empty\n"
    ) in told


def test_an_urgent_one_says_what_it_passes(station: Path) -> None:
    file = station / "playlists" / "ngay-hoi.toml"
    file.write_text(PLAYLIST.replace('at = ["05:30", "17:00"]', 'at = ["17:00"]\nclass = "urgent"'))
    day = ("timetable", "--from", "2025-09-22", "--until", "2025-09-22")
    assert run(station, *day).stdout.splitlines()[1] == (
        "22/09/2025 17:00  phuong  ngay-hoi/sang  1:02  urgent; passes the airtime guard: "
        "outside the hours allowed for broadcasts, 05:00-07:30"
    )
    row = json.loads(run(station, *day, "--json").stdout)["airings"][1]
    assert (row["status"], row["reason"], row["passed_guard"]) == (
        "planned",
        "",
        "outside the hours allowed for broadcasts, 05:00-07:30",
    )


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


def test_devices_are_listed_with_what_they_are_told(station: Path) -> None:
    result = run(station, "device", "list")
    assert result.stdout == (
        "speaker  loa   file     volume 80 % phuong\nsign     cong  virtual  128x16  bang\n"
    )
    lines = run(station, "device", "list", "--json").stdout.splitlines()
    rows = [json.loads(line) for line in lines]
    assert [row["id"] for row in rows] == ["loa", "cong"]


def test_every_device_is_asked_and_one_that_fails_exits_3(station: Path) -> None:
    fine = run(station, "device", "check")
    assert (fine.stdout, fine.exit_code) == ("loa   works\ncong  works\n", 0)
    audio = station / "var" / "audio"
    (audio / "loa").rmdir()
    (audio / "loa").write_text("a file where the folder should be")
    broken = run(station, "device", "check")
    assert broken.exit_code == 3
    first, second = broken.stdout.splitlines()
    assert first.startswith("loa   can't write in ")
    assert second == "cong  works"
