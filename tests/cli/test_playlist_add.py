"""`playlist add radio`, whole: what is shown, what is said, what is written."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from tests.cli.desk import FILE, OUTSIDE, PLAYLIST, changed, make, read, run, told, write

BEFORE_SIGNS = "\n# Bảng ở cổng.\n"
MORNING = ("radio", "--at", "06:00", "--zone", "phuong", "--script", "tin")
RADIO = """
[[radio]]
id = "tin"
at = ["06:00"]
zones = ["phuong"]
late = "10m"
items = [{ chime = "default" }, { script = "tin" }, { chime = "default" }]
"""
STANDING = """\
format = 1
[campaign]
title = "Hằng ngày"
[[radio]]
id = "nhac"
at = ["06:00"]
zones = ["phuong"]
items = [{ pause = "60s" }]
"""


@pytest.fixture
def station(tmp_path: Path) -> Path:
    return make(tmp_path)


def add(station: Path, *words: str) -> tuple[int, str, str]:
    return told(run(station, "playlist", "add", "ngay-hoi", *words))


def with_radio(row: str) -> str:
    """Give the playlist with one more radio slot, where such slots stand."""
    return changed((BEFORE_SIGNS, row + BEFORE_SIGNS))


def test_a_broadcast_is_shown_then_written_behind_its_kind(station: Path) -> None:
    assert add(station, *MORNING) == (
        0,
        "+ 06:00 22/09-24/09 (3)  phuong  ngay-hoi/tin: chime, tin, chime\n",
        f'its id is "tin"\nwritten: {FILE}\n',
    )
    assert read(station) == with_radio(RADIO)


def test_options_may_be_given_twice_or_with_commas(station: Path) -> None:
    result = add(
        station, "radio", "--at", "06:00,06:30", "--at", "18:00", "--at", "06:00",
        "--zone", "phuong, phuong", "--script", "tin , chao", "--script", "tin",
        "--days", "mon", "--days", "tue,wed", "--except", "23/09/2025", "--except", "2025-09-23",
    )  # fmt: skip
    assert result == (
        0,
        """\
+ 06:00 22/09, 24/09 (2)  phuong  ngay-hoi/tin: chime, tin, 2s, chao, chime
+ 06:30 22/09, 24/09 (2)  phuong  ngay-hoi/tin: chime, tin, 2s, chao, chime
+ 18:00 22/09, 24/09 (2)  phuong  ngay-hoi/tin: chime, tin, 2s, chao, chime
""",
        f'its id is "tin"\nwritten: {FILE}\n',
    )
    assert read(station) == with_radio("""
[[radio]]
id = "tin"
at = ["06:00", "06:30", "18:00"]
days = ["mon", "tue", "wed"]
except = [2025-09-23]
zones = ["phuong"]
late = "10m"
items = [
    { chime = "default" }, { script = "tin" }, { pause = "2s" }, { script = "chao" },
    { chime = "default" },
]
""")


def test_every_option_of_a_slot_has_its_key(station: Path) -> None:
    name = unicodedata.normalize("NFD", " Bản  tin sáng ")
    days = ["--dates", "23/09/2025, 24/09/2025", "--from", "2025-09-22", "--until", "23/09/2025"]
    more = ["--id", "ban-tin", "--name", name, "--order", "-3", "--late", "join"]
    assert add(station, *MORNING, *days, *more) == (
        0,
        "+ 06:00 23/09  phuong  ngay-hoi/ban-tin: chime, tin, chime\n",
        f'its id is "ban-tin"\nwritten: {FILE}\n',
    )
    assert read(station) == with_radio("""
[[radio]]
id = "ban-tin"
name = "Bản tin sáng"
at = ["06:00"]
from = 2025-09-22
until = 2025-09-23
dates = [2025-09-23, 2025-09-24]
order = -3
zones = ["phuong"]
late = "join"
items = [{ chime = "default" }, { script = "tin" }, { chime = "default" }]
""")


def test_an_id_that_is_taken_gets_the_time_behind_it_then_a_number(station: Path) -> None:
    ids = [add(station, *MORNING)[2].splitlines()[0] for _ in range(3)]
    assert ids == ['its id is "tin"', 'its id is "tin-0600"', 'its id is "tin-2"']


def test_who_has_to_wait_is_told_with_its_second(station: Path) -> None:
    words = ("radio", "--at", "05:30", "--zone", "phuong", "--script", "tin", "--dry-run")
    assert add(station, *words) == (
        0,
        "+ 05:30 22/09-24/09 (3)  phuong  ngay-hoi/tin: chime, tin, chime; begins at 05:31:00\n",
        'its id is "tin"\nnothing was written\n',
    )
    assert read(station) == PLAYLIST


def test_a_file_with_crlf_and_a_byte_order_mark_keeps_both(station: Path) -> None:
    write(station / FILE, "\ufeff" + PLAYLIST.replace("\n", "\r\n"))
    assert add(station, *MORNING)[0] == 0
    assert read(station) == "\ufeff" + with_radio(RADIO).replace("\n", "\r\n")


def test_a_zone_and_a_script_that_are_not_there_are_told_with_near_ones(station: Path) -> None:
    assert add(station, "radio", "--at", "06:00", "--zone", "phung", "--script", "tni") == (
        1,
        """\
