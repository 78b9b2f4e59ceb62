"""`playlist add slogan` and `add event`, whole; and what `add` does not understand."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path

import pytest

from tests.cli.desk import FILE, PLAYLIST, changed, make, read, run, told, usage

BEFORE_EVENTS = '\n[[event]]\nid = "khai-mac"\n'
SLOGAN = ("slogan", "Vui khỏe", "--zone", "bang")
OPENING = ("event", "Lễ bế mạc", "--date", "24/09/2025")
REMIND = ("--remind-script", "tin", "--remind-zone", "phuong")


@pytest.fixture
def station(tmp_path: Path) -> Path:
    return make(tmp_path)


def add(station: Path, *words: str) -> tuple[int, str, str]:
    return told(run(station, "playlist", "add", "ngay-hoi", *words))


def with_slogan(row: str) -> str:
    return changed((BEFORE_EVENTS, row + BEFORE_EVENTS))


def misunderstood(kind: str, arguments: str, error: str) -> tuple[int, str, str]:
    return usage(f"playlist add ID {kind}", f"[OPTIONS]{arguments}", error)


def test_a_slogan_is_shown_beside_those_that_are_there(station: Path) -> None:
    assert add(station, *SLOGAN, "--between", "10:00-12:00") == (
        0,
        """\
- 10:00-12:00 22/09-24/09 (3)  cong  Chào mừng
+ 10:00-12:00 22/09-24/09 (3)  cong  Chào mừng | Vui khỏe
""",
        f'its id is "khau-hieu-2"\nwritten: {FILE}\n',
    )
    assert read(station) == with_slogan("""
[[led]]
id = "khau-hieu-2"
between = ["10:00-12:00"]
zones = ["bang"]
slogans = ["Vui khỏe"]
effect = "scroll-left"
dwell = "8s"
""")


def test_every_option_of_a_slogan_has_its_key(station: Path) -> None:
    text = unicodedata.normalize("NFD", "Vui,  khỏe")
    more = ["--between", "05:00-06:00,22:00-23:00", "--effect", "hold", "--dwell", "1m"]
    days = ["--days", "mon,tue", "--order", "2", "--name", "Sáng và tối", "--id", "vui"]
    assert add(station, "slogan", text, "--zone", "bang", *more, *days) == (
        0,
        """\
+ 05:00-06:00 22/09-23/09 (2)  cong  Vui, khỏe
+ 22:00-23:00 22/09-23/09 (2)  cong  Vui, khỏe
""",
        f'its id is "vui"\nwritten: {FILE}\n',
    )
    assert read(station) == with_slogan("""
[[led]]
id = "vui"
name = "Sáng và tối"
between = ["05:00-06:00", "22:00-23:00"]
days = ["mon", "tue"]
order = 2
zones = ["bang"]
slogans = ["Vui, khỏe"]
effect = "hold"
dwell = "1m"
""")


@pytest.mark.parametrize("night", ["22:00-24:00", "22:00-05:00"])
def test_a_slogan_of_the_night_is_shown_to_its_end(station: Path, night: str) -> None:
    words = ("--between", night, "--dates", "2025-09-22", "--dry-run")
    assert add(station, *SLOGAN, *words)[:2] == (0, f"+ {night} 22/09  cong  Vui khỏe\n")


def test_a_slogan_that_signs_cannot_draw_is_refused_as_check_would(station: Path) -> None:
    assert add(station, "slogan", "Vui 🎉 khỏe 🎉", "--zone", "bang") == (
        1,
        """\
- 06:00-22:00 22/09-24/09 (3)  cong  Chào mừng
+ 06:00-22:00 22/09-24/09 (3)  cong  Chào mừng | Vui 🎉 khỏe 🎉
""",
        f"""\
