"""`timetable`, whole."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.plan_desk import DEVICES, PLAYLIST, make, run
from tests.report.reading import Page


@pytest.fixture
def station(tmp_path: Path) -> Path:
    return make(tmp_path)


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
