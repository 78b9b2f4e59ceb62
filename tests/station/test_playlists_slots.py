"""What people get wrong in a radio slot: each sentence, and that nothing is dropped for it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.station.folders import told
from tests.station.spoilt import FILE, ITEMS, campaign, faults, spoilt


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
