"""`rehearse`, whole: what it says, and the folders that it leaves alone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.desk import DEVICES, FILE, changed, make, run, told, write
from tests.emulators.port import Port

PLAYLIST = """\
format = 1
[campaign]
title = "Ngày hội"
from = 2025-09-22
until = 2025-09-22
[[radio]]
id = "sang"
at = ["05:30"]
zones = ["phuong"]
items = [{ pause = "2s" }]
"""
SPOKEN = """\
[[radio]]
id = "a-chao"
at = ["05:30"]
zones = ["phuong"]
items = [{ script = "chao" }]
"""
OTHERS = (
    "holds other things than a rehearsal: name a new folder or an empty one with --out, or"
    " move away what is in it\n"
)
AIRED = "22/09/2025 05:30  phuong  ngay-hoi/sang  aired\n\nIn all: 1 aired\n"


@pytest.fixture
def station(tmp_path: Path) -> Path:
    return make(tmp_path / "station", PLAYLIST)


def ends(folder: Path) -> str:
    return f"""\
Sound, sign pictures, the as-run ledger and a page of it are in {folder}:
  {folder / "index.html"}
To go on air with this station: broadcaster run
"""


def test_an_engine_that_fails_is_told_once_and_another_speaks_for_it(station: Path) -> None:
    voice = '[voice]\nengines = ["system", "espeak"]\n'
    write(station / "devices.toml", DEVICES + voice)
    write(station / FILE, PLAYLIST + SPOKEN)
    code, _, err = told(run(station, "rehearse"))
    assert code == 0
    assert err.count("system: there are voices of the system on Windows and macOS only") == 1


def test_a_rehearsal_keys_no_amplifier(station: Path, tmp_path: Path) -> None:
    board = Port(tmp_path)
    keyed = f"""\
driver = "soundcard"
amplifier = {{ link = "serial://{board.path}", on = "01", off = "00", warm_up = "60s" }}
"""
    write(station / "devices.toml", DEVICES.replace('driver = "file"\n', keyed))
    code, out, _ = told(run(station, "rehearse"))
    assert (code, out) == (0, AIRED)
    assert not board.said()
    board.unplug()


def files(folder: Path) -> dict[str, bytes]:
    """Give every file with its bytes."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def fill(folder: Path) -> None:
    """Put into a folder what a station's state, or a stranger's folder, may hold."""
    for name in ("audio/loa/a.flac", "signs/cong/b.png", "ledger.sqlite", "index.html"):
        write(folder / name, "mine")


def test_a_rehearsal_prints_what_aired_and_says_where_all_is(station: Path) -> None:
    rendered = "rendering ngay-hoi/sang (1 of 1)\n"
    out = station / "var" / "rehearsal"
    assert told(run(station, "rehearse")) == (0, AIRED, rendered + ends(out))
    assert told(run(station, "rehearse")) == (0, AIRED, ends(out))
    assert {path.name for path in out.iterdir()} == {
        ".rehearsal", "audio", "signs", "ledger.sqlite", "index.html",
    }  # fmt: skip


@pytest.mark.parametrize(
    "name",
    [
        ".", "var", "scripts", "scripts/moi", "playlists", "playlists/moi", "var/cache",
        "var/cache/moi", "var/audio", "var/signs/cong", "var/trash", "scripts/../var", "lien-ket",
    ],
)  # fmt: skip
@pytest.mark.parametrize("marked", [False, True])
def test_the_stations_own_folders_are_refused_and_left_alone(
    station: Path, name: str, *, marked: bool
) -> None:
    (station / "lien-ket").symlink_to(station / "var")
    fill(station / "var")
    out = station / name
    if marked and out.exists():
        (out / ".rehearsal").touch()
    before = files(station)
    assert told(run(station, "rehearse", "--out", str(out))) == (
        1,
        "",
        f"{out} is the station's own: leave out --out, or name a new folder\n",
    )
    assert files(station) == before


