"""`playlist list` and `playlist show`, whole."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.desk import FILE, PLAYLIST, changed, make, run, told, usage, write

FULL = """\
format = 1
[campaign]
title = "Techfest"
theme = "Sáng tạo không giới hạn"
letter = { number = "12/UBND", date = 2025-09-20 }
implements = ["3093/SKHCN-QLCL", "7/KH"]
from = 2025-10-01
until = 2025-10-31
class = "priority"
enabled = false

[[radio]]
id = "tin"
name = "Bản tin"
at = ["05:30", "17:00"]
days = ["mon", "fri"]
from = 2025-10-06
until = 2025-10-20
except = [2025-10-13]
holidays = "skip"
class = "urgent"
order = 10
zones = ["phuong"]
late = "join"
if_cut = "restart"
gain_db = -3
items = [
    { chime = "default" }, { script = "tin" }, { pause = "2s" }, { audio = "nhac.flac" },
]

[[radio]]
id = "xa"
at = ["06:00"]
dates = [2025-10-08, 2025-10-09]
enabled = false
zones = ["phuong"]
items = [{ script = "chao" }]

[[led]]
id = "chu-de"
between = ["06:00-11:00", "18:00-22:00"]
zones = ["bang"]
slogans = ["Sáng tạo", "Vươn mình"]
effect = "hold"
dwell = "5s"

[[event]]
id = "khai-mac"
title = "Lễ khai mạc"
date = 2025-10-09
until = 2025-10-11
time = "07:30"
place = "Nhà văn hóa"
remind = { before = "1d", at = "17:00", script = "tin", zones = ["phuong"] }

[[event]]
id = "be-mac"
title = "Bế mạc"
date = 2025-10-11
part = "chiều"
"""


@pytest.fixture
def station(tmp_path: Path) -> Path:
    make(tmp_path)
    write(tmp_path / "playlists/techfest.toml", FULL)
    write(tmp_path / "scripts/nhac.flac", "is there")
    return tmp_path


def test_every_playlist_is_a_row(station: Path) -> None:
    write(
        station / "playlists/hang-ngay.toml",
        'format = 1\n[campaign]\ntitle = "Hằng ngày"\nuntil = 2025-12-31\n[[event]]\n'
        'id = "x"\ntitle = "X"\ndate = 2025-10-01\n',
    )
    assert told(run(station, "playlist", "list")) == (
        0,
        """\
hang-ngay  until 31/12/2025       normal    0 on air, 0 on signs, 1 event   Hằng ngày
ngay-hoi   22/09/2025-24/09/2025  normal    2 on air, 1 on signs, 1 event   Ngày hội
techfest   01/10/2025-31/10/2025  disabled  2 on air, 1 on signs, 2 events  Techfest
""",
        "",
    )


def test_the_list_as_json_is_a_playlist_a_line(station: Path) -> None:
    result = run(station, "playlist", "list", "--json")
    assert (result.exit_code, result.stderr) == (0, "")
    assert [json.loads(line) for line in result.stdout.splitlines()] == [
        {
            "id": "ngay-hoi", "title": "Ngày hội", "from": "2025-09-22", "until": "2025-09-24",
            "class": "normal", "enabled": True, "radio": 2, "led": 1, "events": 1,
        },
        {
            "id": "techfest", "title": "Techfest", "from": "2025-10-01", "until": "2025-10-31",
            "class": "priority", "enabled": False, "radio": 2, "led": 1, "events": 2,
        },
    ]  # fmt: skip


def test_a_station_without_playlists_says_how_to_make_one(tmp_path: Path) -> None:
    make(tmp_path)
    (tmp_path / FILE).unlink()
    assert told(run(tmp_path, "playlist", "list")) == (
        0,
        "",
        "there is no playlist; make one: broadcaster playlist new ID --title ...\n",
    )
    assert told(run(tmp_path, "playlist", "list", "--json")) == (0, "", "")


def test_show_tells_a_plain_playlist_in_few_lines(station: Path) -> None:
    assert told(run(station, "playlist", "show", "ngay-hoi")) == (
        0,
        """\
ngay-hoi: Ngày hội
  window: 22/09/2025-24/09/2025
  class: normal

On loudspeakers:
  sang   05:30  every day  phuong  60s
  chieu  17:00  every day  phuong  chime, chao

On signs:
  khau-hieu  06:00-22:00  every day  bang  Chào mừng

Events:
  khai-mac  24/09/2025  sáng  Lễ khai mạc; reminder chao, 1d before at 17:30, phuong
""",
        "",
    )


def test_show_leaves_nothing_out_of_a_full_one(station: Path) -> None:
    assert told(run(station, "playlist", "show", "techfest")) == (
        0,
        """\
techfest: Techfest
  theme: Sáng tạo không giới hạn
  letter: 12/UBND
  implements: 3093/SKHCN-QLCL, 7/KH
  window: 01/10/2025-31/10/2025
  class: priority
  disabled: nothing of it airs or is shown

On loudspeakers:
  tin  05:30, 17:00  mon,fri, 06/10/2025-20/10/2025, except 13/10, not on holidays  phuong  \
chime, tin, 2s, nhac.flac; urgent; order = 10
  xa   06:00         08/10-09/10 (2)                                                phuong  \
chao; priority; disabled

On signs:
  chu-de  06:00-11:00, 18:00-22:00  every day  bang  Sáng tạo | Vươn mình; priority

Events:
  khai-mac  09/10/2025-11/10/2025  07:30  Lễ khai mạc; Nhà văn hóa; \
