"""Files that no letter can be read from: refused in words, in bounded time and memory."""

from __future__ import annotations

import asyncio
import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from broadcaster.letters.files import blocks_of
from broadcaster.letters.limits import UnreadableError
from broadcaster.letters.source import Line

ENGLISH = "Dear Sir,\nplease air the following text on all loudspeakers of the ward.\n" * 9


def pdf(pages: int, text: str = "") -> bytes:
    """Give a PDF of so many pages; without text it is what a scanner makes."""
    stream = f"BT /F1 12 Tf 72 720 Td ({text}) Tj ET" if text else "0 0 m 10 10 l S"
    kids = " ".join(f"{number} 0 R" for number in range(4, 4 + pages))
    page = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 3 0 R"
    page += " /Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Times-Roman"
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {pages} >>",
        f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream",
        *[f"{page} >> >> >> >>"] * pages,
    ]
    out, offsets = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n{content}\nendobj\n".encode()
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{offset:010} 00000 n \n".encode() for offset in offsets)
    size = len(objects) + 1
    return out + f"trailer << /Root 1 0 R /Size {size} >>\nstartxref\n{start}\n%%EOF".encode()


def locked() -> bytes:
    """Give a PDF that says that it is locked."""
    lock = b"/Encrypt << /Filter /Standard /V 1 /R 2 /O (" + b"o" * 32 + b") /U (" + b"u" * 32
    return pdf(1, "x").replace(b"trailer << ", b"trailer << " + lock + b") /P -4 >> /ID [(a) (a)] ")


def bomb() -> bytes:
    """Give a DOCX that unpacks to far more than it is."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * 70_000_000)
    return content.getvalue()


BAD: dict[str, tuple[Callable[[], bytes], str]] = {
    "scan.pdf": (lambda: pdf(2), "is a scan without text"),
    "long.pdf": (lambda: pdf(500, "x"), "has 500 pages: a letter has at most 60"),
    "locked.pdf": (locked, "is locked with a password"),
    "broken.pdf": (lambda: b"%PDF-1.7\nbroken", "is no PDF that can be opened"),
    "broken.docx": (lambda: b"PK\x03\x04broken", "is no DOCX that can be opened"),
    "bomb.docx": (bomb, "unpacks to over 60 MB"),
    "old.doc": (lambda: b"\xd0\xcf\x11\xe0" + b"\0" * 99, "is an old DOC: save it as DOCX"),
    "picture.txt": (lambda: b"\x89PNG\r\n\x1a\n\xff\xfe", "is no text in UTF-8"),
    "empty.txt": (lambda: b"", "has no text"),
    "english.txt": (ENGLISH.encode, "is not in Vietnamese"),
    "large.txt": (lambda: b"a" * 4_000_001, "is over 4 MB"),
}


@pytest.mark.parametrize("name", BAD)
def test_what_is_no_letter_is_refused_with_the_reason(tmp_path: Path, name: str) -> None:
    make, why = BAD[name]
    path = tmp_path / name
    path.write_bytes(make())
    with pytest.raises(UnreadableError, match=why):
        asyncio.run(blocks_of(path))


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match="can't be read"):
        asyncio.run(blocks_of(tmp_path / "no.pdf"))


def test_a_text_in_utf_16_is_read(tmp_path: Path) -> None:
    path = tmp_path / "letter.txt"
    path.write_text("Kính gửi: Các Tổ dân phố trên địa bàn phường.\n", encoding="utf-16")
    (line,) = asyncio.run(blocks_of(path))
    assert line == Line(1, "Kính gửi: Các Tổ dân phố trên địa bàn phường.")
