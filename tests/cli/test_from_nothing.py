"""An editor builds the shipped campaigns from nothing with the command line alone."""

from __future__ import annotations

import json
import shlex
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from broadcaster.domain.station import Station
from broadcaster.station.load import load
from tests.audio.sounds import encoded, sine
from tests.cli.desk import read, run, told, write

ROOT = Path(__file__).parents[2]
TYPED = Path(__file__).with_name("from_nothing.sh")
EXAMPLE = "vi-du"
EXAMPLE_SCRIPT = "loi-chao"
DAYS = ("--from", "2025-09-22", "--until", "2025-10-11")

EVERY_KEY = """\
format = 1

[campaign]
title = "Hưởng ứng Ngày hội"
theme = "Đổi mới sáng tạo toàn dân"
letter = { number = "12/UBND", date = 2025-09-20 }
implements = ["3093/SKHCN-QLCL"]
from = 2025-09-22
until = 2025-10-05
class = "priority"

[[radio]]
id = "ban-tin"
name = "Bản tin"
at = ["05:30", "17:00"]
days = ["mon", "tue"]
from = 2025-09-23
until = 2025-10-04
except = [2025-09-29]
holidays = "skip"
enabled = false
order = 10
class = "urgent"
zones = ["toan-phuong"]
late = "join"
if_cut = "drop"
gain_db = -2.5
items = [{ chime = "default" }, { script = "tin" }, { pause = "3s" }, { audio = "nhac.flac" }]

[[radio]]
id = "them"
at = ["06:30"]
dates = [2025-09-30]
zones = ["toan-phuong"]
late = "1h30m"
items = [{ audio = "nhac.flac" }, { pause = "1m" }, { script = "tin" }]

[[led]]
id = "khau-hieu"
name = "Khẩu hiệu"
between = ["06:00-11:00", "13:00-22:00"]
days = ["sat", "sun"]
except = [2025-09-28]
holidays = "skip"
order = -1
class = "normal"
zones = ["bang-dien-tu"]
slogans = ["Nhiệt liệt chào mừng", "Ngày hội, 01-10"]
effect = "flash"
dwell = "4s"

[[event]]
id = "khai-mac"
title = "Lễ khai mạc"
date = 2025-10-09
until = 2025-10-11
time = "07:30"
place = "Nhà văn hóa"
remind = { before = "5d", at = "17:30", script = "tin", zones = ["toan-phuong"] }
"""
EVERY_KEY_TYPED = """\
new --title "Hưởng ứng Ngày hội" --from 2025-09-22 --until 2025-10-05
set campaign "theme=Đổi mới sáng tạo toàn dân" implements=3093/SKHCN-QLCL class=priority
set campaign 'letter={ number = "12/UBND", date = 2025-09-20 }'
add radio --id ban-tin --at 05:30 --zone toan-phuong --script tin
set ban-tin "name=Bản tin" at=05:30,17:00 days=mon,tue from=23/09/2025 until=04/10/2025
set ban-tin except=29/09/2025 holidays=skip order=10 class=urgent late=join if_cut=drop
set ban-tin gain_db=-2.5 enabled=false
set ban-tin 'items=[{ chime = "default" }, { script = "tin" }, { pause = "3s" }, \
{ audio = "nhac.flac" }]'
add radio --id them --at 06:30 --zone toan-phuong --script tin --dates 30/09/2025 --late 1h30m
set them class=normal 'items=[{ audio = "nhac.flac" }, { pause = "1m" }, { script = "tin" }]'
set them class=
add slogan "Nhiệt liệt chào mừng" --zone bang-dien-tu
set khau-hieu "name=Khẩu hiệu" between=06:00-11:00,13:00-22:00 days=sat,sun effect=flash dwell=4s
set khau-hieu except=2025-09-28 holidays=skip order=-1 class=normal
set khau-hieu 'slogans=["Nhiệt liệt chào mừng", "Ngày hội, 01-10"]'
add event "Lễ khai mạc" --id khai-mac --date 09/10/2025 --part sáng
set khai-mac part= time=07:30 until=11/10/2025 "place=Nhà văn hóa"
set khai-mac 'remind={ before = "5d", at = "17:00", script = "tin", zones = ["toan-phuong"] }'
set khai-mac remind.at=17:30
"""