reminder tin, 1d before at 17:00, phuong
  be-mac    11/10/2025             chiều  Bế mạc
""",
        "",
    )


def test_show_as_json_has_every_key(station: Path) -> None:
    result = run(station, "playlist", "show", "techfest", "--json")
    assert (result.exit_code, result.stderr) == (0, "")
    shown = json.loads(result.stdout)
    tin, xa = shown.pop("radio")
    assert tin == {
        "id": "tin", "name": "Bản tin", "days": ["mon", "fri"], "from": "2025-10-06",
        "until": "2025-10-20", "dates": [], "except": ["2025-10-13"], "holidays": "skip",
        "zones": ["phuong"], "class": "urgent", "order": 10, "enabled": True, "fault": None,
        "at": ["05:30", "17:00"], "late": "join", "if_cut": "restart", "gain_db": -3.0, "bed": None,
        "items": [
            {"chime": "default"}, {"script": "tin"}, {"pause": "2s"}, {"audio": "nhac.flac"},
        ],
    }  # fmt: skip
    assert (xa["dates"], xa["enabled"], xa["late"]) == (["2025-10-08", "2025-10-09"], False, "1m")
    assert shown == {
        "id": "techfest", "title": "Techfest", "theme": "Sáng tạo không giới hạn",
        "letter": {"number": "12/UBND", "date": "2025-09-20"},
        "implements": ["3093/SKHCN-QLCL", "7/KH"], "from": "2025-10-01", "until": "2025-10-31",
        "class": "priority", "enabled": False,
        "led": [
            {
                "id": "chu-de", "name": "", "from": None, "until": None, "dates": [],
                "days": ["mon", "tue", "wed", "thu", "fri", "sat", "sun"], "except": [],
                "holidays": "air", "zones": ["bang"], "class": "priority", "order": 0,
                "enabled": True, "fault": None, "between": ["06:00-11:00", "18:00-22:00"],
                "slogans": ["Sáng tạo", "Vươn mình"], "effect": "hold", "dwell": 5.0,
            }
        ],
        "events": [
            {
                "id": "khai-mac", "title": "Lễ khai mạc", "date": "2025-10-09",
                "until": "2025-10-11", "part": "", "time": "07:30", "place": "Nhà văn hóa",
                "remind": {"before": "1d", "at": "17:00", "script": "tin", "zones": ["phuong"]},
            },
            {
                "id": "be-mac", "title": "Bế mạc", "date": "2025-10-11", "until": None,
                "part": "chiều", "time": None, "place": "", "remind": None,
            },
        ],
    }  # fmt: skip


def test_show_tells_what_is_wrong_in_the_file_as_well(station: Path) -> None:
    write(station / FILE, changed(('"chao" }]', '"cha" }]')))
    write(station / "playlists/techfest.toml", FULL.replace('"bang"', '"bag"'))
    result = run(station, "playlist", "show", "ngay-hoi")
    assert result.stdout.splitlines()[6] == (
        "  chieu  17:00  every day  phuong  chime, cha; "
        "refused: radio.chieu.items[2].script: there is no scripts/cha.md"
    )
    assert result.exit_code == 0
    assert result.stderr == (
        f"{FILE}:20: radio.chieu.items[2].script: there is no scripts/cha.md; "
        'did you mean "chao"?\n'
    )


def test_a_playlist_that_toml_refuses_is_listed_with_its_line(station: Path) -> None:
    write(station / FILE, PLAYLIST + "oops = = 1\n")
    result = run(station, "playlist", "list")
    assert result.exit_code == 0
    assert [line.split()[0] for line in result.stdout.splitlines()] == ["ngay-hoi", "techfest"]
    assert result.stderr.startswith(f"{FILE}:35: event.khai-mac.oops: ")


def test_a_missing_playlist_is_told_with_a_near_id(station: Path) -> None:
    assert told(run(station, "playlist", "show", "techfets")) == (
        1,
        "",
        'playlists/techfets.toml: is missing; did you mean "techfest"?\n',
    )
    assert told(run(station, "playlist", "show", "xyz")) == (
        1,
        "",
        "playlists/xyz.toml: is missing\n",
    )


def test_what_is_no_id_is_told_with_one_that_is(station: Path) -> None:
    assert told(run(station, "playlist", "show", "Ngày hội")) == usage(
        "playlist show",
        "[OPTIONS] ID",
        "Invalid value for 'ID': an id has lower-case letters a-z, digits and hyphens, "
        'not "Ngày hội"; did you mean "ngay-hoi"?',
    )


def test_a_station_that_cannot_be_read_tells_why(station: Path) -> None:
    write(station / "devices.toml", "format = 2\n")
    result = run(station, "playlist", "list")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith("devices.toml:1: format: ")


def test_a_slogan_of_two_lines_is_told_on_one(tmp_path: Path) -> None:
    broken = ('slogans = ["Chào mừng"]', r'slogans = ["Chào mừng\nNgày hội", "Tự hào"]')
    station = make(tmp_path, changed(broken))
    told_of = "  khau-hieu  06:00-22:00  every day  bang  Chào mừng / Ngày hội | Tự hào"
    assert told_of in run(station, "playlist", "show", "ngay-hoi").stdout.splitlines()
    ahead = run(station, "timetable", "--from", "2025-09-24").stdout.splitlines()[-1]
    assert ahead == "24/09/2025 06:00-22:00  cong  Chào mừng / Ngày hội | Tự hào"
