"""`playlist move`, `remove`, `enable` and `disable`, whole."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.desk import FILE, PLAYLIST, changed, make, read, run, told, usage, write

WRITTEN = f"written: {FILE}\n"
UNSEEN = f"the timetable stays as it is\n{WRITTEN}"
SAID = f"{FILE} says so already: nothing was written\n"
MORNING = PLAYLIST[PLAYLIST.index('[[radio]]\nid = "sang"') : PLAYLIST.index('[[radio]]\nid = "ch')]
AFTERNOON = PLAYLIST[PLAYLIST.index('[[radio]]\nid = "ch') : PLAYLIST.index("# Bảng")]
SIGN = PLAYLIST[PLAYLIST.index("# Bảng") : PLAYLIST.index("[[event]]")]
CLOSING = """
[[event]]
id = "be-mac"
title = "Bế mạc"
date = 2025-09-24
"""


@pytest.fixture
def station(tmp_path: Path) -> Path:
    return make(tmp_path)


def playlist(station: Path, command: str, *words: str) -> tuple[int, str, str]:
    return told(run(station, "playlist", command, "ngay-hoi", *words))


def test_a_slot_moved_before_one_of_its_minute_goes_on_air_before_it(station: Path) -> None:
    together = changed(('"05:30"', '"17:00"'))
    write(station / FILE, together)
    assert playlist(station, "move", "sang", "--before", "chieu") == (
        0,
        """\
- 17:00 22/09-24/09 (3)  phuong  ngay-hoi/chieu: chime, chao
+ 17:00 22/09-24/09 (3)  phuong  ngay-hoi/chieu: chime, chao; begins at 17:01:00
- 17:00 22/09-24/09 (3)  phuong  ngay-hoi/sang: 60s; begins at 17:00:04
+ 17:00 22/09-24/09 (3)  phuong  ngay-hoi/sang: 60s
""",
        WRITTEN,
    )
    # "sang" stood first in the file, but "chieu" comes before it by name.
    assert read(station) == changed(
        ("# ai cũng đã dậy\n", "# ai cũng đã dậy\norder = -1\n"), text=together
    )


def test_a_slot_moved_takes_its_lines_along_and_the_heading_stays(station: Path) -> None:
    assert playlist(station, "move", "chieu", "--before", "sang") == (0, "", UNSEEN)
    assert read(station) == changed((MORNING + AFTERNOON, AFTERNOON + MORNING))
    assert playlist(station, "move", "chieu", "--before", "sang") == (0, "", SAID)


def test_an_event_moved_stands_before_the_other_in_the_file_alone(station: Path) -> None:
    write(station / FILE, PLAYLIST + CLOSING)
    assert playlist(station, "move", "be-mac", "--before", "khai-mac") == (0, "", UNSEEN)
    opening = PLAYLIST[PLAYLIST.index("[[event]]") :]
    assert read(station) == changed((opening, f"{CLOSING.lstrip()}\n{opening}"))


def test_what_has_no_order_between_them_is_refused(station: Path) -> None:
    assert playlist(station, "move", "sang", "--before", "khau-hieu") == (
        1,
        "",
        "sang and khau-hieu have no order between them: only broadcasts have, and slogans\n",
    )
    assert playlist(station, "move", "sagn", "--before", "chieu") == (
        1,
        "",
        f'{FILE}: there is no slot "sagn"; did you mean "sang"?\n',
    )
    assert playlist(station, "move", "sang", "--before", "cheu") == (
        1,
        "",
        f'{FILE}: there is no slot "cheu"; did you mean "chieu"?\n',
    )
    write(station / FILE, changed(("# ai cũng đã dậy\n", '\nclass = "urgent"\n')))
    assert playlist(station, "move", "chieu", "--before", "sang") == (
        1,
        "",
        "sang is of class urgent and goes before chieu of class normal, whatever their order\n",
    )


def test_a_move_before_nothing_is_not_understood(station: Path) -> None:
    arguments = "[OPTIONS] ID SLOT"
    assert playlist(station, "move", "sang") == usage(
        "playlist move", arguments, "Missing option '--before'."
    )
    assert playlist(station, "move", "sang", "--before", "sang") == usage(
        "playlist move", arguments, "a slot can't come before itself"
    )


def test_a_slot_removed_goes_with_its_own_lines(station: Path) -> None:
    assert playlist(station, "remove", "chieu") == (
        0,
        "- 17:00 22/09-24/09 (3)  phuong  ngay-hoi/chieu: chime, chao\n",
        WRITTEN,
    )
    assert read(station) == changed((AFTERNOON, ""))
    assert playlist(station, "remove", "khau-hieu") == (
        0,
        "- 06:00-22:00 22/09-24/09 (3)  cong  Chào mừng\n",
        WRITTEN,
    )
    assert read(station) == changed((AFTERNOON, ""), (SIGN, ""))


def test_a_file_with_crlf_keeps_it_when_a_slot_goes(station: Path) -> None:
    write(station / FILE, PLAYLIST.replace("\n", "\r\n"))
    assert playlist(station, "remove", "chieu")[0] == 0
    assert read(station) == changed((AFTERNOON, "")).replace("\n", "\r\n")


def test_the_last_slot_removed_leaves_a_playlist_that_check_warns_of(station: Path) -> None:
    only = PLAYLIST[: PLAYLIST.index('[[radio]]\nid = "ch')]
    write(station / FILE, only)
    assert playlist(station, "remove", "sang") == (
        0,
        "- 05:30 22/09-24/09 (3)  phuong  ngay-hoi/sang: 60s\n",
        f"{FILE}: is empty: it has no radio, led or event table\n{WRITTEN}",
    )
    assert "[[" not in read(station)


def test_a_slot_that_is_not_there_is_not_removed(station: Path) -> None:
    assert playlist(station, "remove", "chiều") == (
        1,
        "",
        f'{FILE}: there is no slot "chiều"; did you mean "chieu"?\n',
    )
    assert read(station) == PLAYLIST


def test_a_removal_tried_shows_what_would_go_as_json(station: Path) -> None:
    code, out, err = playlist(station, "remove", "khai-mac", "--dry-run", "--json")
    found = json.loads(out)
    assert [row["key"] for row in found["airings"]["removed"]] == [
        "ngay-hoi/khai-mac/2025-09-23T17:30+07:00/phuong"
    ]
    assert (found["slot"], found["written"]) == ("khai-mac", False)
    assert (code, err) == (0, "nothing was written\n")
    assert read(station) == PLAYLIST


def test_a_slot_disabled_stands_in_the_file_and_comes_back_as_it_was(station: Path) -> None:
    row = "05:30 22/09-24/09 (3)  phuong  ngay-hoi/sang: 60s\n"
    assert playlist(station, "disable", "sang") == (0, f"- {row}", WRITTEN)
    assert read(station) == changed(("# ai cũng đã dậy\n", "# ai cũng đã dậy\nenabled = false\n"))
    assert playlist(station, "disable", "sang") == (0, "", SAID)
    assert playlist(station, "enable", "sang") == (0, f"+ {row}", WRITTEN)
    assert read(station) == PLAYLIST
    assert playlist(station, "enable", "sang") == (0, "", SAID)


def test_a_playlist_disabled_airs_and_shows_nothing_reminders_included(station: Path) -> None:
    rows = """\
