"""Recomputes every figure of a report from the ledger, and says where the two differ."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

from broadcaster.errors import DeviceError, Problem, Refusal, why
from broadcaster.messages import Message, msg, speaking
from broadcaster.report.counted import counted
from broadcaster.report.results import Results
from broadcaster.report.stamp import LANGUAGE, Stamp

LARGEST = 200_000_000
"""Bytes of a file, unpacked: a report of years is a hundredth of it."""

Difference = tuple[str, Message]
"""Which figure, and what is wrong with it."""
Reader = Callable[[bytes], tuple[Stamp | None, Callable[[Results], Iterator[Difference]]]]
"""Gives what a report says it was made of, and what tells its differences from results."""


def checked(path: Path, ledger: Path) -> tuple[Results, list[Problem]]:
    """Give what the ledger says now, and each figure of a report that differs from it.

    The ledger is taken up to the record that the report was made of. Raises Refusal where the
    file is no report, where the ledger's chain is broken, and where it is not the report's ledger.
    """
    content = _read(path)
    try:
        stamp, differences = _reader(path)(content)
    except (KeyError, ValueError, OSError, zipfile.BadZipFile):
        raise Refusal(msg("{path} can't be read: it is damaged", path=path)) from None
    if stamp is None:
        raise Refusal(
            msg("{path} doesn't say what it was made of: it is no report of ours", path=path)
        )
    results = _recounted(stamp, ledger)
    with speaking(LANGUAGE):
        found = [Problem(str(path), None, key, message) for key, message in differences(results)]
    return results, found


def _recounted(stamp: Stamp, ledger: Path) -> Results:
    results = counted(ledger, stamp.campaign, stamp.timezone, stamp.window, stamp.record)
    if results.tip.seq < stamp.record:
        raise Refusal(
            msg(
                "the ledger ends at record {last}, and the report was made of {record}: its end was"
                " cut off, or it is another ledger",
                last=results.tip.seq,
                record=stamp.record,
            )
        )
    if results.tip.hash != stamp.hash:
        raise Refusal(
            msg(
                "record {record} is not the one that the report was made of: the ledger was written"
                " anew, or it is another ledger",
                record=stamp.record,
            )
        )
    return results


def _reader(path: Path) -> Reader:
    kind = path.suffix.lower()
    if kind == ".docx":
        from broadcaster.report.docx_check import read_docx

        return read_docx
    if kind == ".xlsx":
        from broadcaster.report.xlsx_check import read_xlsx

        return read_xlsx
    if kind == ".html":
        from broadcaster.report.html_check import read_html

        return read_html
    if kind == ".pdf":
        raise Refusal(msg("a PDF can't be checked: check the DOCX that it was made of"))
    raise Refusal(
        msg(
            'must end in one of {known}, not "{found}"',
            known=".docx, .xlsx, .html",
            found=path.name,
        )
    )


def _read(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        content = path.read_bytes() if size <= LARGEST else b""
        with BytesIO(content) as held:
            if zipfile.is_zipfile(held):
                size = _unpacked(held)
    except OSError as error:
        raise DeviceError(str(path), msg("can't be read: {why}", why=why(error))) from None
    except zipfile.BadZipFile:
        raise Refusal(msg("{path} can't be read: it is damaged", path=path)) from None
    if size > LARGEST:
        raise Refusal(msg("{path} is too large for a report", path=path))
    return content


def _unpacked(held: BytesIO) -> int:
    with zipfile.ZipFile(held) as archive:
        return sum(each.file_size for each in archive.infolist())
