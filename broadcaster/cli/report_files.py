"""The files that a report is written into, each kind by its ending."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path

from broadcaster.cli.app import talk
from broadcaster.cli.timetable import save
from broadcaster.errors import Problem, UserError
from broadcaster.messages import Message, msg
from broadcaster.report.named import Named
from broadcaster.report.results import Results


def _docx(results: Results, names: Named) -> bytes:
    from broadcaster.report.docx_report import docx_report

    return docx_report(results, names)


def _pdf(results: Results, names: Named) -> bytes:
    from broadcaster.report.pdf import pdf_report

    return pdf_report(_docx(results, names))


def _xlsx(results: Results, names: Named) -> bytes:
    from broadcaster.report.xlsx import xlsx_report

    return xlsx_report(results, names)


def _html(results: Results, names: Named) -> bytes:
    from broadcaster.report.results_page import results_page

    return results_page(results, names).encode()


_WRITERS: dict[str, Callable[[Results, Named], bytes]] = {
    ".docx": _docx,
    ".pdf": _pdf,
    ".xlsx": _xlsx,
    ".html": _html,
}
_PACKAGES = {".docx": "docx", ".pdf": "docx", ".xlsx": "xlsxwriter"}


def write_files(paths: Sequence[Path], results: Results, names: Named) -> None:
    """Write the report into each file; raises DeviceError, after those that could be written."""
    # A PDF needs a program that may be missing: the others don't wait for it.
    for path in sorted(paths, key=lambda path: _kind(path) == ".pdf"):
        save(path, _WRITERS[_kind(path)](results, names))
        talk("written: {path}", path=path)


def judge_files(paths: Sequence[Path], *, replace: bool) -> None:
    """Raise UserError with all that is wrong with the files that a report is to be written into."""
    problems = [Problem(str(path), None, "", why) for path in dict.fromkeys(paths)
                for why in _wrong(path, paths, replace=replace)]  # fmt: skip
    if problems:
        raise UserError(problems)


def _wrong(path: Path, paths: Sequence[Path], *, replace: bool) -> Iterator[Message]:
    kind = _kind(path)
    if kind not in _WRITERS:
        known = ", ".join(_WRITERS)
        yield msg('must end in one of {known}, not "{found}"', known=known, found=path.name)
    elif kind in _PACKAGES and find_spec(_PACKAGES[kind]) is None:
        yield msg('needs more packages: pip install "broadcaster[report]"')
    if paths.count(path) > 1:
        yield msg("is named twice")
    if path.exists() and not replace:
        yield msg("is there already; --replace replaces it")
    if not path.absolute().parent.is_dir():
        yield msg("its folder is not there")


def _kind(path: Path) -> str:
    return path.suffix.lower()