def test_a_folder_of_other_things_is_refused_and_left_alone(station: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    fill(other)
    assert told(run(station, "rehearse", "--out", str(other))) == (
        1,
        "",
        f"{other} {OTHERS}",
    )
    assert set(files(other).values()) == {b"mine"}
    assert len(files(other)) == 4


@pytest.mark.parametrize("name", ["station/var/thu", "new/er", "empty"])
def test_a_new_folder_and_an_empty_one_are_filled_and_filled_again(
    station: Path, tmp_path: Path, name: str
) -> None:
    out = tmp_path / name
    (tmp_path / "empty").mkdir()
    for _ in range(2):
        code, data, said = told(run(station, "rehearse", "--out", str(out)))
        assert (code, data) == (0, AIRED)
        assert said.endswith(ends(out))
        write(out / "ghi-chu.txt", "the user's own")
    assert files(out)["ghi-chu.txt"] == b"the user's own"


def test_the_usual_folder_is_known_by_what_is_in_it_where_it_has_no_marker_yet(
    station: Path,
) -> None:
    out = station / "var" / "rehearsal"
    fill(out)
    assert told(run(station, "rehearse"))[:2] == (0, AIRED)
    assert b"mine" not in files(out).values()


def test_other_things_in_the_usual_folder_are_refused_and_left_alone(station: Path) -> None:
    write(station / "var" / "rehearsal" / "index.html", "mine")
    code, _, said = told(run(station, "rehearse"))
    assert (code, said) == (1, f"{station / 'var' / 'rehearsal'} {OTHERS}")
    assert files(station / "var" / "rehearsal") == {"index.html": b"mine"}


def test_a_folder_that_cannot_be_written_is_a_sentence(station: Path, tmp_path: Path) -> None:
    write(tmp_path / "file", "in the way")
    out = tmp_path / "file" / "moi"
    assert told(run(station, "rehearse", "--out", str(out))) == (
        3,
        "",
        f"{out}: can't be written: Not a directory\n",
    )
    assert FILE in files(station)


def test_a_recording_that_cannot_be_read_is_missed_for_that_and_delays_nobody(
    station: Path,
) -> None:
    write(station / FILE, PLAYLIST + SPOKEN)
    broken = station / "scripts" / "chao.wav"
    broken.touch()
    fault = f"{broken}: holds no sound that can be read"
    code, data, said = told(run(station, "rehearse"))
    assert (code, data) == (
        0,
        f"""\
22/09/2025 05:30  phuong  ngay-hoi/a-chao  missed  {fault}
22/09/2025 05:30  phuong  ngay-hoi/sang    aired

In all: 1 aired, 1 missed
""",
    )
    out = station / "var" / "rehearsal"
    assert said == (
        "rendering ngay-hoi/a-chao (1 of 2)\n"
        "rendering ngay-hoi/sang (2 of 2)\n"
        f"{fault}\n{ends(out)}"
    )
    assert "holds no sound that can be read" in (out / "index.html").read_text(encoding="utf-8")
    rows = told(run(station, "log", "--airings", "--json", "--ledger", str(out / "ledger.sqlite")))
    aired, missed = map(json.loads, rows[1].splitlines())
    assert (missed["outcome"], missed["reason"]) == ("missed", fault)
    assert aired["started"] == "2025-09-22T05:30:00+07:00"


def test_of_a_campaign_without_an_end_to_speak_of_a_year_is_rehearsed(station: Path) -> None:
    endless = changed(
        ("until = 2025-09-22", "until = 2199-12-31"),
        ('id = "sang"', 'id = "sang"\ndates = [2025-09-22, 2026-09-22, 2026-09-23]'),
        text=PLAYLIST,
    )
    write(station / FILE, endless)
    code, data, said = told(run(station, "rehearse"))
    assert (code, data) == (
        0,
        """\
22/09/2025 05:30  phuong  ngay-hoi/sang  aired
22/09/2026 05:30  phuong  ngay-hoi/sang  aired

In all: 2 aired
""",
    )
    assert said.startswith(
        "a year is rehearsed, until 22/09/2026; --until names another day\nrendering "
    )


def test_of_days_without_airings_it_says_so(station: Path) -> None:
    days = ["--from", "2025-09-23", "--until", "2025-09-23"]
    code, data, said = told(run(station, "rehearse", *days))
    assert (code, data, said) == (0, "In all: no airings\n", ends(station / "var" / "rehearsal"))