its id is "khau-hieu-2"
{FILE}:29: led.khau-hieu-2.slogans: signs have no shape for these characters: 🎉
nothing was written
""",
    )
    assert read(station) == PLAYLIST


def test_what_a_slogan_may_not_say_is_told_at_once(station: Path) -> None:
    words = ("--zone", "phuong", "--between", "6-7", "--effect", "nhay", "--dwell", "5")
    assert add(station, "slogan", " ", *words) == (
        1,
        "",
        f"""\
its id is "khau-hieu-2"
{FILE}:31: led.khau-hieu-2.between: must be a range of the day like "06:00-22:00", not "6-7"
{FILE}:32: led.khau-hieu-2.zones: zone "phuong" has no signs
{FILE}:33: led.khau-hieu-2.slogans: is empty
{FILE}:34: led.khau-hieu-2.effect: must be one of scroll-left, hold, flash, not "nhay"
{FILE}:35: led.khau-hieu-2.dwell: must be a duration like "10m", "2s" or "1h30m", not "5"
nothing was written
""",
    )


def test_json_tells_the_id_and_what_signs_would_show(station: Path) -> None:
    words = ("--between", "10:00-12:00", "--dates", "2025-09-22", "--dry-run", "--json")
    code, out, err = add(station, *SLOGAN, *words)
    shown = {
        "sign": "cong",
        "from": "2025-09-22T10:00:00+07:00",
        "until": "2025-09-22T12:00:00+07:00",
        "campaign": "ngay-hoi",
    }
    assert json.loads(out) == {
        "file": FILE,
        "slot": "khau-hieu-2",
        "written": False,
        "airings": {"added": [], "removed": [], "changed": []},
        "signs": {
            "added": [shown | {"slogans": ["Chào mừng", "Vui khỏe"]}],
            "removed": [shown | {"slogans": ["Chào mừng"]}],
        },
        "problems": [],
    }
    assert (code, err) == (0, 'its id is "khau-hieu-2"\nnothing was written\n')
    assert read(station) == PLAYLIST


def test_an_event_stands_behind_the_others_with_its_reminder(station: Path) -> None:
    title = unicodedata.normalize("NFD", "Lễ  bế mạc")
    words = ("--date", "24/09/2025", "--part", "CHIỀU", "--place", " Nhà  văn hóa ", *REMIND)
    assert add(station, "event", title, *words, "--remind-at", "18:00") == (
        0,
        """\
+ 18:00 23/09  phuong  ngay-hoi/le-be-mac: chime, tin
""",
        f'its id is "le-be-mac"\nwritten: {FILE}\n',
    )
    assert (
        read(station)
        == PLAYLIST
        + """
[[event]]
id = "le-be-mac"
title = "Lễ bế mạc"
date = 2025-09-24
part = "chiều"
place = "Nhà văn hóa"
remind = { before = "1d", at = "18:00", script = "tin", zones = ["phuong"] }
"""
    )


def test_every_option_of_an_event_has_its_key(station: Path) -> None:
    days = ("--until", "2025-09-25", "--time", "07:30", "--id", "hoi-cho")
    at = ("--remind-before", "2d", "--remind-at", "18:00")
    assert add(station, *OPENING, *days, *REMIND, *at) == (
        0,
        "+ 18:00 22/09  phuong  ngay-hoi/hoi-cho: chime, tin\n",
        f'its id is "hoi-cho"\nwritten: {FILE}\n',
    )
    assert (
        read(station)
        == PLAYLIST
        + """