+ 06:00 22/09-24/09 (3)  phung  ngay-hoi/tni: chime, tni, chime; \
refused: radio.tni.zones: there is no zone "phung"
""",
        f"""\
its id is "tni"
{FILE}:25: radio.tni.zones: there is no zone "phung"; did you mean "phuong"?
{FILE}:27: radio.tni.items[2].script: there is no scripts/tni.md; did you mean "tin"?
nothing was written
""",
    )
    assert read(station) == PLAYLIST


def test_an_hour_outside_the_guard_is_refused(station: Path) -> None:
    words = ("radio", "--at", "06:00,03:15", "--zone", "phuong", "--script", "tin")
    assert add(station, *words) == (
        1,
        f"""\
+ 03:15 22/09-24/09 (3)  phuong  ngay-hoi/tin: chime, tin, chime; refused: {OUTSIDE}
+ 06:00 22/09-24/09 (3)  phuong  ngay-hoi/tin: chime, tin, chime
""",
        f"""\
its id is "tin"
{FILE}:22: radio.tin: 3 airings can't air, the first on 22/09/2025 03:15 in phuong: {OUTSIDE}
nothing was written
""",
    )
    assert read(station) == PLAYLIST


def test_an_edit_that_silences_another_campaign_is_refused(station: Path) -> None:
    write(station / "playlists/hang-ngay.toml", STANDING)
    words = ["playlist", "set", "hang-ngay", "nhac", "at=05:20", 'items=[{ pause = "20m" }]']
    clash = "clashes with hang-ngay/nhac, on air until 05:40: it may begin at most 1m late"
    assert told(run(station, *words)) == (
        1,
        f"""\
+ 05:20 01/09-02/10 (32)  phuong  hang-ngay/nhac: 1200s
- 06:00 01/09-02/10 (32)  phuong  hang-ngay/nhac: 60s
- 05:30 22/09-24/09 (3)   phuong  ngay-hoi/sang: 60s
+ 05:30 22/09-24/09 (3)   phuong  ngay-hoi/sang: 60s; refused: {clash}
""",
        f"""\
looked at until 02/10/2025: it has no end
{FILE}:10: radio.sang: 3 airings can't air, the first on 22/09/2025 05:30 in phuong: {clash}
nothing was written
""",
    )
    assert read(station, "playlists/hang-ngay.toml") == STANDING


def test_a_clash_of_an_endless_programme_is_found_in_the_last_campaign(station: Path) -> None:
    write(station / "playlists/hang-ngay.toml", STANDING)
    far = changed(("from = 2025-09-22", "from = 2025-12-01"), ("2025-09-24 ", "2025-12-02 "))
    far = far.split("\n[[event]]")[0].replace('"60s"', '"10m"')
    write(station / "playlists/mua-dong.toml", far)
    clash = "clashes with mua-dong/sang, on air until 05:40: it may begin at most 1m late"
    assert told(run(station, "playlist", "set", "hang-ngay", "nhac", "at=05:31")) == (
        1,
        f"""\
+ 05:31 01/09-30/11 (91)  phuong  hang-ngay/nhac: 60s
- 06:00 01/09-02/12 (93)  phuong  hang-ngay/nhac: 60s
+ 05:31 01/12-02/12 (2)   phuong  hang-ngay/nhac: 60s; refused: {clash}
""",
        f"""\
looked at until 02/12/2025: it has no end
playlists/hang-ngay.toml:4: radio.nhac: 2 airings can't air, the first on 01/12/2025 05:31 \
in phuong: {clash}
nothing was written
""",
    )


def test_days_that_the_campaign_does_not_have_are_refused(station: Path) -> None:
    assert add(station, *MORNING, "--from", "2025-09-25") == (
        1,
        "",
        f"""\
its id is "tin"
{FILE}:25: radio.tin.from: 2025-09-25 lies after the campaign's window, \
which closes on 2025-09-24
{FILE}:22: radio.tin: its rules and the campaign's window leave it no day
nothing was written
""",
    )


def test_every_wrong_value_is_told_at_once(station: Path) -> None:
    words = ("--zone", "phuong", "--script", "tin", "--days", "mon,tues", "--late", "lâu")
    assert add(station, "radio", "--at", "6h", *words, "--order", "1") == (
        1,
        "",
        f"""\
its id is "tin"
{FILE}:24: radio.tin.at: must be a time of day like "05:30", not "6h"; \
did you mean "06:00"?
{FILE}:25: radio.tin.days: must be one of mon, tue, wed, thu, fri, sat, sun, \
not "tues"; did you mean "tue"?
{FILE}:28: radio.tin.late: must be a duration like "10m", "2s" or "1h30m", not "lâu"
nothing was written
""",
    )
    assert read(station) == PLAYLIST


@pytest.mark.parametrize("taken", ["chieu", "khau-hieu", "khai-mac", "campaign"])
def test_an_id_that_another_table_has_is_refused(station: Path, taken: str) -> None:
    assert add(station, *MORNING, "--id", taken) == (
        1,
        "",
        f'{FILE}: "{taken}" is taken by another table of this file\n',
    )
    assert read(station) == PLAYLIST
