"""The results report as a page for a browser: charts, and what the document says."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from broadcaster.messages import speaking, tr
from broadcaster.report.charts import charts
from broadcaster.report.content import Heading, annex, body, rehearsed
from broadcaster.report.named import Named
from broadcaster.report.page import page
from broadcaster.report.results import Results
from broadcaster.report.stamp import LANGUAGE, stamp
from broadcaster.report.stated import MARK, Stated, filled, stated


class Piece(NamedTuple):
    """A part of a text: a figure with its name, or words between figures."""

    text: str
    name: str


def results_page(results: Results, names: Named) -> str:
    """Give the page; it stands alone, without a script or another host."""
    with speaking(LANGUAGE):
        figures = stated(results)
        return page(
            "results",
            kind=rehearsed() if results.rehearsed else tr("REPORT"),
            title=tr("Results of “{title}”", title=names.title),
            names=names,
            properties=stamp(results, names),
            charts=charts(results, names),
            blocks=[*body(results, names), Heading(tr("Annex")), *annex(results, names)],
            pieces=lambda text: list(_pieces(text, figures)),
            plain=lambda text: filled(text, figures),
            name=lambda text: MARK.sub(r"\1", text),
        )


def _pieces(text: str, figures: Stated) -> Iterator[Piece]:
    for number, part in enumerate(MARK.split(text)):
        if number % 2:
            yield Piece(figures[part], part)
        elif part:
            yield Piece(part, "")