def lines(typed: str) -> Iterator[list[str]]:
    """Give the words of each line as a shell would, its comments and variables seen to."""
    variables: dict[str, str] = {}
    for line in typed.replace("\\\n", "").splitlines():
        words = shlex.split(line, comments=True)
        if len(words) == 1 and "=" in words[0]:
            name, _, value = words[0].partition("=")
            variables[f"${name}"] = value
        elif words:
            yield [variables.get(word, word) for word in words]


def do(station: Path, *words: str, stdin: str | None = None) -> str:
    """Run a command that is to be done without a word of refusal."""
    code, out, err = told(run(station, *words, stdin=stdin))
    assert code == 0, (words, err)
    assert "refused" not in out, words
    assert "says so already" not in err, words
    return out


def loaded(folder: Path) -> Station:
    station = load(folder).station
    assert station is not None
    return station


def shipped_scripts() -> Mapping[str, tuple[dict[str, str], str]]:
    """Give the front matter and the text of each shipped script, as its writer has them."""
    found = {}
    for path in sorted(ROOT.glob("scripts/*.md")):
        _, head, text = path.read_text(encoding="utf-8").split("---\n", 2)
        pairs = (line.split(": ", 1) for line in head.splitlines())
        found[path.stem] = (dict(pairs), text)
    return found


@pytest.fixture(scope="module")
def station(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("nothing") / "phường ta"
    do(folder, "init", str(folder))
    # What the station has is its technician's to say, in devices.toml.
    shutil.copy(ROOT / "devices.toml", folder)
    do(folder, "playlist", "remove", EXAMPLE)
    do(folder, "script", "remove", EXAMPLE_SCRIPT)
    for id_, (head, text) in shipped_scripts().items():
        options = [word for key, value in head.items() for word in (f"--{key}", value)]
        do(folder, "script", "new", id_, *options, "--text", "-", stdin=text)
    for name, *words in lines(TYPED.read_text(encoding="utf-8")):
        assert name == "broadcaster"
        do(folder, *words)
    return folder


def test_the_campaigns_are_the_shipped_ones(station: Path) -> None:
    built = loaded(station).campaigns
    shipped = loaded(ROOT).campaigns
    assert [each.id for each in built] == ["ngay-hoi-dmst", "techfest-2025"]
    for one, other in zip(built, shipped, strict=True):
        assert one.radio == other.radio
        assert one.led == other.led
        assert one.events == other.events
        assert one == other


def test_the_scripts_are_the_shipped_ones(station: Path) -> None:
    built = loaded(station).scripts
    assert built == loaded(ROOT).scripts
    for id_ in built:
        assert read(station, f"scripts/{id_}.md") == read(ROOT, f"scripts/{id_}.md")


def test_check_finds_no_error(station: Path) -> None:
    found = [json.loads(line) for line in do(station, "check", "--json").splitlines()]
    assert [row for row in found if row["level"] == "error"] == []
    # But that nobody has recorded the scripts.
    assert {row["message"] for row in found} == {"only espeak would read this"}


def test_the_timetable_is_the_shipped_stations(station: Path, tmp_path: Path) -> None:
    # A copy: in the repository's own var/ there may be sounds, and their true lengths.
    shutil.copy(ROOT / "devices.toml", tmp_path)
    for name in ("scripts", "playlists"):
        shutil.copytree(ROOT / name, tmp_path / name)
    built = json.loads(do(station, "timetable", "--json", *DAYS))
    assert {row["status"] for row in built["airings"]} == {"planned"}
    assert len(built["airings"]) == 38
    assert built == json.loads(do(tmp_path, "timetable", "--json", *DAYS))


def test_every_key_of_a_playlist_can_be_set(tmp_path: Path) -> None:
    by_hand, typed = tmp_path / "by-hand", tmp_path / "typed"
    for folder in (by_hand, typed):
        folder.mkdir()
        shutil.copy(ROOT / "devices.toml", folder)
        write(folder / "scripts/tin.md", "---\ntitle: Tin\n---\nKính thưa bà con.\n")
        encoded(sine(tmp_path / "nhac.wav", 1), folder / "scripts/nhac.flac", "flac")
    write(by_hand / "playlists/ngay-hoi.toml", EVERY_KEY)

    for command, *words in lines(EVERY_KEY_TYPED):
        do(typed, "playlist", command, "ngay-hoi", *words)

    assert load(by_hand).problems == load(typed).problems
    assert loaded(typed).campaigns == loaded(by_hand).campaigns
    # Nor could a person tell which of the two was typed.
    assert sorted(read(typed, "playlists/ngay-hoi.toml").splitlines()) == sorted(
        EVERY_KEY.splitlines()
    )
