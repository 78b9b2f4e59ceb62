"""What people get wrong in playlists: each sentence, and that nothing is dropped for it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.station.folders import PLAYLIST, station, told
from tests.station.spoilt import FILE, ITEMS, campaign, faults, spoilt
from tests.stations import GREETING, changed


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("format = 1\n", "", ": format: is missing; begin the file with: format = 1"),
        (
            "until = 2025-10-05",
            "until = 2025-09-31",
            ":6: campaign.until: 2025-09-31 is no date: that month has 30 days",
        ),
        (
            "until = 2025-10-05",
            "until 2025-10-05",
            ":6: campaign.until: there is no = between key and value; write: until = 2025-10-05",
        ),
        (
            "until = 2025-10-05",
            'until = "2025-10-05"',
            (
                ':6: campaign.until: must be a date like 2025-10-09, not "2025-10-05"; '
                "without quotes: 2025-10-05"
            ),
        ),
        (
            "until = 2025-10-05",
            "until = 2025-10-05T07:00:00",
            ":6: campaign.until: must be a date like 2025-10-09, not 2025-10-05T07:00:00",
        ),
        (
            "until = 2025-10-05",
            "until = 0205-10-05",
            ":6: campaign.until: 0205-10-05 is too far away to be meant",
        ),
        (
            "until = 2025-10-05",
            "untill = 2025-10-05",
            ':6: campaign.untill: unknown key; did you mean "until"?',
        ),
        (
            "until = 2025-10-05",
            'class = "urgnt"',
            (
                ":6: campaign.class: must be one of normal, priority, urgent, "
                'not "urgnt"; did you mean "urgent"?'
            ),
        ),
        (
            "until = 2025-10-05",
            'enabled = "no"',
            ':6: campaign.enabled: must be true or false, not "no"',
        ),
        (
            "until = 2025-10-05",
            "until = 2025-10-05\nuntil = 2025-11-05",
            ":7: campaign.until: stands here twice",
        ),
    ],
)
def test_doubt_about_the_campaign_bars_all_of_it(
    tmp_path: Path, old: str, new: str, expected: str
) -> None:
    loaded = spoilt(tmp_path, (old, new))
    assert told(loaded) == f"{FILE}{expected}\n"
    assert all(faults(loaded))
    assert str(faults(loaded)[0]) in expected


def test_a_window_that_closes_before_it_opens(tmp_path: Path) -> None:
    loaded = spoilt(tmp_path, ("until = 2025-10-05", "until = 2025-09-05"))
    assert told(loaded).startswith(
        f"{FILE}:6: campaign.until: 2025-09-05 lies before from = 2025-09-22\n"
    )
    assert all(faults(loaded))


def test_words_for_people_bar_nothing(tmp_path: Path) -> None:
    loaded = spoilt(
        tmp_path,
        (
            'title = "Ngày hội"',
            'theme = 5\nimplements = "3093/SKHCN-QLCL"\nletter = { date = 2025-09-20 }',
        ),
    )
    assert told(loaded) == (
        f"{FILE}:3: campaign.title: is missing\n"
        f"{FILE}:4: campaign.theme: must be a text in quotes, not 5\n"
        f'{FILE}:5: campaign.implements: must be a list in [ ], not "3093/SKHCN-QLCL"; '
        'write: ["3093/SKHCN-QLCL"]\n'
        f"{FILE}:6: campaign.letter.number: is missing\n"
    )
    assert faults(loaded) == [None, None, None]
    assert campaign(loaded).title == "ngay-hoi"


def test_signs(tmp_path: Path) -> None:
    loaded = spoilt(
        tmp_path,
        ('zones = ["bang-dien-tu"]', 'zones = ["toan-phuong"]'),
        (
            'slogans = ["Nhiệt liệt chào mừng"]',
            'slogans = ["", "Chào mừng"]\ndwell = 8\neffect = "scroll"',
        ),
        ('["06:00-22:00"]', '["06:00-22:00", "6:00 - 22:00"]'),
    )
    slot = "led.khau-hieu"
    assert told(loaded) == (
        f'{FILE}:16: {slot}.between: must be a range of the day like "06:00-22:00", '
        'not "6:00 - 22:00"; did you mean "06:00-22:00"?\n'
        f'{FILE}:17: {slot}.zones: zone "toan-phuong" has no signs\n'
        f"{FILE}:18: {slot}.slogans: is empty\n"
        f'{FILE}:19: {slot}.dwell: must be a duration like "10m", "2s" or "1h30m", not 8\n'
        f'{FILE}:20: {slot}.effect: must be one of scroll-left, hold, flash, not "scroll"; '
        'did you mean "scroll-left"?\n'
    )
    assert faults(loaded)[0] is None
    assert faults(loaded)[1]


def test_days_outside_the_window_are_warned_of(tmp_path: Path) -> None:
    days = "from = 2025-09-01\nuntil = 2025-12-01\ndates = [2025-09-30,\n  2025-12-01]"
    loaded = spoilt(tmp_path, (ITEMS, f"{ITEMS}\n{days}"))
    before = "lies before the campaign's window, which opens on 2025-09-22"
    after = "lies after the campaign's window, which closes on 2025-10-05"
    assert told(loaded) == (
        f"warning: {FILE}:13: radio.ban-tin.from: 2025-09-01 {before}\n"
        f"warning: {FILE}:14: radio.ban-tin.until: 2025-12-01 {after}\n"
        f"warning: {FILE}:16: radio.ban-tin.dates: 2025-12-01 {after}\n"
    )
    assert faults(loaded) == [None, None, None]


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        (
            "2025-11-01",
            "2025-10-31 lies after the campaign's window, which closes on 2025-10-05",
        ),
        (
            "2025-09-22",
            "2025-09-21 lies before the campaign's window, which opens on 2025-09-22",
        ),
    ],
)
def test_a_reminder_outside_the_window(tmp_path: Path, date: str, expected: str) -> None:
    loaded = spoilt(tmp_path, ("date = 2025-10-01", f"date = {date}"))
    assert told(loaded) == f"{FILE}:24: event.khai-mac.remind.before: {expected}\n"
    assert faults(loaded) == [None, None, f"event.khai-mac.remind.before: {expected}"]


def test_an_event(tmp_path: Path) -> None:
    loaded = spoilt(
        tmp_path,
        (
            "date = 2025-10-01",
            'date = 2025-10-01\nuntil = 2025-09-30\npart = "sang"\ntime = "7:30"\nplace = 5',
        ),
        ('script = "loi-chao", zones', 'scirpt = "loi-chao", zones'),
    )
    assert told(loaded) == (
        f"{FILE}:24: event.khai-mac.until: 2025-09-30 lies before date = 2025-10-01\n"
        f'{FILE}:25: event.khai-mac.part: must be one of sáng, chiều, tối, cả ngày, not "sang"; '
        'did you mean "sáng"?\n'
        f'{FILE}:26: event.khai-mac.time: must be a time of day like "05:30", not "7:30"; '
        'did you mean "07:30"?\n'
        f"{FILE}:27: event.khai-mac.place: must be a text in quotes, not 5\n"
        f"{FILE}:28: event.khai-mac.remind.script: is missing\n"
        f'{FILE}:28: event.khai-mac.remind.scirpt: unknown key; did you mean "script"?\n'
    )
    assert faults(loaded)[:2] == [None, None]
    assert faults(loaded)[2]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            "[[event]]",
            "[event]",
            "20: event: must be a list of tables: two brackets on either side, [[event]]",
        ),
        ("[[event]]", "[[evnet]]", '20: evnet: unknown key; did you mean "event"?'),
        (
            'before = "1d"',
            'before = "36h"',
            '24: event.khai-mac.remind.before: must be whole days like "1d", not "36h"',
        ),
    ],
)
def test_events_that_can_not_be_read_leave_the_rest(
    tmp_path: Path, old: str, new: str, expected: str
) -> None:
    loaded = spoilt(tmp_path, (old, new))
    assert told(loaded) == f"{FILE}:{expected}\n"
    of = campaign(loaded)
    assert (of.radio[0].fault, of.led[0].fault) == (None, None)


def test_a_playlist_of_nothing(tmp_path: Path) -> None:
    loaded = station(tmp_path, {FILE: 'format = 1\n[campaign]\ntitle = "Ngày hội"\n'})
    assert told(loaded) == f"warning: {FILE}: is empty: it has no radio, led or event table\n"


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            "format = 1",
            "format = 2",
            (
                "1: format: format 2 is newer than this version of broadcaster reads (1); "
                "install a newer broadcaster"
            ),
        ),
        (
            'zones = ["toan-phuong"]\nitems',
            'zones = ["toan-phuong"\nitems',
            "11: radio.ban-tin.zones: a list or text opens here and is not closed",
        ),
    ],
)
def test_a_playlist_that_can_not_be_read_leaves_the_others(
    tmp_path: Path, old: str, new: str, expected: str
) -> None:
    other = "playlists/khac.toml"
    loaded = station(tmp_path, {FILE: changed(PLAYLIST, (old, new)), other: PLAYLIST})
    assert told(loaded) == f"{FILE}:{expected}\n"
    assert campaign(loaded).id == "khac"
    assert faults(loaded) == [None, None, None]


def test_a_script_beside_is_not_a_playlist(tmp_path: Path) -> None:
    loaded = station(tmp_path, {"playlists/ghi-chu.md": GREETING, "playlists/.an.toml": "?"})
    assert told(loaded) == ""
