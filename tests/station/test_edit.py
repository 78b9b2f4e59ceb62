"""Edits of a playlist's text, before and after, letter for letter."""

from __future__ import annotations

import datetime as dt
import tomllib
from pathlib import Path
from typing import Any

import pytest

from broadcaster.errors import Refusal, UserError
from broadcaster.station.edit import PlaylistText, free_id, new_playlist

ROOT = Path(__file__).parents[2]
FILE = "playlists/ngay-hoi.toml"

TEXT = """\
# Đợt của phường.
format = 1

[campaign]
title = "Ngày hội"      # tên gọi
letter = { number = "12/UBND", date = 2025-09-20 }
until = 2025-10-05

# Loa phát hai buổi.
[[radio]]
id = "sang"
at = ["05:30"]
order = 10              # sau bài nhắc
items = [
    { chime = "default" },  # mở đầu
    { script = "ban-tin" },
]
# Bà con nghe rõ nhất lúc này.

[[radio]]
id = "chieu"
at = ["17:00"]
items = [{ script = "ban-tin" }]

# Một ý còn để đó.

# Bảng ở cổng.
[[led]]
id = "khau-hieu"
between = ["06:00-22:00"]
slogans = ["Chào mừng"]

[[event]]
id = "khai-mac"
date = 2025-10-01
remind = { before = "1d", at = "17:00", script = "nhac" , zones = ["a"] }
"""


def playlist(text: str = TEXT) -> PlaylistText:
    return PlaylistText(FILE, text)


def changed(*changes: tuple[str, str]) -> str:
    text = TEXT
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


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


@pytest.mark.parametrize(
    ("slot", "gone"),
    [
        (
            "sang",
            """\
[[radio]]
id = "sang"
at = ["05:30"]
order = 10              # sau bài nhắc
items = [
    { chime = "default" },  # mở đầu
    { script = "ban-tin" },
]
# Bà con nghe rõ nhất lúc này.

""",
        ),
        (
            "chieu",
            '[[radio]]\nid = "chieu"\nat = ["17:00"]\nitems = [{ script = "ban-tin" }]\n\n',
        ),
        (
            "khau-hieu",
            TEXT[TEXT.index("# Bảng ở cổng") : TEXT.index("[[event]]")],
        ),
        (
            "khai-mac",
            TEXT[TEXT.index("\n[[event]]") :],
        ),
    ],
)
def test_removing_takes_the_slot_its_own_comments_and_one_blank_line(slot: str, gone: str) -> None:
    """What is said of all slots of a kind, above the first, and what stands alone, stays."""
    assert playlist().removed(slot).text == changed((gone, ""))


def test_moving_takes_the_whole_table_along() -> None:
    sang = TEXT[TEXT.index('[[radio]]\nid = "sang"') : TEXT.index('[[radio]]\nid = "chieu"')]
    chieu = TEXT[TEXT.index('[[radio]]\nid = "chieu"') : TEXT.index("# Một ý")]

    edited = playlist().moved("chieu", "sang")

    assert edited.text == changed((sang + chieu, chieu + sang))
    assert edited.moved("chieu", "sang").text == edited.text
    assert edited.moved("sang", "chieu").text == TEXT


def test_tables_of_two_kinds_keep_their_places() -> None:
    assert playlist().moved("khai-mac", "sang").text == TEXT


def test_lines_end_as_they_did() -> None:
    windows = TEXT.replace("\n", "\r\n")

    edited = (
        playlist(windows)
        .changed("sang", {"zones": ["b"], "order": 5})
        .added("led", {"id": "moi", "zones": ["a"]})
        .moved("chieu", "sang")
        .removed("khau-hieu")
    )

    assert edited.text.count("\n") == edited.text.count("\r\n") == windows.count("\n")
    assert 'order = 5               # sau bài nhắc\r\nzones = ["b"]\r\n' in edited.text


def test_a_moved_last_table_gets_the_line_end_it_lacked() -> None:
    made = playlist('[[led]]\nid = "a"\n\n[[led]]\nid = "b"').moved("b", "a")

    assert made.text == '[[led]]\nid = "b"\n\n[[led]]\nid = "a"\n'


@pytest.mark.parametrize("name", ["ngay-hoi-dmst", "techfest-2025"])
def test_the_shipped_playlists_come_apart_and_together(name: str) -> None:
    text = (ROOT / "playlists" / f"{name}.toml").read_text(encoding="utf-8")
    whole = playlist(text)

    for slot, kind in whole.slots().items():
        rows = tomllib.loads(text)[kind]
        less = playlist(text).removed(slot)
        assert tomllib.loads(less.text).get(kind, []) == [row for row in rows if row["id"] != slot]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('[[radio]]\nid = "a"\n[[led]]\nid = "b"\n[radio.x]\n', None),
        (
            '[[event]]\nid = "a"\n[[led]]\nid = "b"\n[event.remind]\nat = "1"\n',
            "event.a stands in the file twice, or in two pieces; put that right first",
        ),
        (
            '[[led]]\nid = "a"\n[[led]]\nid = "a"\n',
            "led.a stands in the file twice, or in two pieces; put that right first",
        ),
        (
            'led = [{ id = "a" }]\n',
            "led is not written as tables [[led]]; this can edit no other",
        ),
        ('[radio]\nid = "a"\n', "radio is not written as tables [[radio]]; this can edit no other"),
    ],
)
def test_what_is_no_table_in_one_piece_is_left_to_people(text: str, told: str | None) -> None:
    with pytest.raises(Refusal) as refused:
        playlist(text)
    if told:
        assert str(refused.value) == told


def test_what_toml_refuses_is_told_with_its_line() -> None:
    with pytest.raises(UserError) as refused:
        playlist('format = 1\n[campaign]\ntitle = "x\n')

    assert str(refused.value).startswith(f"{FILE}:3: ")


def test_a_newer_format_is_not_edited() -> None:
    with pytest.raises(UserError, match="format 2 is newer than this version"):
        playlist("format = 2\n[campaign]\n")


def test_an_unknown_slot_is_told_with_a_near_one() -> None:
    with pytest.raises(UserError) as refused:
        playlist().removed("sng")

    assert str(refused.value) == f'{FILE}: there is no slot "sng"; did you mean "sang"?'


def test_a_campaign_that_is_not_there_is_told() -> None:
    with pytest.raises(UserError) as refused:
        playlist("format = 1\n").changed("campaign", {"title": "x"})

    assert str(refused.value) == f"{FILE}: campaign: is missing"


@pytest.mark.parametrize(("slot", "enabled"), [("sang", True), ("tat", False), ("campaign", True)])
def test_what_is_switched_off_is_known(slot: str, enabled: bool) -> None:  # noqa: FBT001 - a table
    of = playlist(TEXT + '\n[[led]]\nid = "tat"\nenabled = false\n')

    assert of.enabled(slot) is enabled


def test_switching_off_and_on_again_leaves_no_trace() -> None:
    off = playlist().changed("sang", {"enabled": False})

    assert not off.enabled("sang")
    assert off.changed("sang", {"enabled": None}).text == TEXT


@pytest.mark.parametrize(
    ("taken", "id_"),
    [
        ([], "a"),
        (["a"], "a-1700"),
        (["a", "a-1700"], "a-2"),
        (["a", "a-1700", "a-2", "a-3"], "a-4"),
    ],
)
def test_a_free_id_is_the_same_every_time(taken: list[str], id_: str) -> None:
    assert free_id(["a", "a-1700"], taken) == id_


def test_no_slot_is_given_the_name_of_the_campaign() -> None:
    assert free_id(["campaign"], []) == "campaign-2"
