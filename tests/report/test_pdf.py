"""The PDF, as LibreOffice prints it: skipped, with the reason, where that or its font is not."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest

from broadcaster.report.pdf import pdf_report
from tests.report.test_docx import made


def _missing() -> str:
    if not shutil.which("soffice"):
        return "LibreOffice is not installed"
    if not shutil.which("pdffonts") or not shutil.which("pdftotext"):
        return "poppler-utils are not installed"
    found = subprocess.run(["fc-list", "Tinos"], capture_output=True, check=False)
    return "" if found.stdout else "the font Tinos is not installed"


@pytest.mark.skipif(bool(_missing()), reason=_missing())
def test_the_pdf_has_one_family_of_fonts_and_its_text_can_be_copied(tmp_path: Path) -> None:
    path = tmp_path / "bao-cao.pdf"
    original = made()
    path.write_bytes(pdf_report(original))
    fonts = subprocess.run(["pdffonts", path], capture_output=True, text=True, check=True).stdout
    assert {line.split("+")[1].split()[0].split("-")[0] for line in fonts.splitlines()[2:]} == {
        "Tinos"
    }
    text = subprocess.run(["pdftotext", path, "-"], capture_output=True, text=True, check=True)
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in text.stdout
    assert "Kết quả tuyên truyền “Ngày hội Đổi mới sáng tạo”" in text.stdout
    styles = zipfile.ZipFile(io.BytesIO(original)).read("word/styles.xml")
    assert b"Times New Roman" in styles
    assert b"Tinos" not in styles
