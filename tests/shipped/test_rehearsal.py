"""The whole shipped campaign, rehearsed through the real daemon, voice and FFmpeg."""

from __future__ import annotations

import shutil
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from broadcaster.cli import main
from broadcaster.cli.app import App
from broadcaster.clock import SimulatedTime
from broadcaster.domain.record import Record
from broadcaster.ledger.chain import verify
from broadcaster.ledger.sqlite import SqliteLedger
from broadcaster.planning.asrun import fold

ROOT = Path(__file__).parents[2]
EXPECTED = Path(__file__).with_name("rehearsal.txt")


@pytest.fixture(scope="module")
def rehearsed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Result]:
    station = tmp_path_factory.mktemp("station")
    shutil.copy(ROOT / "devices.toml", station)
    for name in ("scripts", "playlists"):
        shutil.copytree(ROOT / name, station / name)
    app = App(station, SimulatedTime(datetime(2026, 1, 1, tzinfo=UTC)))
    result = CliRunner().invoke(main, ["rehearse"], obj=app)
    return station / "var" / "rehearsal", result


@pytest.fixture(scope="module")
def records(rehearsed: tuple[Path, Result]) -> list[Record]:
    ledger = SqliteLedger(rehearsed[0] / "ledger.sqlite", read_only=True)
    try:
        return list(ledger.records())
    finally:
        ledger.close()


def test_it_prints_what_aired(rehearsed: tuple[Path, Result]) -> None:
    _, result = rehearsed
    assert result.exit_code == 0, result.stderr
    assert result.stdout == EXPECTED.read_text(encoding="utf-8")


def test_it_ends_by_saying_where_all_is_and_how_to_go_on_air(
    rehearsed: tuple[Path, Result],
) -> None:
    out, result = rehearsed
    assert result.stderr.splitlines()[-3:] == [
        f"Sound, sign pictures, the as-run ledger and a page of it are in {out}:",
        f"  {out / 'index.html'}",
        "To go on air with this station: broadcaster run",
    ]


def test_the_ledger_has_every_step_of_every_airing(records: list[Record]) -> None:
    kinds = Counter(record.kind for record in records)
    # One sign is dimmed on every evening of 20, and brightened where no slogan begins with it.
    signs = 2 * (1 + 2 * (14 + 4)) + 20 + 2
    assert kinds == {"intent": 38, "audible": 38, "finished": 38, "sign": signs, "station": 3}
    # It can't be taken for what was really heard.
    assert records[0].data == {"did": "rehearsal"}
    assert verify(records) is None


def test_every_airing_starts_on_the_second_and_is_heard_to_its_end(records: list[Record]) -> None:
    for run in fold(records).values():
        assert run.outcome == "aired"
        assert run.voice == "espeak:vi"
        begins = datetime.fromisoformat(run.data["begins"])
        assert run.started is not None
        assert run.finished is not None
        assert abs(run.started - begins) < timedelta(milliseconds=1)
        heard = (run.finished - run.started).total_seconds()
        assert heard == pytest.approx(run.data["seconds"], abs=0.001)


def test_the_sound_and_the_pictures_are_there(rehearsed: tuple[Path, Result]) -> None:
    out, _ = rehearsed
    sounds = list((out / "audio" / "loa-chinh").glob("*.flac"))
    assert len(sounds) == 38
    assert not list(out.rglob("*.part"))
    page = (out / "index.html").read_text(encoding="utf-8")
    for sound in sounds:
        assert sound.relative_to(out).as_posix() in page
    for sign in ("cong-ubnd", "nha-van-hoa"):
        # Two slogans and what it shows when idle.
        assert page.count(f'src="signs/{sign}/') == 3


def test_a_second_rehearsal_replaces_the_first_alone(
    rehearsed: tuple[Path, Result],
) -> None:
    out, _ = rehearsed
    (out / "ghi-chu.txt").write_text("the user's own")
    app = App(out.parents[1], SimulatedTime(datetime(2026, 1, 1, tzinfo=UTC)))
    days = ["--from", "2025-10-11", "--until", "2025-10-12"]
    again = CliRunner().invoke(main, ["rehearse", *days], obj=app)
    assert again.exit_code == 0
    assert again.stdout == (
        "11/10/2025 05:30  toan-phuong  techfest-2025/chuong-trinh-11  aired\n\nIn all: 1 aired\n"
    )
    assert [path.name for path in (out / "audio" / "loa-chinh").iterdir()] == [
        "2025-10-11_0530_techfest-2025_chuong-trinh-11.flac"
    ]
    assert (out / "ghi-chu.txt").exists()
