"""The sheets of the spreadsheet: every airing and every sign, and sums that it makes itself."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from broadcaster.domain.record import Outcome
from broadcaster.messages import msg, tr
from broadcaster.report import sums
from broadcaster.report.content import lacks
from broadcaster.report.named import Named
from broadcaster.report.results import Aired, Results, Shown
from broadcaster.report.stated import filled, stated
from broadcaster.report.sums import Cell, Columns
from broadcaster.report.tables import TOTALS, told
from broadcaster.report.words import UNDER_WAY, word


class Sheet(NamedTuple):
    """A sheet: its heading row, and the rows under it; instants are the station's, naive."""

    name: str
    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    widths: tuple[int, ...]
    """In characters."""
    names: tuple[int, ...] = ()
    """Columns that hold what the station calls its places: that may change."""


_CLASSES = {True: msg("urgent"), False: msg("not urgent")}


def sheets(results: Results, names: Named) -> list[Sheet]:
    """Give the sheets in order: sums first, then what they are made of."""
    columns = _columns(results)
    return [
        _totals(results, columns),
        _by_day(results, columns),
        _by_zone(results, names, columns),
        _signs(results, names, columns),
        _airings(results, names),
        _shown(results, names),
    ]


def outcome(of: Outcome | None) -> str:
    """Give the word that stands in a cell, and that is counted."""
    return word(of.value if of else UNDER_WAY)


def _columns(results: Results) -> Columns:
    return Columns(
        tr("Every airing"), len(results.airings), tr("Every sign"), len(results.shown),
        {each: outcome(each) for each in (*Outcome, None)}, tr(_CLASSES[True]),
    )  # fmt: skip


def _totals(results: Results, columns: Columns) -> Sheet:
    figures = stated(results)
    computed: Mapping[str, Cell] = sums.totals(results, columns)
    rows: list[tuple[Cell, ...]] = [
        (tr(what), computed.get(name, figures[name]), tr(unit))
        for name, (what, unit) in TOTALS.items()
    ]
    rows += [
        (tr("Last record of the ledger"), results.tip.seq, None),
        (tr("at"), naive(results.tip.at), None),
        ("SHA-256", results.tip.hash, None),
        *((filled(text, figures), None, None) for text in lacks(results)),
    ]
    head = tr("Figure"), tr("Value"), tr("Unit")
    return Sheet(tr("Totals"), head, tuple(rows), (60, 24, 14))


def _by_day(results: Results, columns: Columns) -> Sheet:
    rows: list[tuple[Cell, ...]] = [
        (day, *sums.tally(each, columns, columns.day, f"A{number}"))
        for number, (day, each) in enumerate(results.days.items(), 2)
    ]
    rows.append((tr("In all"), *sums.below(results.total, len(rows), first="B")))
    head = tr("Day"), *_sums_head()
    return Sheet(tr("By day"), head, tuple(rows), (14, *[14] * 7))


def _by_zone(results: Results, names: Named, columns: Columns) -> Sheet:
    rows: list[tuple[Cell, ...]] = [
        (zone, names.zone(zone), *sums.tally(each, columns, columns.zone, f"A{number}"))
        for number, (zone, each) in enumerate(results.zones.items(), 2)
    ]
    rows.append((tr("In all"), None, *sums.below(results.total, len(rows), first="C")))
    head = tr("Zone's id"), tr("Zone"), *_sums_head()
    return Sheet(tr("By zone"), head, tuple(rows), (16, 28, *[14] * 7), names=(1,))


def _sums_head() -> tuple[str, ...]:
    return (
        tr("Planned"), tr("Aired as a whole"), tr("Aired in part"), tr("Not aired"),
        tr("Minutes asked for"), tr("Minutes given"), tr("Lengths not known"),
    )  # fmt: skip


def _signs(results: Results, names: Named, columns: Columns) -> Sheet:
    rows: list[tuple[Cell, ...]] = [
        (sign, names.sign(sign), *sums.hours(each, columns, f"A{number}"))
        for number, (sign, each) in enumerate(results.signs.items(), 2)
    ]
    head = (
        tr("Sign's id"), tr("Sign"), tr("Hours asked for"), tr("Hours acknowledged"),
        tr("Hours not known"),
    )  # fmt: skip
    return Sheet(tr("By sign"), head, tuple(rows), (16, 36, 18, 18, 18), names=(1,))


def _airings(results: Results, names: Named) -> Sheet:
    head = (
        tr("Day"), tr("Planned"), tr("Slot"), tr("Zone's id"), tr("Zone"), tr("Class"),
        tr("On air at"), tr("Ended at"), tr("Outcome"), tr("Cause"), tr("Seconds asked for"),
        tr("Seconds given"), tr("Voice"), tr("Programme"), tr("Counted once"),
    )  # fmt: skip
    airings = results.airings
    rows = tuple(
        (
            *_airing(each, names),
            sums.first_of_programme(
                n + 2, first=not n or airings[n - 1].programme != each.programme
            ),
        )
        for n, each in enumerate(airings)
    )
    widths = (12, 20, 24, 16, 24, 16, 20, 20, 14, 50, 14, 14, 16, 60, 10)
    return Sheet(tr("Every airing"), head, rows, widths, names=(4,))


def _airing(each: Aired, names: Named) -> tuple[Cell, ...]:
    return (
        each.day,
        naive(each.planned),
        each.slot,
        each.zone,
        names.zone(each.zone),
        tr(_CLASSES[each.urgent]),
        naive(each.started),
        naive(each.finished),
        outcome(each.outcome),
        tr(each.reason) if each.reason else None,
        each.asked,
        each.given,
        each.voice or None,
        each.programme,
    )


def _shown(results: Results, names: Named) -> Sheet:
    head = (
        tr("Sign's id"), tr("Sign"), tr("Slogans"), tr("From"), tr("Until"), tr("State"),
        tr("Asked for"), tr("Acknowledged"), tr("Hours not known"), tr("Cause"),
    )  # fmt: skip
    rows = tuple(_stretch(n, each, names) for n, each in enumerate(results.shown, 2))
    return Sheet(tr("Every sign"), head, rows, (16, 36, 50, 20, 20, 16, 12, 12, 12, 50), names=(1,))


def _stretch(row: int, each: Shown, names: Named) -> tuple[Cell, ...]:
    return (
        each.sign,
        names.sign(each.sign),
        " / ".join(" ".join(text.splitlines()) for text in each.slogans),
        naive(each.from_),
        naive(each.until),
        word(each.state),
        *sums.stretch(each, row),
        each.untold,
        told(each.reason) if each.reason else None,
    )


def naive(at: datetime | None) -> datetime | None:
    """Give an instant as spreadsheets know it: without a zone, to the millisecond."""
    if at is None:
        return None
    return at.replace(tzinfo=None, microsecond=at.microsecond // 1000 * 1000)
