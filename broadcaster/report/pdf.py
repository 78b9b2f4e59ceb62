"""The report as PDF, by LibreOffice, from a copy whose font has every Vietnamese letter."""

from __future__ import annotations

import io
import shutil
import subprocess
import tempfile
import zipfile
from pathlib import Path

from broadcaster.errors import DeviceError
from broadcaster.messages import msg
from broadcaster.report.docx_parts import FONT

STAND_IN = "Tinos"
"""As wide as Times New Roman. LibreOffice takes Liberation Serif for that, and in it 46 Vietnamese
letters are missing: it would mix two fonts, and its text could not be copied out."""
PATIENCE = 120.0
"""Seconds: LibreOffice starts in ten on a slow machine, and makes a profile first."""
_PROGRAMS = "soffice", "libreoffice"


def pdf_report(docx: bytes) -> bytes:
    """Give a DOCX as PDF; raises DeviceError where LibreOffice or the font is missing or fails."""
    program = next(filter(None, map(shutil.which, _PROGRAMS)), None)
    if program is None:
        raise DeviceError(
            "pdf", msg("LibreOffice is not installed; on Debian: apt install libreoffice-writer")
        )
    if not _has_font():
        raise DeviceError(
            "pdf",
            msg(
                "the font {font} is not installed; on Debian: apt install fonts-croscore",
                font=STAND_IN,
            ),
        )
    with tempfile.TemporaryDirectory() as folder:
        return _converted(program, docx, Path(folder))


def _has_font() -> bool:
    """Ask fontconfig, as LibreOffice does."""
    program = shutil.which("fc-list")
    if program is None:
        return False
    found = subprocess.run(  # noqa: S603 - fixed arguments
        [program, STAND_IN], capture_output=True, check=False, timeout=PATIENCE
    )
    return bool(found.stdout.strip())


def _converted(program: str, docx: bytes, folder: Path) -> bytes:
    source, made = folder / "report.docx", folder / "report.pdf"
    source.write_bytes(with_font(docx))
    # A profile of its own: one that is open on the desktop would take the file and not convert it.
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    asked = [program, profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder)]
    try:
        subprocess.run([*asked, source], capture_output=True, check=False, timeout=PATIENCE)  # noqa: S603 - fixed arguments
    except subprocess.TimeoutExpired:
        raise DeviceError(
            "pdf", msg("LibreOffice did not end within {seconds:.0f} s", seconds=PATIENCE)
        ) from None
    if not made.exists():
        raise DeviceError("pdf", msg("LibreOffice made no PDF of the DOCX"))
    return made.read_bytes()


def with_font(docx: bytes) -> bytes:
    """Give a copy of a DOCX in the font that stands in."""
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(docx)) as old, zipfile.ZipFile(held, "w") as new:
        for item in old.infolist():
            content = old.read(item)
            if item.filename.endswith(".xml"):
                content = content.replace(f'"{FONT}"'.encode(), f'"{STAND_IN}"'.encode())
            new.writestr(item, content, zipfile.ZIP_DEFLATED)
    return held.getvalue()
