"""Finds the figures and the bars of a page again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from html.parser import HTMLParser

from broadcaster.messages import msg
from broadcaster.report.check import Difference
from broadcaster.report.compared import compared
from broadcaster.report.named import nameless
from broadcaster.report.results import Results
from broadcaster.report.results_page import results_page
from broadcaster.report.stamp import Stamp, read


class _Page(HTMLParser):
    """What a page says, as far as a check asks."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.properties: dict[str, str] = {}
        self.figures: dict[str, list[str]] = {}
        self.bars: list[dict[str, str | None]] = []
        self._into: list[str] | None = None
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take in what has a figure, a bar's form, or what the page was made of."""
        held = dict(attrs)
        if tag == "meta" and held.get("name"):
            self.properties[str(held["name"])] = held.get("content") or ""
        elif tag == "rect":
            self.bars.append(held)
        self._into = None
        if name := held.get("data-figure"):
            self._into = self.figures.setdefault(name, [])
            self._into.append("")

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002 - HTMLParser's signature
        """End what has a figure."""
        self._into = None

    def handle_data(self, data: str) -> None:
        """Take in a figure."""
        if self._into is not None:
            self._into[-1] += data


def read_html(
    content: bytes,
) -> tuple[Stamp | None, Callable[[Results], Iterator[Difference]]]:
    """Give what a page says it was made of, and what tells its differences; raises ValueError."""
    page = _Page(content.decode())
    return read(page.properties), lambda results: _differences(page, results)


def _differences(page: _Page, results: Results) -> Iterator[Difference]:
    right = _Page(results_page(results, nameless()))
    times = Counter({name: len(told) for name, told in right.figures.items()})
    yield from compared(page.figures, times, results)
    if page.bars != right.bars:
        yield "svg", msg("its bars are not drawn as the ledger gives them")
