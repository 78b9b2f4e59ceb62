"""The charts of the page: where each bar and word stands; the template draws them as SVG."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import shorten
from typing import NamedTuple

from broadcaster.messages import tr
from broadcaster.report.named import Named
from broadcaster.report.results import Length, Results
from broadcaster.report.stated import mark, no_data
from broadcaster.report.tables import told
from broadcaster.report.words import word

WIDTH = 640
TALL = 220
"""Of a chart of days, and its bars alone."""
BAR = 14
LONGEST = 85
"""Characters of a label: SVG breaks no lines."""
LABELS = 18
"""What a line of text takes; all in the pixels of the SVG."""


class Word(NamedTuple):
    """A text beside bars; a mark where it is a figure."""

    text: str
    x: float
    y: float
    anchor: str


class Bar(NamedTuple):
    """A rectangle, what it says when it is pointed at, and its figure beside it."""

    x: float
    y: float
    width: float
    height: float
    kind: str
    title: str
    figure: Word


class Chart(NamedTuple):
    """One chart."""

    title: str
    empty: str
    """What is said where it has no bars."""
    legend: tuple[tuple[str, str], ...]
    """The kinds of its bars, and what they mean."""
    width: int
    height: int
    bars: tuple[Bar, ...]
    words: tuple[Word, ...]


class Series(NamedTuple):
    """One kind of bars: its values, None where the ledger doesn't tell, and their figures."""

    kind: str
    name: str
    values: Sequence[float | None]
    figures: Sequence[str]


def charts(results: Results, names: Named) -> list[Chart]:
    """Give the four charts: by day, by zone, by sign, and causes."""
    return [_days(results), _zones(results, names), _signs(results, names), _causes(results)]


def _days(results: Results) -> Chart:
    days = list(results.days)
    series = [
        Series("planned", tr("Planned"), [each.planned for each in results.days.values()],
               [mark("days", day.isoformat(), "planned") for day in days]),
        Series("given", tr("Aired as a whole"), [each.whole for each in results.days.values()],
               [mark("days", day.isoformat(), "whole") for day in days]),
    ]  # fmt: skip
    labels = [f"{day:%d/%m}" for day in days]
    return _columns(tr("Planned and aired, by day"), labels, series)


def _zones(results: Results, names: Named) -> Chart:
    of = results.zones
    series = [
        Series("planned", tr("Minutes asked for"),
               [_minutes(each.asked, each.planned) for each in of.values()],
               [mark("zones", zone, "asked") for zone in of]),
        Series("given", tr("Minutes given"),
               [_minutes(each.given, each.planned) for each in of.values()],
               [mark("zones", zone, "given") for zone in of]),
    ]  # fmt: skip
    return _rows(tr("Minutes by zone"), [names.zone(zone) for zone in of], series)


def _signs(results: Results, names: Named) -> Chart:
    of = results.signs
    series = [
        Series("planned", tr("Hours asked for"), [each.asked for each in of.values()],
               [mark("signs", sign, "asked") for sign in of]),
        Series("given", tr("Hours acknowledged"), [each.acknowledged for each in of.values()],
               [mark("signs", sign, "acknowledged") for sign in of]),
        Series("unknown", tr("Hours not known"), [each.untold for each in of.values()],
               [mark("signs", sign, "untold") for sign in of]),
    ]  # fmt: skip
    return _rows(tr("Hours of signs"), [names.sign(sign) for sign in of], series)


def _causes(results: Results) -> Chart:
    # The whole of it stands in the table.
    labels = [
        shorten(f"{word(each.outcome)}: {told(each.reason)}", LONGEST, placeholder="…")
        for each in results.causes
    ]
    series = [
        Series("lost", tr("Number of airings"), [each.count for each in results.causes],
               [mark("causes", number) for number in range(len(labels))]),
    ]  # fmt: skip
    chart = _rows(tr("Causes of what was not aired as a whole"), labels, series)
    nothing = tr("The ledger has no airing that was heard in part or not at all.")
    return chart._replace(empty=nothing) if results.airings else chart


def _minutes(length: Length, of: int) -> float | None:
    return None if of and length.unknown == of else length.seconds / 60


def _columns(title: str, labels: Sequence[str], series: Sequence[Series]) -> Chart:
    """Stand bars side by side, a group for each label; many groups make a wider chart."""
    group = max(WIDTH / max(len(labels), 1), 34.0)
    group = min(group, 90.0)
    each = group * 0.8 / len(series)
    most = _most(series)
    bars = [
        _column(one, number, place, most, group, each)
        for place, one in enumerate(series)
        for number in range(len(labels))
    ]
    words = [Word(text, number * group + group / 2, TALL + 2 * LABELS, "middle")
             for number, text in enumerate(labels)]  # fmt: skip
    width = max(WIDTH, round(group * len(labels)))
    return Chart(
        title, no_data(), _legend(series), width, TALL + 3 * LABELS, tuple(bars), tuple(words)
    )


def _column(of: Series, number: int, place: int, most: float, group: float, width: float) -> Bar:
    value = of.values[number] or 0
    height = round(value / most * TALL, 2)
    x = round(number * group + group * 0.1 + place * width, 2)
    y = round(TALL + LABELS - height, 2)
    figure = Word(of.figures[number], round(x + width / 2, 2), y - 4, "middle")
    return Bar(x, y, round(width - 1, 2), height, of.kind, of.name, figure)


def _rows(title: str, labels: Sequence[str], series: Sequence[Series]) -> Chart:
    """Lay bars under each label, one for each kind."""
    room, most = WIDTH - 120, _most(series)
    row = LABELS + len(series) * (BAR + 3) + 12
    bars, words = [], []
    for number, label in enumerate(labels):
        top = number * row
        words.append(Word(label, 0, top + LABELS - 4, "start"))
        for place, of in enumerate(series):
            y, value = top + LABELS + place * (BAR + 3), of.values[number]
            length = round((value or 0) / most * room, 2)
            figure = Word(of.figures[number], length + 6, y + BAR - 2, "start")
            bars.append(Bar(0, y, length, BAR, of.kind, of.name, figure))
    return Chart(
        title, no_data(), _legend(series), WIDTH, row * len(labels), tuple(bars), tuple(words)
    )


def _most(series: Sequence[Series]) -> float:
    return max((value or 0 for one in series for value in one.values), default=0) or 1


def _legend(series: Sequence[Series]) -> tuple[tuple[str, str], ...]:
    return tuple((one.kind, one.name) for one in series)
