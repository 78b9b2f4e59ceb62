"""`playlist set`, whole: what changes in the timetable, what in the file, and what is refused."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path

import pytest

from tests.cli.desk import FILE, OUTSIDE, PLAYLIST, changed, make, read, run, told, usage, write

WRITTEN = f"written: {FILE}\n"
UNSEEN = f"the timetable stays as it is\n{WRITTEN}"


@pytest.fixture
def station(tmp_path: Path) -> Path:
    return make(tmp_path)


def set_(station: Path, *words: str) -> tuple[int, str, str]:
    return told(run(station, "playlist", "set", "ngay-hoi", *words))


def test_a_time_that_is_changed_goes_and_comes(station: Path) -> None:
    assert set_(station, "sang", "at=05:45,06:15") == (
        0,
        """\
- 05:30 22/09-24/09 (3)  phuong  ngay-hoi/sang: 60s
+ 05:45 22/09-24/09 (3)  phuong  ngay-hoi/sang: 60s
+ 06:15 22/09-24/09 (3)  phuong  ngay-hoi/sang: 60s
""",
        WRITTEN,
    )
    # The comment behind it keeps its column as far as it can.
    assert read(station) == changed(
        ('at = ["05:30"]          #', 'at = ["05:45", "06:15"] #'),
    )


def test_several_keys_are_set_at_once_and_stand_where_people_look_for_them(station: Path) -> None:
    assert set_(station, "sang", "gain_db=-3", "late=5m", "if_cut=drop", "name=Kẻng sáng") == (
        0,
        """\
- 05:30 22/09-24/09 (3)  phuong  ngay-hoi/sang: 60s; late = "1m"; if_cut = "resume"; gain_db = 0
+ 05:30 22/09-24/09 (3)  phuong  ngay-hoi/sang: 60s; late = "5m"; if_cut = "drop"; gain_db = -3
""",
        WRITTEN,
    )
    assert read(station) == changed(
        ('id = "sang"\n', 'id = "sang"\nname = "Kẻng sáng"\n'),
        ("items = [{ pause", 'late = "5m"\nif_cut = "drop"\ngain_db = -3\nitems = [{ pause'),
    )


def test_a_key_without_a_value_is_taken_away(station: Path) -> None:
    assert set_(station, "khai-mac", "remind=", "part=") == (
        0,
        "- 17:30 23/09  phuong  ngay-hoi/khai-mac: chime, chao\n",
        WRITTEN,
    )
    assert read(station) == PLAYLIST.split("part =")[0]


def test_the_campaign_has_its_own_keys(station: Path) -> None:
    letter = 'letter={ number = "12/UBND", date = 2025-09-20 }'
    assert set_(station, "campaign", "until=25/09/2025", letter, "implements=1/A, 2/B") == (
        0,
        """\
+ 05:30 25/09        phuong  ngay-hoi/sang: 60s
+ 17:00 25/09        phuong  ngay-hoi/chieu: chime, chao
+ 06:00-22:00 25/09  cong    Chào mừng
""",
        WRITTEN,
    )
    given = 'letter = { number = "12/UBND", date = 2025-09-20 }\nimplements = ["1/A", "2/B"]\n'
    kept = changed(
        ("from = 2025", f"{given}from = 2025"), ("2025-09-24      #", "2025-09-25      #")
    )
    assert read(station) == kept

    assert set_(station, "campaign", "letter.date=", "theme=Đổi mới") == (0, "", UNSEEN)
    assert read(station) == changed(
        (", date = 2025-09-20", ""), ("letter =", 'theme = "Đổi mới"\nletter ='), text=kept
    )


def test_items_are_typed_as_files_have_them(station: Path) -> None:
    items = '[{ chime = "default" }, { pause = "90s" }, { chime = "default" }]'
    assert set_(station, "sang", f"items={items}") == (
        0,
        """\
