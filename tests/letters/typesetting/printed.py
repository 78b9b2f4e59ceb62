"""A letter as two PDFs: LibreOffice's of the DOCX, Chromium's of the source, laid out apart."""

import html
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.letters.typesetting import word
from tests.letters.typesetting.source import Block, Cell, Letter, PageBreak, Paragraph, Run, Table

# LibreOffice sets Times New Roman in Liberation Serif, which lacks 46 Vietnamese letters; Tinos has
# the same widths and all of them.
PRINTED_FONT = "Tinos"

STYLE = """
@page {{ size: A4; margin: {margins}; @top-center {{ content: counter(page); font: 11pt {font} }} }}
@page :first {{ @top-center {{ content: none }} }}
body {{ font: {size}pt/{line} {font}; margin: 0 }}
p {{ margin: 0 0 {gap}pt; text-indent: {indent}mm; text-align: {align} }}
.center {{ text-align: center; text-indent: 0 }}
.right {{ text-align: right; text-indent: 0 }}
.stamp {{ font-size: 8pt; text-align: right; text-indent: 0; margin: 0 }}
.flat, td p, th p {{ text-indent: 0; margin: 0 }}
ul {{ list-style-type: "- "; margin: 0; padding-left: 9mm }}
table {{ width: 100%; border-collapse: collapse; margin-bottom: 8pt; table-layout: fixed }}
td, th {{ vertical-align: top; padding: 1pt 3pt }}
td p, th p {{ text-align: left }}
.letterhead p {{ text-align: center }}
td .center, th .center {{ text-align: center }}
.grid td, .grid th {{ border: 0.6pt solid black; vertical-align: middle }}
"""

LAYOUT = {
    "font": "Tinos",
    "size": "13",
    "line": "1.2",
    "gap": "4",
    "indent": "10",
    "align": "justify",
    "margins": "20mm,18mm,20mm,28mm",
}


def print_all(letters: dict[Path, Letter]) -> None:
    """Make letter.pdf and letter-2.pdf in each folder."""
    with TemporaryDirectory() as scratch:
        _by_libreoffice(letters, Path(scratch))
        for folder, letter in letters.items():
            _by_chromium(letter, folder / "letter-2.pdf", Path(scratch))


def _by_libreoffice(letters: dict[Path, Letter], scratch: Path) -> None:
    copies = {folder: scratch / f"{folder.name}.docx" for folder in letters}
    for folder, copy in copies.items():
        word.write(letters[folder], copy, PRINTED_FONT)
    profile = f"-env:UserInstallation=file://{scratch}/profile"
    convert = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(scratch)]
    subprocess.run([*convert, *map(str, copies.values())], check=True, capture_output=True)
    for folder, copy in copies.items():
        shutil.move(copy.with_suffix(".pdf"), folder / "letter.pdf")


def _by_chromium(letter: Letter, target: Path, scratch: Path) -> None:
    page = scratch / "page.html"
    page.write_text(_page(letter), encoding="utf-8")
    browser = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"]
    subprocess.run(
        [
            *browser,
            f"--user-data-dir={scratch}/chromium",
            f"--print-to-pdf={target}",
            page.as_uri(),
        ],
        check=True,
        capture_output=True,
    )


def _page(letter: Letter) -> str:
    layout = LAYOUT | letter.print
    style = STYLE.format_map(layout | {"margins": layout["margins"].replace(",", " ")})
    body = "".join(part for block in letter.blocks for part in _block(block))
    return (
        f'<!doctype html><html lang="vi"><meta charset="utf-8"><style>{style}</style>{body}</html>'
    )


def _block(block: Block) -> Iterator[str]:
    match block:
        case Paragraph(look="bullet"):
            yield f"<ul><li>{_runs(block.runs)}</li></ul>"
        case Paragraph():
            yield f'<p class="{block.look}">{_runs(block.runs)}</p>'
        case PageBreak():
            yield '<div style="break-before: page"></div>'
        case Table():
            yield f'<table class="{block.look}">'
            yield from (f'<col style="width: {width}%">' for width in block.widths)
            for at, row in enumerate(block.rows):
                cells = "".join(_cell(cell) for cell in row)
                head = at == 0 and block.repeats_header
                yield f"<thead><tr>{cells}</tr></thead>" if head else f"<tr>{cells}</tr>"
            yield "</table>"


def _cell(cell: Cell) -> str:
    inner = "".join(part for paragraph in cell.paragraphs for part in _block(paragraph))
    tag = "th" if cell.header else "td"
    return f'<{tag} colspan="{cell.columns}" rowspan="{cell.rows}">{inner}</{tag}>'


def _runs(runs: tuple[Run, ...]) -> str:
    return "".join(
        "<b>" * run.bold
        + "<i>" * run.italic
        + html.escape(run.text).replace("\n", "<br>")
        + "</i>" * run.italic
        + "</b>" * run.bold
        for run in runs
    )