[[event]]
id = "hoi-cho"
title = "Lễ bế mạc"
date = 2025-09-24
until = 2025-09-25
time = "07:30"
remind = { before = "2d", at = "18:00", script = "tin", zones = ["phuong"] }
"""
    )


@pytest.mark.parametrize(
    ("typed", "part"),
    [("sang", "sáng"), ("Chiều", "chiều"), ("toi", "tối"), ("ca ngay", "cả ngày")],
)
def test_parts_of_the_day_may_be_typed_without_marks(station: Path, typed: str, part: str) -> None:
    assert add(station, *OPENING, "--part", typed)[0] == 0
    assert f'part = "{part}"\n' in read(station).removeprefix(PLAYLIST)


def test_an_event_without_a_reminder_leaves_the_timetable_alone(station: Path) -> None:
    assert add(station, *OPENING) == (
        0,
        "",
        f'its id is "le-be-mac"\nthe timetable stays as it is\nwritten: {FILE}\n',
    )


def test_what_is_wrong_with_an_event_is_told_at_once(station: Path) -> None:
    words = ("--until", "23/09/2025", "--part", "sáng sớm", "--time", "7:30", "--id", "x")
    remind = ("--remind-script", "tni", "--remind-zone", "bang", "--remind-at", "25:00")
    assert add(station, *OPENING, *words, *remind, "--remind-before", "1h") == (
        1,
        "",
        f"""\
its id is "x"
{FILE}:40: event.x.until: 2025-09-23 lies before date = 2025-09-24
{FILE}:41: event.x.part: must be one of sáng, chiều, tối, cả ngày, not "sáng sớm"; \
did you mean "sáng"?
{FILE}:42: event.x.time: must be a time of day like "05:30", not "7:30"; did you mean "07:30"?
{FILE}:43: event.x.remind.before: must be whole days like "1d", not "1h"
{FILE}:43: event.x.remind.at: must be a time of day like "05:30", not "25:00"
{FILE}:43: event.x.remind.script: there is no scripts/tni.md; did you mean "tin"?
{FILE}:43: event.x.remind.zones: zone "bang" has no loudspeakers
nothing was written
""",
    )
    assert read(station) == PLAYLIST


def test_a_reminder_before_the_campaign_begins_is_refused(station: Path) -> None:
    assert add(station, *OPENING, *REMIND, "--remind-before", "3d") == (
        1,
        "",
        f"""\
its id is "le-be-mac"
{FILE}:40: event.le-be-mac.remind.before: 2025-09-21 lies before the campaign's window, \
which opens on 2025-09-22
nothing was written
""",
    )


def test_half_a_reminder_is_not_understood(station: Path) -> None:
    error = "a reminder needs both --remind-script and --remind-zone"
    for half in (REMIND[:2], REMIND[2:]):
        assert add(station, *OPENING, *half) == misunderstood("event", " TITLE", error)


@pytest.mark.parametrize("option", ["--at", "--zone", "--script"])
def test_a_list_of_nothing_is_not_understood(station: Path, option: str) -> None:
    given = {"--at": "06:00", "--zone": "phuong", "--script": "tin"} | {option: " ,"}
    words = [word for pair in given.items() for word in pair]
    error = f"Invalid value for '{option}': is empty"
    assert add(station, "radio", *words) == misunderstood("radio", "", error)


def test_a_day_that_is_none_is_told_with_its_option(station: Path) -> None:
    error = 'must be a day like 2025-10-09 or 09/10/2025, not "31/02/2025"'
    for option in ("--dates", "--except", "--from", "--until"):
        assert add(station, *SLOGAN, option, "31/02/2025") == misunderstood(
            "slogan", " TEXT", f"Invalid value for '{option}': {error}"
        )


def test_a_playlist_that_is_not_there_is_told_with_a_near_one(station: Path) -> None:
    assert told(run(station, "playlist", "add", "ngay-hio", *OPENING)) == (
        1,
        "",
        'playlists/ngay-hio.toml: is missing; did you mean "ngay-hoi"?\n',
    )
    assert told(run(station, "playlist", "add", "Ngày hội", *OPENING)) == usage(
        "playlist add",
        "[OPTIONS] ID COMMAND [ARGS]...",
        "Invalid value for 'ID': an id has lower-case letters a-z, digits and hyphens, "
        'not "Ngày hội"; did you mean "ngay-hoi"?',
    )