- 05:30 22/09-24/09 (3)  phuong  ngay-hoi/sang: 60s; about 1:00 long
+ 05:30 22/09-24/09 (3)  phuong  ngay-hoi/sang: chime, 90s, chime; about 1:37 long
""",
        WRITTEN,
    )
    assert read(station) == changed(('[{ pause = "60s" }]', items))


def test_a_slogan_may_hold_commas_and_a_list_has_brackets(station: Path) -> None:
    assert set_(station, "khau-hieu", unicodedata.normalize("NFD", "slogans=Vui, khỏe")) == (
        0,
        """\
- 06:00-22:00 22/09-24/09 (3)  cong  Chào mừng
+ 06:00-22:00 22/09-24/09 (3)  cong  Vui, khỏe
""",
        WRITTEN,
    )
    assert read(station) == changed(("Chào mừng", "Vui, khỏe"))
    assert set_(station, "khau-hieu", 'slogans=["Vui", "khỏe"]')[1] == (
        """\
- 06:00-22:00 22/09-24/09 (3)  cong  Vui, khỏe
+ 06:00-22:00 22/09-24/09 (3)  cong  Vui | khỏe
"""
    )


def test_a_slot_airs_on_the_days_that_all_its_rules_leave(station: Path) -> None:
    words = ["dates=22/09/2025, 2025-09-23", "except=22/09/2025", "class=priority", "days=tue,wed"]
    assert set_(station, "chieu", *words) == (
        0,
        """\
- 17:00 22/09-24/09 (3)  phuong  ngay-hoi/chieu: chime, chao
+ 17:00 23/09            phuong  ngay-hoi/chieu: chime, chao; priority
""",
        WRITTEN,
    )


def test_what_says_so_already_is_not_written(station: Path) -> None:
    assert set_(station, "sang", "at=05:30") == (
        0,
        "",
        f"{FILE} says so already: nothing was written\n",
    )


def test_a_dry_run_shows_and_writes_nothing(station: Path) -> None:
    assert set_(station, "khau-hieu", "between=07:00-22:00", "--dry-run") == (
        0,
        "- 06:00-07:00 22/09-24/09 (3)  cong  Chào mừng\n",
        "nothing was written\n",
    )
    assert read(station) == PLAYLIST


def test_json_pairs_what_was_with_what_is(station: Path) -> None:
    code, out, err = set_(station, "sang", "late=2m", "dates=2025-09-22", "--json")
    row = {
        "campaign": "ngay-hoi", "slot": "sang", "zone": "phuong", "class": "normal",
        "seconds": 60.0, "status": "planned", "reason": "",
    }  # fmt: skip

    def airing(day: int) -> dict[str, object]:
        group = f"ngay-hoi/sang/2025-09-{day}T05:30+07:00"
        start = f"2025-09-{day}T05:30:00+07:00"
        return row | {"key": f"{group}/phuong", "group": group, "start": start}

    assert json.loads(out) == {
        "file": FILE,
        "slot": "sang",
        "written": True,
        "airings": {
            "added": [],
            "removed": [airing(23), airing(24)],
            "changed": [{"before": airing(22), "after": airing(22)}],
        },
        "signs": {"added": [], "removed": []},
        "problems": [],
    }
    assert (code, err) == (0, WRITTEN)


def test_json_tells_a_refusal_with_its_problem(station: Path) -> None:
    code, out, err = set_(station, "sang", "at=03:15", "dates=2025-09-22", "--json")
    found = json.loads(out)
    message = f"1 airing can't air, on 22/09/2025 03:15 in phuong: {OUTSIDE}"
    assert found["written"] is False
    assert [(row["status"], row["reason"]) for row in found["airings"]["added"]] == [
        ("refused", OUTSIDE)
    ]
    assert found["problems"] == [
        {
            "file": FILE, "line": 10, "key": "radio.sang", "message": message, "hint": "",
            "level": "error",
        }
    ]  # fmt: skip
    assert (code, err) == (1, f"{FILE}:10: radio.sang: {message}\nnothing was written\n")
    assert read(station) == PLAYLIST


def test_one_slot_that_runs_into_the_next_beyond_its_late_policy_is_refused(station: Path) -> None:
    clash = "clashes with ngay-hoi/sang, on air until 17:05: it may begin at most 1m late"
    assert set_(station, "sang", 'items=[{ pause = "15m" }]', "at=16:50") == (
        1,
        f"""\
