"""`broadcaster report`: what a campaign came to, by the ledger alone."""

from __future__ import annotations

from pathlib import Path

import click

from broadcaster.cli.app import App, as_json, columns, data, data_json, pass_app
from broadcaster.errors import Refusal, UserError
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
@click.argument("campaign", required=False)
@click.option(
    "-o", "--out", "files", metavar="FILE", multiple=True, type=click.Path(path_type=Path),
    help=tr("A file to write it into, of the kind that its ending says; may be given again."),
)  # fmt: skip
@click.option(
    "--check", "checked", metavar="FILE",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help=tr("Recompute every figure of a report from the ledger it was made of, and compare."),
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
    campaign: str | None,
    files: tuple[Path, ...],
    checked: Path | None,
    path: Path | None,
    *,
    replace: bool,
    as_json: bool,
) -> None:
    """Count, then print or write; or check what was written."""
    if checked is not None:
        if campaign or files:
            raise click.UsageError(tr("--check takes the report alone: it names its campaign"))
        _check(checked, _ledger(app, path), as_json=as_json)
        return
    if campaign is None:
        raise click.UsageError(tr("name a campaign, or a report to --check"))
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


def _check(report: Path, ledger: Path, *, as_json: bool) -> None:
    from broadcaster.report.check import checked

    results, problems = checked(report, ledger)
    if as_json:
        found = [{"figure": each.key, "message": str(each.message)} for each in problems]
        data_json({"campaign": results.campaign, "record": results.tip.seq, "problems": found})
    elif not problems:
        data(
            tr(
                "Every figure is the ledger's, up to record {record}, and its chain holds.",
                record=results.tip.seq,
            )
        )
    if problems:
        raise UserError(problems)


def _ledger(app: App, path: Path | None) -> Path:
    from broadcaster.ledger.file import PLACE

    path = path or app.folder / PLACE
    if not path.exists():
        raise Refusal(
            msg("There is no ledger yet: {path} begins when the station runs.", path=path)
        )
    return path


def _print(results: Results, names: Named) -> None:
    """Print the tables of the report, those that have rows, and what the ledger lacks."""
    from broadcaster.report import tables
    from broadcaster.report.content import lacks
    from broadcaster.report.stated import filled, stated

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
    if said := list(lacks(results)):
        data("")
    for sentence in said:
        data(filled(sentence, figures))


def _table(table: Table, figures: Stated) -> None:
    from broadcaster.report.stated import filled

    columns([table.head, *(tuple(filled(cell, figures) for cell in row) for row in table.rows)])
