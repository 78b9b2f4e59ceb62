"""The spreadsheet: its rows, and that its formulas come to the report's own figures."""

from __future__ import annotations

import io
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from broadcaster.report.figures import results
from broadcaster.report.results import Results
from broadcaster.report.xlsx import xlsx_report
from tests.fakes.ledger import MemoryLedger
from tests.report.hand import HANOI, fill
from tests.report.test_docx import NAMES
from tests.report.test_figures import DAYS


def counted() -> Results:
    ledger = MemoryLedger()
    fill(ledger)
    return results(ledger.records(), "ngay-hoi", HANOI, DAYS)


@pytest.fixture(scope="module")
def made() -> bytes:
    return xlsx_report(counted(), NAMES)


def book(content: bytes, *, values: bool = False) -> Any:
    return openpyxl.load_workbook(io.BytesIO(content), data_only=values)


def rows(content: bytes, sheet: str) -> list[tuple[Any, ...]]:
    return list(book(content, values=True)[sheet].iter_rows(min_row=2, values_only=True))


def totals(content: bytes) -> dict[str, Any]:
    return {row[0]: row[1] for row in rows(content, "Tổng hợp")}


def test_every_airing_and_every_sign_has_its_row_as_planned_and_as_it_was(made: bytes) -> None:
    airings = rows(made, "Từng lượt phát")
    assert len(airings) == 8
    late = airings[1]
    assert f"{late[0]:%d/%m/%Y}" == "22/09/2025"
    assert [f"{at:%H:%M:%S}" for at in (late[1], late[6], late[7])] == [
        "05:30:00", "05:33:00", "05:35:00",
    ]  # fmt: skip
    assert late[3:6] == ("loa-2", "loa-2", "không khẩn cấp")
    assert late[8:13] == ("phát muộn", "bắt đầu muộn 180 giây", 120, 120, "espeak:vi")
    missed = airings[2]
    assert (missed[6], missed[7], missed[10], missed[11]) == (None, None, None, 0)
    signs = rows(made, "Từng bảng điện tử")
    assert [row[5] for row in signs] == [
        "bảng đã nhận",
        "bảng đã nhận",
        "không liên lạc được",
        "đã đọc lại",
    ]
    assert [row[6] for row in signs] == pytest.approx([16, 2, 1, 1])
    assert [row[7] for row in signs] == pytest.approx([16, 2, 0, 1])


def test_sums_are_formulas_over_all_rows_and_only_over_them(made: bytes) -> None:
    sheet = book(made)["Tổng hợp"]
    formulas = {row[0].value: row[1].value for row in sheet.iter_rows(min_row=2)}
    assert formulas["Thời lượng theo kế hoạch"] == "=SUM('Từng lượt phát'!$K$2:$K$9)/60"
    assert formulas["Phát dở"] == "=COUNTIFS('Từng lượt phát'!$I$2:$I$9,\"phát dở\")"
    assert formulas["Bảng điện tử: đã được bảng xác nhận"] == (
        "=SUM('Từng bảng điện tử'!$H$2:$H$5)"
    )
    days = book(made)["Theo ngày"]
    assert days["B5"].value == "=SUM(B2:B4)"
    assert days["B2"].value == "=COUNTIFS('Từng lượt phát'!$A$2:$A$9,A2)"


def test_what_they_come_to_is_kept_for_programs_that_do_not_compute(made: bytes) -> None:
    found = totals(made)
    assert found["Số lượt phát theo kế hoạch, tính theo từng cụm"] == 8
    assert found["Đã phát trọn vẹn"] == 3
    assert found["Thời lượng theo kế hoạch"] == pytest.approx(11.5)
    assert found["Bảng điện tử: đã được bảng xác nhận"] == 19
    assert found["Tin, bài trên cổng thông tin điện tử và trang mạng xã hội"] == "chưa có số liệu"


def test_a_slogan_that_looks_like_a_formula_stays_a_text() -> None:
    found = counted()
    evil = replace(found.shown[0], slogans=('=HYPERLINK("http://x")',))
    made = xlsx_report(replace(found, shown=(evil,)), NAMES)
    cell = book(made)["Từng bảng điện tử"]["C2"]
    assert (cell.value, cell.data_type) == ('=HYPERLINK("http://x")', "s")


def _missing() -> str:
    office = shutil.which("soffice")
    if not office:
        return "LibreOffice is not installed"
    beside = Path(office).resolve().parent / "libsclo.so"
    return "" if beside.exists() else "LibreOffice Calc is not installed"


@pytest.mark.skipif(bool(_missing()), reason=_missing())
def test_libreoffice_comes_to_the_same_figures(made: bytes, tmp_path: Path) -> None:
    bare = tmp_path / "bare.xlsx"
    # openpyxl keeps formulas without what they came to: LibreOffice has to compute them.
    book(made).save(bare)
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    out = tmp_path / "out"
    subprocess.run(
        ["soffice", profile, "--headless", "--convert-to", "xlsx", "--outdir", out, bare],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    again = book((out / "bare.xlsx").read_bytes(), values=True)
    ours, formulas = book(made, values=True), book(made)
    computed = [
        (sheet.title, cell.coordinate)
        for sheet in formulas
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    ]
    assert len(computed) > 70
    for sheet, place in computed:
        assert again[sheet][place].value == pytest.approx(ours[sheet][place].value, abs=1e-6), (
            sheet,
            place,
            formulas[sheet][place].value,
        )
