"""`broadcaster report`: what a campaign came to, by the ledger alone."""

from __future__ import annotations

from pathlib import Path

import click

from broadcaster.cli.app import App, as_json, columns, data, data_json, pass_app
from broadcaster.errors import Refusal
from broadcaster.messages import msg, tr
from broadcaster.report.named import Named
from broadcaster.report.results import Results
from broadcaster.report.stated import Stated
from broadcaster.report.tables import Table


@click.command(
    help=tr(
        "Report what CAMPAIGN came to, by the ledger alone; the station's files give the names."
    )
)
@click.argument("campaign")
@click.option(
    "-o", "--out", "files", metavar="FILE", multiple=True, type=click.Path(path_type=Path),
    help=tr("A file to write it into, of the kind that its ending says; may be given again."),
)  # fmt: skip
@click.option("--replace", is_flag=True, help=tr("Replace files that are there already."))
@click.option(
    "--ledger",
    "path",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help=tr("Another ledger than the station's: a rehearsal's, or a copy."),
)
@as_json
@pass_app
def report(
    app: App,
    campaign: str,
    files: tuple[Path, ...],
    path: Path | None,
    *,
    replace: bool,
    as_json: bool,
) -> None:
    """Count, then print or write."""
    from broadcaster.cli.report_files import judge_files, write_files
    from broadcaster.report.as_json import as_json as plain
    from broadcaster.report.counted import counted
    from broadcaster.report.named import named

    judge_files(files, replace=replace)
    names = named(app.station()[0], campaign)
    results = counted(_ledger(app, path), campaign, names.timezone, names.window)
    if as_json:
        data_json(plain(results))
    elif not files:
        _print(results, names)
    write_files(files, results, names)


def _ledger(app: App, path: Path | None) -> Path:
    from broadcaster.ledger.file import PLACE

    path = path or app.folder / PLACE
    if not path.exists():
        raise Refusal(
            msg("There is no ledger yet: {path} begins when the station runs.", path=path)
        )
    return path


def _print(results: Results, names: Named) -> None:
    """Print the tables of the report, those that have rows."""
    from broadcaster.report import tables
    from broadcaster.report.stated import stated

    figures = stated(results)
    found = [
        tables.totals(),
        tables.zones(results, names),
        tables.days(results),
        tables.signs(results, names),
        tables.causes(results),
    ]
    for number, table in enumerate(table for table in found if table.rows):
        if number:
            data("")
        _table(table, figures)


def _table(table: Table, figures: Stated) -> None:
    from broadcaster.report.stated import filled

    columns([table.head, *(tuple(filled(cell, figures) for cell in row) for row in table.rows)])
