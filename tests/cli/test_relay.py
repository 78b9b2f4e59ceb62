"""Relays, by the commands that people have: added, refused, checked, planned, rehearsed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.desk import DEVICES, FILE, changed, make, read, run, told, write

URL = "https://dai.example/phat.m3u8"
BEFORE_SIGNS = "\n# Bảng ở cổng.\n"
RELAY = ("radio", "--at", "06:00", "--zone", "phuong", "--relay", URL)
NEVER_COUNTS = "minutes_per_day = 1\nsessions_per_day = 1\nrelays_count = false\n"
ALONE = 'format = 1\n[campaign]\ntitle = "Ngày hội"\nfrom = 2025-09-22\nuntil = 2025-09-22\n'


@pytest.fixture
def station(tmp_path: Path) -> Path:
    return make(tmp_path)


def add(station: Path, *words: str) -> tuple[int, str, str]:
    return told(run(station, "playlist", "add", "ngay-hoi", *words))


def with_items(station: Path, items: str) -> None:
    write(station / FILE, changed(('[{ pause = "60s" }]', f"[{items}]")))


def test_a_relay_is_added_to_begin_at_its_minute_and_to_be_joined_late(station: Path) -> None:
    assert add(station, *RELAY, "--for", "30m", "--fallback", "tin") == (
        0,
        f"+ 06:00 22/09-24/09 (3)  phuong  ngay-hoi/tiep-song: relay of {URL} for 30m\n",
        f'its id is "tiep-song"\nwritten: {FILE}\n',
    )
    row = f"""
[[radio]]
id = "tiep-song"
at = ["06:00"]
zones = ["phuong"]
late = "join"
items = [{{ relay = "{URL}", for = "30m", fallback = "tin" }}]
"""
    assert read(station) == changed((BEFORE_SIGNS, row + BEFORE_SIGNS))


def test_scripts_follow_the_relay_with_their_chimes(station: Path) -> None:
    code, _, err = add(
        station, *RELAY, "--for", "10m", "--script", "tin", "--late", "2m", "--id", "sau"
    )
    assert (code, err.splitlines()[-1]) == (0, f"written: {FILE}")
    assert f"""late = "2m"
items = [
    {{ relay = "{URL}", for = "10m" }}, {{ chime = "default" }},
    {{ script = "tin" }}, {{ chime = "default" }},
]
""" in read(station)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (RELAY, "--relay and --for go together, and --fallback with them"),
        ((*RELAY[:-2], "--for", "1m"), "--relay and --for go together, and --fallback with them"),
        (RELAY[:-2], "name what is aired: --script, or --relay with --for"),
        ((*RELAY[:-2], "--script", "tin", "--fallback", "tin"), "and --fallback with them"),
    ],
)
def test_half_a_relay_is_a_slip(station: Path, words: tuple[str, ...], says: str) -> None:
    code, _, err = add(station, *words)
    assert code == 2
    assert says in err


@pytest.mark.parametrize("counts", ["", NEVER_COUNTS])
@pytest.mark.parametrize("at", ["03:15", "07:15"])
def test_a_relay_keeps_to_the_allowed_hours_whether_it_counts_or_not(
    station: Path, at: str, counts: str
) -> None:
    write(station / "devices.toml", DEVICES.replace("[zones.phuong]", counts + "[zones.phuong]"))
    write(station / FILE, ALONE)
    words = ("radio", "--at", at, "--zone", "phuong", "--relay", URL, "--for", "30m")
    code, _, err = add(station, *words)
    assert code == 1
    assert "hours allowed" in err
    assert read(station) == ALONE

    # Written by hand it is refused when its time comes, in the timetable and by the daemon.
    row = f'items = [{{ relay = "{URL}", for = "30m", fallback = "tin" }}]\n'
    write(
        station / FILE,
        f'{ALONE}[[radio]]\nid = "dem"\nat = ["{at}"]\nlate = "join"\nzones = ["phuong"]\n{row}',
    )
    code, out, _ = told(run(station, "rehearse"))
    assert (code, out.splitlines()[-1]) == (0, "In all: 1 blocked")
    assert "hours allowed" in out


def test_a_relay_that_counts_for_nothing_leaves_the_minutes_to_others(station: Path) -> None:
    devices = DEVICES.replace("[zones.phuong]", NEVER_COUNTS + "[zones.phuong]")
    write(station / "devices.toml", devices)
    with_items(station, f'{{ relay = "{URL}", for = "30m", fallback = "tin" }}')
    told_by = run(
        station, "timetable", "--from", "2025-09-22", "--until", "2025-09-22", "--json"
    ).stdout
    rows = json.loads(told_by)["airings"]
    assert [(row["slot"], row["status"]) for row in rows] == [
        ("sang", "planned"),
        ("chieu", "planned"),
    ]
    assert rows[0]["seconds"] == 1800


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("file:///etc/passwd", 'must begin with http:// or https://, not "file:///etc/passwd"'),
        ("concat:a|b", 'must begin with http:// or https://, not "concat:a|b"'),
        ("pipe:0", 'must begin with http:// or https://, not "pipe:0"'),
        ("rtsp://dai/phat", 'must begin with http:// or https://, not "rtsp://dai/phat"'),
        ("https:///phat", 'names no server: "https:///phat"'),
        ("https://dai:phat/", 'must be the address of a stream, not "https://dai:phat/"'),
        ("https://dai/a b", 'must be the address of a stream, not "https://dai/a b"'),
        ("https://ai:gi@dai/", "must hold no password: it would stand in the ledger"),
    ],
)
def test_what_is_no_stream_is_refused_with_file_and_line(station: Path, url: str, why: str) -> None:
    with_items(station, f'{{ relay = "{url}", for = "30m", fallback = "tin" }}')
    code, out, _ = told(run(station, "check"))
    assert code == 1
    line = f'{FILE}:14: radio.sang.items[1].relay: {why}; for example "https://host/stream"\n'
    assert line in out


def test_a_relay_without_a_fallback_is_warned_of(station: Path) -> None:
    with_items(station, f'{{ relay = "{URL}", for = "30m" }}')
    code, out, _ = told(run(station, "check"))
    assert code == 0
    assert (
        f"{FILE}:14: radio.sang.items[1].relay: has no fallback: nobody hears anything where the"
        ' stream is dead; name a script: fallback = "..."\n'
    ) in out


def test_a_rehearsal_lets_the_fallback_sound_and_says_so(station: Path) -> None:
    write(station / FILE, ALONE)
    assert add(station, *RELAY, "--for", "20s", "--fallback", "chao")[0] == 0
    code, out, _ = told(run(station, "rehearse"))
    heard = f"of {URL} 0 s were heard, of its fallback 1 s, and 19 s of silence"
    assert code == 0
    assert f"ngay-hoi/tiep-song  aired  {heard}: a rehearsal has no streams\n" in out
    page = (station / "var" / "rehearsal" / "index.html").read_text(encoding="utf-8")
    assert f"{heard}: a rehearsal has no streams" in page
