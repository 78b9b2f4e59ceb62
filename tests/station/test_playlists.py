"""What people get wrong in playlists: each sentence, and that nothing is dropped for it."""

from __future__ import annotations

from pathlib import Path

import pytest

from broadcaster.domain.campaign import Campaign
from broadcaster.station.load import Loaded
from tests.station.folders import PLAYLIST, SCRIPT, changed, station, told

FILE = "playlists/ngay-hoi.toml"
ITEMS = 'items = [{ script = "loi-chao" }]'


def spoilt(folder: Path, *changes: tuple[str, str], more: str = "") -> Loaded:
    return station(folder, {FILE: changed(PLAYLIST, *changes) + more})


def campaign(loaded: Loaded) -> Campaign:
    assert loaded.station
    return loaded.station.campaigns[0]


def faults(loaded: Loaded) -> list[str | None]:
    """Give the fault of the radio slot, the led slot and the reminder."""
    of = campaign(loaded)
    remind = of.events[0].remind
    assert remind
    found = (of.radio[0].fault, of.led[0].fault, remind.fault)
    return [fault and str(fault) for fault in found]


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


def test_every_problem_of_a_slot_is_told_and_bars_that_slot_alone(tmp_path: Path) -> None:
    wrong = f"""{ITEMS}
late = "soon"
if_cut = "resum"
gain_db = 90
order = 1.5
enabled = "false"
exept = [2025-09-29]
holidays = "skp"
class = 1"""
    loaded = spoilt(tmp_path, (ITEMS, wrong))
    slot = "radio.ban-tin"
    assert told(loaded) == (
        f'{FILE}:13: {slot}.late: must be a duration like "10m", "2s" or "1h30m", not "soon"\n'
        f'{FILE}:14: {slot}.if_cut: must be one of resume, restart, drop, not "resum"; '
        'did you mean "resume"?\n'
        f"{FILE}:15: {slot}.gain_db: must be from -60 to 20, not 90\n"
        f"{FILE}:16: {slot}.order: must be a whole number, not 1.5\n"
        f'{FILE}:17: {slot}.enabled: must be true or false, not "false"\n'
        f'{FILE}:18: {slot}.exept: unknown key; did you mean "except"?\n'
        f'{FILE}:19: {slot}.holidays: must be one of air, skip, not "skp"; did you mean "skip"?\n'
        f"{FILE}:20: {slot}.class: must be one of normal, priority, urgent, not 1\n"
    )
    fault, *others = faults(loaded)
    assert fault is not None
    assert fault.startswith("radio.ban-tin.holidays: must be one of air, skip")
    assert others == [None, None]


def test_every_problem_of_the_items(tmp_path: Path) -> None:
    items = """items = [
  { scirpt = "loi-chao" },
  { script = "loi-cao" },
  { chime = "defalt" },
  { pause = "0s" },
  { pause = 2 },
  { audio = "../../x.wav" },
  { audio = "/etc/passwd" },
  { audio = "loi-chao.wva" },
  { script = "loi-chao", pause = "2s" },
  {},
  5,
  { script = "loi-chao", times = 2 },
]"""
    loaded = spoilt(tmp_path, (ITEMS, items))
    item = "radio.ban-tin.items"
    assert told(loaded) == (
        f'{FILE}:13: {item}[1].scirpt: unknown key; did you mean "script"?\n'
        f"{FILE}:14: {item}[2].script: there is no scripts/loi-cao.md; "
        'did you mean "loi-chao"?\n'
        f'{FILE}:15: {item}[3].chime: must be one of default, closing, not "defalt"; '
        'did you mean "default"?\n'
        f'{FILE}:16: {item}[4].pause: must be longer than nothing, not "0s"\n'
        f'{FILE}:17: {item}[5].pause: must be a duration like "10m", "2s" or "1h30m", not 2\n'
        f'{FILE}:18: {item}[6].audio: "../../x.wav" lies outside the station\'s folder\n'
        f'{FILE}:19: {item}[7].audio: "/etc/passwd" lies outside the station\'s folder\n'
        f"{FILE}:20: {item}[8].audio: there is no scripts/loi-chao.wva; "
        'did you mean "loi-chao.wav"?\n'
        f"{FILE}:21: {item}[9]: must be one thing, not script and pause\n"
        f"{FILE}:22: {item}[10]: must be one of chime, script, pause, audio, relay\n"
        f"{FILE}:23: {item}[11]: must be a table, not 5\n"
        f"{FILE}:24: {item}[12].times: unknown key\n"
    )
    assert faults(loaded)[1:] == [None, None]


