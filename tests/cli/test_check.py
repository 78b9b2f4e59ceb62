"""`check`, whole: what a person reads, what a program reads, and how it ends."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.cli.check_desk import AT_NIGHT, BAD_SIGN, DEVICES, PLAYLIST, check, make


@pytest.fixture
def station(tmp_path: Path) -> Path:
    return make(tmp_path)


DAILY = """\
format = 1
[campaign]
title = "Hằng ngày"

[[radio]]
id = "hieu"
at = ["05:20"]
zones = ["phuong"]
items = [{ pause = "20m" }]
"""
MISSPELT = """
[[radio]]
id = "hong"
at = ["06:00"]
zones = ["phung"]
items = [{ script = "cha" }]
"""


def test_a_station_that_is_right(station: Path) -> None:
    result = check(station)
    assert (result.stdout, result.stderr, result.exit_code) == ("", "no problems\n", 0)


def test_every_problem_of_every_file_and_every_refusal_ahead(station: Path) -> None:
    (station / "devices.toml").write_text(DEVICES + BAD_SIGN)
    (station / "playlists" / "ngay-hoi.toml").write_text(PLAYLIST + AT_NIGHT + MISSPELT)
    result = check(station)
    assert result.exit_code == 1
    assert result.stdout == (
        'devices.toml:13: signs.cong.width: must be a whole number of pixels, not "128px"\n'
        'devices.toml:15: signs.cong.idel: unknown key; did you mean "idle"?\n'
        "playlists/ngay-hoi.toml:13: radio.dem: 14 airings can't air, the first on "
        "22/09/2025 03:15 in phuong: outside the hours allowed for broadcasts, 05:00-07:30\n"
        'playlists/ngay-hoi.toml:22: radio.hong.zones: there is no zone "phung"; '
        'did you mean "phuong"?\n'
        "playlists/ngay-hoi.toml:23: radio.hong.items[1].script: there is no scripts/cha.md; "
        'did you mean "chao"?\n'
    )
    assert result.stderr == "5 errors, 0 warnings\n"


def test_json_is_a_problem_a_line_with_english_keys(station: Path) -> None:
    (station / "scripts" / "chao.wav").unlink()
    result = check(station, "--json")
    assert result.exit_code == 0
    assert [json.loads(line) for line in result.stdout.splitlines()] == [
        {
            "file": "scripts/chao.md",
            "line": None,
            "key": "",
            "message": "only espeak would read this",
            "hint": "a recording beside it would be heard instead: chao.wav",
            "level": "warning",
        }
    ]


def test_a_programme_without_an_end_clashes_on_days_to_come_alone(station: Path) -> None:
    (station / "playlists" / "hang-ngay.toml").write_text(DAILY)
    before = check(station, today=datetime(2025, 9, 24, tzinfo=UTC))
    assert (before.exit_code, before.stderr) == (1, "1 error, 0 warnings\n")
    assert before.stdout == (
        "playlists/ngay-hoi.toml:7: radio.sang: 12 airings can't air, the first on 24/09/2025 "
        "05:30 in phuong: clashes with hang-ngay/hieu, on air until 05:40: it may begin at most 1m "
        "late\n"
    )
    after = check(station, today=datetime(2025, 10, 6, tzinfo=UTC))
    assert (after.exit_code, after.stdout, after.stderr) == (0, "", "no problems\n")


def test_campaigns_that_are_over_are_looked_at_whole(station: Path) -> None:
    (station / "playlists" / "ngay-hoi.toml").write_text(PLAYLIST + AT_NIGHT)
    result = check(station, today=datetime(2026, 9, 1, tzinfo=UTC))
    assert (result.exit_code, result.stderr) == (1, "1 error, 0 warnings\n")
    assert result.stdout == (
        "playlists/ngay-hoi.toml:13: radio.dem: 14 airings can't air, the first on "
        "22/09/2025 03:15 in phuong: outside the hours allowed for broadcasts, 05:00-07:30\n"
    )


def test_a_slot_with_a_wrong_id_is_told_by_its_row_and_line(station: Path) -> None:
    rule = 'days = ["mon"]\nfrom = 2025-09-23\nuntil = 2025-09-23\nat ='
    idle = AT_NIGHT.replace('"dem"', '"Đêm"').replace("at =", rule)
    (station / "playlists" / "ngay-hoi.toml").write_text(PLAYLIST + idle)
    result = check(station)
    assert result.exit_code == 1
    assert result.stdout == (
        "playlists/ngay-hoi.toml:13: radio[2]: its rules and the campaign's window leave it no "
        "day\n"
        "playlists/ngay-hoi.toml:14: radio[2].id: an id has lower-case letters a-z, digits and "
        'hyphens, not "Đêm"; did you mean "dem"?\n'
    )
    assert result.stderr == "2 errors, 0 warnings\n"


@pytest.mark.parametrize("nothing", ["...", "🎉", "-\n\n*"])
def test_a_script_that_leaves_a_voice_nothing_to_say(station: Path, nothing: str) -> None:
    (station / "scripts" / "cham.md").write_text(f"---\ntitle: Chấm\n---\n{nothing}\n")
    result = check(station)
    assert (result.exit_code, result.stderr) == (1, "1 error, 0 warnings\n")
    assert result.stdout == "scripts/cham.md:3: has no text to be spoken\n"


def test_a_folder_that_holds_no_station(tmp_path: Path) -> None:
    result = check(tmp_path)
    assert (result.exit_code, result.stdout, result.stderr) == (
        1,
        "devices.toml: is missing\n",
        "1 error, 0 warnings\n",
    )


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (
            ('timezone = "Asia/Ho_Chi_Minh"', "timezone = 7"),
            "devices.toml:4: station.timezone: must be a text in quotes, not 7\n",
        ),
        (
            ("format = 1", "format = 2"),
            (
                "devices.toml:1: format: format 2 is newer than this version of broadcaster reads "
                "(1); install a newer broadcaster\n"
            ),
        ),
    ],
)
def test_a_station_that_can_not_be_used_at_all(
    station: Path, change: tuple[str, str], told: str
) -> None:
    (station / "devices.toml").write_text(DEVICES.replace(*change))
    (station / "playlists" / "ngay-hoi.toml").write_text(PLAYLIST.replace("05:30", "5:30"))
    result = check(station)
    assert (result.exit_code, result.stdout, result.stderr) == (
        1,
        told + "playlists/ngay-hoi.toml:9: radio.sang.at: must be a time of day like "
        '"05:30", not "5:30"; did you mean "05:30"?\n',
        "2 errors, 0 warnings\n",
    )


def test_json_of_a_station_that_can_not_be_used_at_all(station: Path) -> None:
    (station / "devices.toml").unlink()
    result = check(station, "--json")
    assert (result.exit_code, result.stderr) == (1, "")
    assert [json.loads(line) for line in result.stdout.splitlines()] == [
        {
            "file": "devices.toml",
            "line": None,
            "key": "",
            "message": "is missing",
            "hint": "",
            "level": "error",
        }
    ]