05:30 22/09-24/09 (3)        phuong  ngay-hoi/sang: 60s
17:00 22/09-24/09 (3)        phuong  ngay-hoi/chieu: chime, chao
17:30 23/09                  phuong  ngay-hoi/khai-mac: chime, chao
06:00-22:00 22/09-24/09 (3)  cong    Chào mừng
"""
    gone = "".join(f"- {row}\n" for row in rows.splitlines())
    assert playlist(station, "disable") == (0, gone, WRITTEN)
    assert read(station) == changed(("cả ngày này\n", "cả ngày này\nenabled = false\n"))
    assert playlist(station, "enable") == (0, gone.replace("- ", "+ "), WRITTEN)
    assert read(station) == PLAYLIST


def test_what_would_breach_the_guard_is_not_enabled(station: Path) -> None:
    dark = changed(('"05:30"]', '"03:15"]\nenabled = false'))
    write(station / FILE, dark)
    code, out, err = playlist(station, "enable", "sang")
    assert code == 1
    assert out.startswith("+ 03:15 22/09-24/09 (3)  phuong  ngay-hoi/sang: 60s; refused: outside")
    assert err.startswith(f"{FILE}:10: radio.sang: 3 airings can't air, the first on 22/09/2025")
    assert err.endswith("\nnothing was written\n")
    assert read(station) == dark


def test_an_event_cannot_be_switched_off_but_its_reminder_can(station: Path) -> None:
    assert playlist(station, "disable", "khai-mac") == (
        1,
        "",
        """\
an event can't be switched off; to take its reminder away: \
broadcaster playlist set ngay-hoi khai-mac remind=
""",
    )


@pytest.mark.parametrize("command", ["enable", "disable", "remove"])
def test_a_playlist_that_is_not_there_is_told_with_a_near_one(station: Path, command: str) -> None:
    assert told(run(station, "playlist", command, "ngay-hio", "sang")) == (
        1,
        "",
        'playlists/ngay-hio.toml: is missing; did you mean "ngay-hoi"?\n',
    )