@pytest.mark.parametrize(
    ("items", "expected"),
    [
        ("items = []", "items: is empty: there is nothing to air"),
        ('items = ["loi-chao"]', 'items[1]: must be a table, not "loi-chao"'),
        ('items = "loi-chao"', 'items: must be a list of tables, not "loi-chao"'),
        (
            'items = [{ chime = "default" } { script = "loi-chao" }]',
            "items: a comma or a closing bracket is missing",
        ),
    ],
)
def test_items_that_are_no_list_of_them(tmp_path: Path, items: str, expected: str) -> None:
    loaded = spoilt(tmp_path, (ITEMS, items))
    assert told(loaded) == f"{FILE}:12: radio.ban-tin.{expected}\n"
    assert faults(loaded) == [f"radio.ban-tin.{expected}", None, None]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            'at = ["05:30"]',
            'at = ["5h30", "05:30", "05:30", "25:00", 05:30:00]',
            (
                f'{FILE}:10: radio.ban-tin.at: must be a time of day like "05:30", '
                'not "5h30"; did you mean "05:30"?\n'
                f'{FILE}:10: radio.ban-tin.at: must be a time of day like "05:30", not "25:00"\n'
                f'{FILE}:10: radio.ban-tin.at: must be a time of day like "05:30", '
                'not 05:30:00; did you mean "05:30"?\n'
                f'{FILE}:10: radio.ban-tin.at: "05:30" stands here twice\n'
            ),
        ),
        (
            'at = ["05:30"]',
            'at = "05:30"',
            (
                f'{FILE}:10: radio.ban-tin.at: must be a list in [ ], not "05:30"; '
                'write: ["05:30"]\n'
            ),
        ),
    ],
)
def test_times_that_can_be_read_in_part_are_seen_refused(
    tmp_path: Path, old: str, new: str, expected: str
) -> None:
    loaded = spoilt(tmp_path, (old, new))
    assert told(loaded) == expected
    assert [f"{at:%H:%M}" for at in campaign(loaded).radio[0].at] == ["05:30"]
    assert faults(loaded)[0]


@pytest.mark.parametrize(
    ("new", "expected"),
    [
        ("", "8: radio.ban-tin.at: is missing"),
        ("at = []\n", "10: radio.ban-tin.at: is empty"),
        ("at = 05:30\n", '10: radio.ban-tin.at: a time of day stands in quotes; write: "05:30"'),
    ],
)
def test_a_slot_without_any_time_gives_its_problem_alone(
    tmp_path: Path, new: str, expected: str
) -> None:
    loaded = spoilt(tmp_path, ('at = ["05:30"]\n', new))
    assert told(loaded) == f"{FILE}:{expected}\n"
    (slot,) = campaign(loaded).radio
    assert (slot.id, slot.at) == ("ban-tin", ())
    # Without a time it stays, to be seen refused on its days.
    fault = expected.split("at: ", 1)[1].split(";", maxsplit=1)[0]
    assert str(slot.fault) == f"radio.ban-tin.at: {fault}"


@pytest.mark.parametrize(
    ("old", "new", "expected", "ids"),
    [
        ('id = "ban-tin"\n', "", "8: radio[1].id: is missing", ["radio.0", "khau-hieu"]),
        (
            'id = "ban-tin"',
            'id = "Bản tin"',
            (
                "9: radio[1].id: an id has lower-case letters a-z, digits and hyphens, "
                'not "Bản tin"; did you mean "ban-tin"?'
            ),
            ["radio.0", "khau-hieu"],
        ),
        (
            'id = "khau-hieu"',
            'id = "ban-tin"',
            '15: led.ban-tin.id: "ban-tin" is taken by another table of this file',
            ["ban-tin", "led.0"],
        ),
        (
            'id = "khai-mac"',
            'id = "ban-tin"',
            '21: event.ban-tin.id: "ban-tin" is taken by another table of this file',
            ["ban-tin", "khau-hieu"],
        ),
    ],
)
def test_a_wrong_id_is_replaced_by_one_that_no_right_one_can_be(
    tmp_path: Path, old: str, new: str, expected: str, ids: list[str]
) -> None:
    loaded = spoilt(tmp_path, (old, new))
    assert told(loaded) == f"{FILE}:{expected}\n"
    of = campaign(loaded)
    assert [of.radio[0].id, of.led[0].id] == ids
    assert len([fault for fault in faults(loaded) if fault]) == 1


@pytest.mark.parametrize(
    ("old", "new", "expected", "zones"),
    [
        (
            'zones = ["toan-phuong"]\nitems',
            'zones = ["toan-phuog", "bang-dien-tu"]\nitems',
            (
                f'{FILE}:11: radio.ban-tin.zones: there is no zone "toan-phuog"; '
                'did you mean "toan-phuong"?\n'
                f'{FILE}:11: radio.ban-tin.zones: zone "bang-dien-tu" has no loudspeakers\n'
            ),
            ("toan-phuog", "bang-dien-tu"),
        ),
        (
            'zones = ["toan-phuong"]\nitems',
            "items",
            f"{FILE}:8: radio.ban-tin.zones: is missing\n",
            ("?",),
        ),
    ],
)
def test_zones_that_can_not_be_heard(
    tmp_path: Path, old: str, new: str, expected: str, zones: tuple[str, ...]
) -> None:
    loaded = spoilt(tmp_path, (old, new))
    assert told(loaded) == expected
    assert campaign(loaded).radio[0].zones == zones
    assert faults(loaded)[0]


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
    loaded = station(tmp_path, {"playlists/ghi-chu.md": SCRIPT, "playlists/.an.toml": "?"})
    assert told(loaded) == ""
