"""`report --check`: every figure of a report again, from the ledger it was made of."""

from __future__ import annotations

import io
import json
import shutil
import sqlite3
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import openpyxl
import pytest
from docx.oxml.ns import qn

from broadcaster.ledger.sqlite import SqliteLedger
from tests.cli.report_desk import LEDGER, make, run, tamper
from tests.report.hand import air, at, key

HOLDS = "Every figure is the ledger's, up to record 33, and its chain holds.\n"
KINDS = ("bc.docx", "bc.xlsx", "bc.html")


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = make(tmp_path_factory.mktemp("tram"))
    files = [part for name in KINDS for part in ("-o", str(folder / name))]
    assert run(folder, "ngay-hoi", *files)[0] == 0
    return folder


@pytest.fixture
def station(original: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(original, tmp_path / "tram"))


def check(station: Path, name: str, *more: str) -> tuple[int, str, str]:
    return run(station, "--check", str(station / name), *more)


def rewrite(path: Path, name: str, change: Callable[[str], str]) -> None:
    """Change one part of a packed file."""
    held = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(held, "w") as new:
        for item in old.infolist():
            content = old.read(item)
            if item.filename == name:
                changed = change(content.decode())
                assert changed != content.decode()
                content = changed.encode()
            new.writestr(item, content)
    path.write_bytes(held.getvalue())


@pytest.mark.parametrize("name", KINDS)
def test_a_report_as_it_was_written_is_right(station: Path, name: str) -> None:
    assert check(station, name) == (0, HOLDS, "")


@pytest.mark.parametrize("name", KINDS)
def test_what_the_ledger_was_told_later_does_not_matter(station: Path, name: str) -> None:
    ledger = SqliteLedger(station / LEDGER)
    air(ledger, key("them", 24, "21:00"), at(24, 21), 60.0, "aired", 60.0)
    ledger.close()
    assert check(station, name) == (0, HOLDS, "")


@pytest.mark.parametrize("name", KINDS)
def test_other_names_of_places_are_no_other_figures(station: Path, name: str) -> None:
    devices = station / "devices.toml"
    devices.write_text(devices.read_text("utf-8").replace("Toàn phường", "Cả phường"), "utf-8")
    assert check(station, name) == (0, HOLDS, "")


def test_what_the_clerk_fills_in_is_left_alone(station: Path) -> None:
    path = station / "bc.docx"
    document = docx.Document(str(path))
    number = document.tables[0].rows[0].cells[0].paragraphs[-1]
    number.runs[0].text = "Số: 15/BC-ĐTT"
    document.paragraphs[6].insert_paragraph_before("Thêm một câu với số 99.")
    document.save(str(path))
    assert check(station, "bc.docx") == (0, HOLDS, "")


def figure(document: docx.document.Document, text: str) -> docx.text.run.Run:
    """Give the first run between bookmarks that says this."""
    for start in document.element.body.iter(qn("w:bookmarkStart")):
        run_ = start.getnext()
        if run_.text == text:
            return docx.text.run.Run(run_, None)
    raise AssertionError(text)


@pytest.mark.parametrize("changed", ["9", "12,5", ""])
def test_a_figure_that_was_changed_is_named(station: Path, changed: str) -> None:
    path = station / "bc.docx"
    document = docx.Document(str(path))
    figure(document, "8").text = changed
    document.save(str(path))
    code, out, err = check(station, "bc.docx")
    assert (code, out) == (1, "")
    assert err == f'{path}: total.planned: says "{changed}", the ledger gives "8"\n'


def test_a_digit_written_close_to_a_figure_is_a_part_of_it(station: Path) -> None:
    path = station / "bc.docx"
    document = docx.Document(str(path))
    run_ = figure(document, "8")._r
    before = run_.getprevious().getprevious()
    docx.text.run.Run(before, None).text += "1"
    document.save(str(path))
    assert 'total.planned: says "18", the ledger gives "8"' in check(station, "bc.docx")[2]


def test_a_figure_that_was_taken_out_is_named(station: Path) -> None:
    path = station / "bc.docx"
    document = docx.Document(str(path))
    line = figure(document, "8")._r.getparent()
    line.getparent().remove(line)
    document.save(str(path))
    code, _, err = check(station, "bc.docx")
    assert code == 1
    assert f"{path}: total.planned: is not found any more in 1 places" in err.splitlines()


def test_cells_that_were_changed_are_named_all_at_once(station: Path) -> None:
    path = station / "bc.xlsx"
    book = openpyxl.load_workbook(path)
    book["Từng lượt phát"]["I4"] = "đã phát"
    book["Từng lượt phát"]["K2"] = 240
    book["Tổng hợp"]["B2"] = 9
    book["Tổng hợp"]["B4"] = "=COUNTA('Từng lượt phát'!$I$2:$I$9)"
    book["Từng lượt phát"]["E2"] = "another name of the zone"
    book["Theo ngày"]["A9"] = "more"
    book.save(path)
    code, _, err = check(station, "bc.xlsx")
    assert code == 1
    assert [line.split(": ", 1)[1] for line in err.splitlines()] == [
        'Tổng hợp!B2: says "9", the ledger gives "8"',
        'Tổng hợp!B4: says "", the ledger gives "3"',
        "Theo ngày: has rows that the ledger doesn't give",
        'Từng lượt phát!K2: says "240", the ledger gives "120.0"',
        'Từng lượt phát!I4: says "đã phát", the ledger gives "bỏ lỡ"',
    ]