- 05:30 22/09-24/09 (3)  phuong  ngay-hoi/sang: 60s
+ 16:50 22/09-24/09 (3)  phuong  ngay-hoi/sang: 900s
- 17:00 22/09-24/09 (3)  phuong  ngay-hoi/chieu: chime, chao
+ 17:00 22/09-24/09 (3)  phuong  ngay-hoi/chieu: chime, chao; refused: {clash}
""",
        f"""\
{FILE}:16: radio.chieu: 3 airings can't air, the first on 22/09/2025 17:00 in phuong: {clash}
nothing was written
""",
    )
    assert read(station) == PLAYLIST
    # With a late policy that allows it, it waits.
    assert set_(station, "chieu", "late=5m")[0] == 0
    assert set_(station, "sang", 'items=[{ pause = "15m" }]', "at=16:50")[:2] == (
        0,
        """\
- 05:30 22/09-24/09 (3)  phuong  ngay-hoi/sang: 60s
+ 16:50 22/09-24/09 (3)  phuong  ngay-hoi/sang: 900s
- 17:00 22/09-24/09 (3)  phuong  ngay-hoi/chieu: chime, chao
+ 17:00 22/09-24/09 (3)  phuong  ngay-hoi/chieu: chime, chao; begins at 17:05:00
""",
    )


@pytest.mark.parametrize(
    ("pair", "said"),
    [
        ("zones=phung", ':13: radio.sang.zones: there is no zone "phung"; did you mean "phuong"?'),
        ("ordr=1", ':15: radio.sang.ordr: unknown key; did you mean "order"?'),
        ("order=nhất", ':13: radio.sang.order: must be a whole number, not "nhất"'),
        ("enabled=no", ':13: radio.sang.enabled: must be true or false, not "no"'),
        ("at=", ":10: radio.sang.at: is missing"),
        ("id=chieu", ': "chieu" is taken by another table of this file'),
    ],
)
def test_what_check_refuses_is_refused(station: Path, pair: str, said: str) -> None:
    code, _, err = set_(station, "sang", pair)
    assert code == 1
    assert f"{FILE}{said}\n" in err
    assert read(station) == PLAYLIST


def test_what_was_wrong_before_is_no_reason_to_refuse(station: Path) -> None:
    write(station / FILE, changed(('"05:30"]', '"5:30"] '), ('"17:00"', '"25:00"')))
    assert set_(station, "sang", "at=05:30") == (
        0,
        "+ 05:30 22/09-24/09 (3)  phuong  ngay-hoi/sang: 60s\n",
        WRITTEN,
    )
    assert read(station) == changed(('"17:00"', '"25:00"'))


def test_a_slot_that_is_not_there_is_told_with_a_near_one(station: Path) -> None:
    assert set_(station, "sagn", "late=1m") == (
        1,
        "",
        f'{FILE}: there is no slot "sagn"; did you mean "sang"?\n',
    )


@pytest.mark.parametrize(
    ("words", "error"),
    [
        (["late"], 'give it as key=value, not "late"'),
        (["=5m"], 'give it as key=value, not "=5m"'),
        (["late=5m", "late=6m"], "late is given twice"),
        ([], "Missing argument 'KEY=VALUE...'."),
    ],
)
def test_what_is_no_key_and_value_is_not_understood(
    station: Path, words: list[str], error: str
) -> None:
    assert set_(station, "sang", *words) == usage(
        "playlist set", "[OPTIONS] ID SLOT KEY=VALUE...", error
    )
