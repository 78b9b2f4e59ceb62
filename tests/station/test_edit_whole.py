"""Edits that take whole tables of a playlist: removed, moved, switched off."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from tests.station.edited import TEXT, changed, playlist

ROOT = Path(__file__).parents[2]


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
