"""Edits of a playlist's text, before and after, letter for letter."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from broadcaster.station.edit import new_playlist
from tests.station.edited import TEXT, changed, playlist


def test_a_slot_is_added_behind_its_kind_and_nothing_else_moves() -> None:
    edited = playlist().added(
        "radio",
        {
            "items": [{"chime": "default"}, {"script": "ban-tin"}],
            "id": "toi",
            "until": None,
            "zones": ["toan-phuong"],
            "dates": [dt.date(2025, 9, 23)],
            "at": ["18:00"],
        },
    )

    assert edited.text == changed(
        (
            "# Một ý còn để đó.\n",
            """\
[[radio]]
id = "toi"
at = ["18:00"]
dates = [2025-09-23]
zones = ["toan-phuong"]
items = [{ chime = "default" }, { script = "ban-tin" }]

# Một ý còn để đó.
""",
        )
    )
    assert edited.slots()["toi"] == "radio"


def test_the_first_slots_of_a_new_playlist_stand_in_their_order() -> None:
    made = playlist(new_playlist({"title": 'Ngày "hội"', "theme": None, "class": "normal"}))
    for kind, id_ in (("event", "e"), ("led", "l"), ("radio", "r"), ("led", "l-2")):
        made = made.added(kind, {"id": id_})

    assert made.text == (
        'format = 1\n\n[campaign]\ntitle = "Ngày \\"hội\\""\nclass = "normal"\n\n'
        '[[radio]]\nid = "r"\n\n[[led]]\nid = "l"\n\n[[led]]\nid = "l-2"\n\n[[event]]\nid = "e"\n'
    )


@pytest.mark.parametrize("end", ["", "\n", "\n\n\n"])
def test_whatever_a_file_ends_with_a_blank_line_parts_what_is_added(end: str) -> None:
    made = playlist(f'[campaign]\ntitle = "x"{end}').added("led", {"id": "a"})

    assert made.text.startswith('[campaign]\ntitle = "x"\n\n[[led]]\nid = "a"\n')


@pytest.mark.parametrize(
    ("slot", "keys", "changes"),
    [
        (
            "sang",
            {"at": ["05:30", "17:00"]},
            [('id = "sang"\nat = ["05:30"]', 'id = "sang"\nat = ["05:30", "17:00"]')],
        ),
        ("sang", {"order": 5}, [("order = 10              #", "order = 5               #")]),
        (
            "campaign",
            {"title": "Ngày hội Đổi mới sáng tạo"},
            [('"Ngày hội"      # tên', '"Ngày hội Đổi mới sáng tạo" # tên')],
        ),
        (
            "campaign",
            {"from": dt.date(2025, 9, 22), "class": "priority"},
            [
                (
                    "until = 2025-10-05\n",
                    'from = 2025-09-22\nuntil = 2025-10-05\nclass = "priority"\n',
                )
            ],
        ),
        ("sang", {"order": None}, [("order = 10              # sau bài nhắc\n", "")]),
        (
            "sang",
            {"items": [{"script": "khac"}]},
            [
                (
                    TEXT[TEXT.index("items = [\n") : TEXT.index("\n# Bà con")],
                    'items = [{ script = "khac" }]',
                )
            ],
        ),
        (
            "sang",
            {"zones": ["b"]},
            [("# sau bài nhắc\n", '# sau bài nhắc\nzones = ["b"]\n')],
        ),
        ("sang", {"gain_db": -3}, [("# sau bài nhắc\n", "# sau bài nhắc\ngain_db = -3\n")]),
        ("sang", {"khoa-la": 1}, [("]\n# Bà con", "]\nkhoa-la = 1\n# Bà con")]),
        (
            "khai-mac",
            {"remind.at": "18:00"},
            [('at = "17:00", script', 'at = "18:00", script')],
        ),
        (
            "khai-mac",
            {"remind.before": None},
            [
                (
                    'remind = { before = "1d", at = "17:00", script = "nhac" , zones = ["a"] }',
                    'remind = { at = "17:00", script = "nhac", zones = ["a"] }',
                )
            ],
        ),
        ("khai-mac", {"remind.x": True}, [('zones = ["a"] }', 'zones = ["a"], x = true }')]),
        (
            "khai-mac",
            {"remind": None},
            [('remind = { before = "1d", at = "17:00", script = "nhac" , zones = ["a"] }\n', "")],
        ),
        (
            "khau-hieu",
            {"remind.before": "1d", "remind.at": "05:30"},
            [('"Chào mừng"]\n', '"Chào mừng"]\nremind = { before = "1d", at = "05:30" }\n')],
        ),
        ("campaign", {"letter.date": dt.date(2025, 9, 1)}, [("2025-09-20", "2025-09-01")]),
        ("campaign", {"theme": None}, []),
    ],
)
def test_setting_a_key_touches_that_key_alone(
    slot: str, keys: dict[str, Any], changes: list[tuple[str, str]]
) -> None:
    assert playlist().changed(slot, keys).text == changed(*changes)


def test_inner_tables_on_lines_of_their_own_are_changed_there() -> None:
    own = """\
[[event]]
id = "a"
  [event.remind]   # nhắc
  before = "1d"

  at = "17:00"

[[event]]
id = "b"
remind.before = "1d"  # hôm trước
remind.at = "17:00"
"""
    edited = playlist(own)
    for slot in "ab":
        edited = edited.changed(slot, {"remind.at": "18:00", "remind.script": "nhac"})

    assert edited.text == own.replace(
        '  at = "17:00"', '  at = "18:00"\n  script = "nhac"'
    ).replace('remind.at = "17:00"', 'remind.at = "18:00"\nremind.script = "nhac"')
    for slot in "ab":
        edited = edited.changed(slot, {"remind": None})
    assert edited.text == '[[event]]\nid = "a"\n\n\n[[event]]\nid = "b"\n'


def test_a_long_list_is_wrapped_as_people_do() -> None:
    dates = [dt.date(2025, 9, 22) + dt.timedelta(days=number) for number in range(9)]

    assert playlist().changed("chieu", {"dates": dates}).text == changed(
        (
            'id = "chieu"\nat = ["17:00"]\n',
            """\
id = "chieu"
at = ["17:00"]
dates = [
    2025-09-22, 2025-09-23, 2025-09-24, 2025-09-25, 2025-09-26, 2025-09-27, 2025-09-28, 2025-09-29,
    2025-09-30,
]
""",
        )
    )