def test_a_value_that_was_changed_behind_its_formula_is_named(station: Path) -> None:
    path = station / "bc.xlsx"
    rewrite(path, "xl/worksheets/sheet1.xml", lambda text: text.replace("<v>8</v>", "<v>9</v>"))
    assert 'Tổng hợp!B2: says "9", the ledger gives "8"' in check(station, "bc.xlsx")[2]


def test_figures_and_bars_of_a_page_that_were_changed_are_named(station: Path) -> None:
    path = station / "bc.html"
    text = path.read_text("utf-8")
    changed = text.replace(
        '<data data-figure="total.planned">8</data>', '<data data-figure="total.planned">9</data>'
    ).replace('height="220.0"', 'height="110.0"')
    assert changed != text
    path.write_text(changed, "utf-8")
    code, _, err = check(station, "bc.html")
    assert code == 1
    assert set(err.splitlines()) == {
        f'{path}: total.planned: says "9", the ledger gives "8"',
        f"{path}: svg: its bars are not drawn as the ledger gives them",
    }


@pytest.mark.parametrize("name", KINDS)
def test_a_ledger_that_was_changed_is_refused(station: Path, name: str) -> None:
    tamper(station / LEDGER)
    code, out, err = check(station, name)
    assert (code, out) == (1, "")
    assert "record 4 was changed after it was written" in err


@pytest.mark.parametrize("name", KINDS)
def test_a_ledger_whose_end_was_cut_off_is_refused(station: Path, name: str) -> None:
    db = sqlite3.connect(station / LEDGER)
    db.execute("DROP TRIGGER record_removal")
    db.execute("DELETE FROM record WHERE seq > 30")
    db.commit()
    db.close()
    code, out, err = check(station, name)
    assert (code, out) == (1, "")
    assert err == (
        "the ledger ends at record 30, and the report was made of 33: its end was cut off, or it is"
        " another ledger\n"
    )


def test_a_ledger_that_was_written_anew_is_refused(station: Path) -> None:
    (station / LEDGER).unlink()
    ledger = SqliteLedger(station / LEDGER)
    for number in range(40):
        where = key(f"x{number}", 22, "05:30")
        ledger.append(at(22, 5), "missed", where, {"outcome": "missed"})
    ledger.close()
    code, _, err = check(station, "bc.docx")
    assert code == 1
    assert err.startswith("record 33 is not the one that the report was made of")


def test_programs_are_told_too(station: Path) -> None:
    document = docx.Document(str(station / "bc.docx"))
    figure(document, "8").text = "9"
    document.save(str(station / "bc.docx"))
    code, out, _ = check(station, "bc.docx", "--json")
    assert code == 1
    assert json.loads(out) == {
        "campaign": "ngay-hoi",
        "record": 33,
        "problems": [{"figure": "total.planned", "message": 'says "9", the ledger gives "8"'}],
    }


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.docx", b"no document", "can't be read: it is damaged"),
        ("a.xlsx", b"PK\x03\x04 no archive", "can't be read: it is damaged"),
        ("a.pdf", b"%PDF", "a PDF can't be checked: check the DOCX that it was made of"),
        ("a.txt", b"", "must end in one of"),
    ],
)
def test_what_is_no_report_is_refused_in_a_sentence(
    station: Path, name: str, content: bytes, said: str
) -> None:
    (station / name).write_bytes(content)
    code, out, err = check(station, name)
    assert (code, out, len(err.splitlines())) == (1, "", 1)
    assert said in err


def test_a_document_of_somebody_else_is_refused(station: Path) -> None:
    docx.Document().save(str(station / "thu.docx"))
    openpyxl.Workbook().save(station / "thu.xlsx")
    for name in ("thu.docx", "thu.xlsx"):
        code, _, err = check(station, name)
        assert (code, err) == (
            1,
            f"{station / name} doesn't say what it was made of: it is no report of ours\n",
        )


def test_a_bomb_and_a_giant_are_refused_unread(station: Path) -> None:
    bomb, giant = station / "a.docx", station / "a.html"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("word/document.xml", b"0" * 250_000_000)
    with giant.open("wb") as file:
        file.truncate(10_000_000_000)
    for path in (bomb, giant):
        assert check(station, path.name) == (1, "", f"{path} is too large for a report\n")


def test_check_takes_a_report_alone(station: Path) -> None:
    assert check(station, "bc.docx", "ngay-hoi")[0] == 2
    assert run(station)[0] == 2
