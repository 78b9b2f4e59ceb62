"""`broadcaster report`: its figures on a terminal and for programs."""

from __future__ import annotations

import json
from pathlib import Path

import docx
import openpyxl
import pytest
from click.testing import CliRunner

from broadcaster.cli import main
from broadcaster.cli.app import App
from broadcaster.clock import SimulatedTime
from broadcaster.ledger.sqlite import SqliteLedger
from tests.cli.report_desk import make, run, tamper
from tests.report.hand import at, fill

KINDS = ".docx, .pdf, .xlsx, .html"


@pytest.fixture
def station(tmp_path: Path) -> Path:
    return make(tmp_path)


def test_the_figures_are_printed_as_tables(station: Path) -> None:
    code, out, err = run(station, "ngay-hoi")
    assert (code, err) == (0, "")
    lines = out.splitlines()
    assert lines[1] == "1    Airings planned, one for each zone              airings     8"
    assert "Toàn phường" in out
    assert "Cổng phường  20.0             19.0                2.0" in lines
    assert "planned for …; it may begin at most 1m late" in out


def test_programs_get_the_same_figures(station: Path) -> None:
    code, out, _ = run(station, "ngay-hoi", "--json")
    found = json.loads(out)
    assert code == 0
    assert found["total"]["planned"] == 8
    assert found["total"]["asked"] == {"seconds": 690.0, "unknown": 1}
    assert found["zones"]["loa"]["whole"] == 2
    assert found["posts"] is None
    assert found["ledger"]["record"] == len(run_log(station).splitlines())
    assert found["airings"][0]["planned"] == "2025-09-22T05:30:00+07:00"


def run_log(station: Path) -> str:
    return (
        CliRunner()
        .invoke(main, ["log", "--json"], obj=App(station, SimulatedTime(at(25, 9))))
        .stdout
    )


def test_a_campaign_that_the_ledger_does_not_know_is_refused(station: Path) -> None:
    assert run(station, "tet") == (1, "", "The ledger has no record of tet.\n")


def test_without_a_ledger_there_is_nothing_to_report(station: Path) -> None:
    (station / "var" / "ledger.sqlite").unlink()
    code, out, err = run(station, "ngay-hoi")
    assert (code, out) == (1, "")
    assert err.startswith("There is no ledger yet: ")


def test_nothing_is_reported_by_a_ledger_that_was_changed(station: Path) -> None:
    tamper(station / "var" / "ledger.sqlite")
    code, out, err = run(station, "ngay-hoi")
    assert (code, out) == (1, "")
    assert err.endswith("chain is broken: record 4 was changed after it was written\n")


def test_files_are_written_by_their_endings_and_told(station: Path) -> None:
    path = station / "bao-cao.docx"
    assert run(station, "ngay-hoi", "-o", str(path)) == (0, "", f"written: {path}\n")
    assert path.read_bytes().startswith(b"PK")


def test_all_that_is_wrong_with_the_files_is_told_at_once_and_nothing_is_written(
    station: Path,
) -> None:
    there, other, gone = station / "co.docx", station / "x.odt", station / "khong" / "a.docx"
    there.write_text("mine")
    twice = ["-o", str(station / "b.docx")] * 2
    code, out, err = run(
        station, "ngay-hoi", "-o", str(there), "-o", str(other), "-o", str(gone), *twice
    )
    assert (code, out) == (1, "")
    assert err.splitlines() == [
        f"{there}: is there already; --replace replaces it",
        f'{other}: must end in one of {KINDS}, not "x.odt"',
        f"{gone}: its folder is not there",
        f"{station / 'b.docx'}: is named twice",
    ]
    assert there.read_text() == "mine"
    assert not (station / "b.docx").exists()


def test_what_is_there_is_replaced_when_that_is_told(station: Path) -> None:
    path = station / "bao-cao.docx"
    path.write_text("old")
    assert run(station, "ngay-hoi", "-o", str(path), "--replace")[0] == 0
    assert path.read_bytes().startswith(b"PK")


def test_without_libreoffice_the_others_are_written_and_it_is_named(
    station: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(station))
    pdf, word = station / "a.pdf", station / "a.docx"
    code, _, err = run(station, "ngay-hoi", "-o", str(pdf), "-o", str(word))
    assert code == 3
    assert err == (
        f"written: {word}\n"
        "pdf: LibreOffice is not installed; on Debian: apt install libreoffice-writer\n"
    )
    assert not pdf.exists()


def test_a_rehearsal_is_never_taken_for_a_broadcast(station: Path) -> None:
    path = station / "rehearsal.sqlite"
    ledger = SqliteLedger(path)
    ledger.append(at(22, 0), "station", "station", {"did": "rehearsal"})
    fill(ledger)
    ledger.close()
    files = [station / "a.docx", station / "a.html", station / "a.xlsx"]
    told = [part for file in files for part in ("-o", str(file))]
    assert run(station, "ngay-hoi", "--ledger", str(path), *told)[0] == 0
    mark = "CHẠY THỬ trong thời gian mô phỏng"
    lines = [line.text for line in docx.Document(str(files[0])).paragraphs]
    assert next(n for n, line in enumerate(lines) if mark in line) < 5
    assert files[1].read_text("utf-8").count(mark) == 2
    cells = openpyxl.load_workbook(files[2])["Tổng hợp"].iter_rows(values_only=True)
    assert any(mark in str(row[0]) for row in cells)
    assert "A REHEARSAL in simulated time" in run(station, "ngay-hoi", "--ledger", str(path))[1]
    assert mark not in run(station, "ngay-hoi")[1]


def test_what_the_ledger_lacks_is_told_under_the_tables(station: Path) -> None:
    out = run(station, "ngay-hoi")[1].splitlines()
    starts = (
        "Of 1 airings the ledger doesn't tell how long they were to be, of 1 how long they were",
        "The ledger tells nothing from 10:00:00 23/09/2025 to 12:00:00 23/09/2025: the station had",
        "The ledger tells nothing from 17:00:00 24/09/2025 to 18:00:00 24/09/2025: the station had",
        "Of 2.0 sign-hours nobody knows what the signs showed.",
    )
    assert [line[: len(start)] for line, start in zip(out[-4:], starts, strict=True)] == [*starts]
