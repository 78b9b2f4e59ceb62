"""The formulas of the spreadsheet, each beside the value that it comes to."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import NamedTuple

from broadcaster.domain.record import Outcome
from broadcaster.report.results import HEARD, UNHEARD, Length, Results, Shown, SignHours, Tally
from broadcaster.report.sign_hours import ACKNOWLEDGED
from broadcaster.report.stated import ALL_SIGNS, no_data


class Formula(NamedTuple):
    """What a spreadsheet computes, and what comes of it: for programs that compute nothing."""

    text: str
    value: float


Cell = str | float | date | datetime | Formula | None
"""None: the ledger doesn't tell."""


class Columns(NamedTuple):
    """Where the sheets have what is summed up, and by which words."""

    airings: str
    """The name of the airings' sheet."""
    aired: int
    """How many there are."""
    boards: str
    shown: int
    words: Mapping[Outcome | None, str]
    urgent: str

    @property
    def day(self) -> str:
        """Give the range of the airings' days."""
        return self.airing("A")

    @property
    def zone(self) -> str:
        """Give the range of the airings' zones."""
        return self.airing("D")

    def airing(self, column: str) -> str:
        """Give a column of the airings."""
        return _range(self.airings, column, self.aired)

    def board(self, column: str) -> str:
        """Give a column of the signs' stretches."""
        return _range(self.boards, column, self.shown)

    def counting(self, *outcomes: Outcome | None, where: str = "") -> str:
        """Give what counts airings of some outcomes; `where`: further conditions."""
        parts = (f'COUNTIFS({where}{self.airing("I")},"{self.words[each]}")' for each in outcomes)
        return "+".join(parts)


def totals(results: Results, at: Columns) -> Mapping[str, Cell]:
    """Give each total by its name, as a formula where the sheets have what it is made of."""
    total, urgent = results.total, f'{at.airing("F")},"{at.urgent}",'
    programmes = at.airing("N")
    outcomes = {
        "whole": HEARD, "late": (Outcome.LATE,), "partial": (Outcome.PARTIAL,),
        "unheard": UNHEARD, "missed": (Outcome.MISSED,), "blocked": (Outcome.BLOCKED,),
        "cancelled": (Outcome.CANCELLED,), "open": (None,),
    }  # fmt: skip
    found: dict[str, Cell] = {
        f"total.{name}": Formula(at.counting(*each), getattr(total, name))
        for name, each in outcomes.items()
    }
    return found | {
        "total.planned": Formula(f"COUNTA({programmes})", total.planned),
        "total.programmes": Formula(f"SUM({at.airing('O')})", total.programmes),
        "total.urgent": Formula(f"COUNTIFS({urgent[:-1]})", total.urgent),
        "total.urgent_aired": Formula(at.counting(*HEARD, where=urgent), total.urgent_aired),
        "announcements.whole": results.announcements.whole,
        "total.asked": _minutes(f"SUM({at.airing('K')})/60", total.asked, total.planned),
        "total.given": _minutes(f"SUM({at.airing('L')})/60", total.given, total.planned),
        **_all_signs(results, at),
    }


def tally(of: Tally, at: Columns, by: str, criterion: str) -> tuple[Cell, ...]:
    """Give a row of sums: of the airings whose column `by` holds what a cell does."""
    where = f"{by},{criterion},"
    lengths = at.airing("K"), at.airing("L")
    unknown = f'COUNTIFS({where}{lengths[0]},"")+COUNTIFS({where}{lengths[1]},"")'
    return (
        Formula(f"COUNTIFS({where[:-1]})", of.planned),
        Formula(at.counting(*HEARD, where=where), of.whole),
        Formula(at.counting(Outcome.PARTIAL, where=where), of.partial),
        Formula(at.counting(*UNHEARD, where=where), of.unheard),
        _minutes(f"SUMIFS({lengths[0]},{where[:-1]})/60", of.asked, of.planned),
        _minutes(f"SUMIFS({lengths[1]},{where[:-1]})/60", of.given, of.planned),
        Formula(unknown, of.asked.unknown + of.given.unknown),
    )


def below(of: Tally, rows: int, *, first: str) -> tuple[Cell, ...]:
    """Give the sums of the columns above, from the column `first` on."""
    values = (
        of.planned, of.whole, of.partial, of.unheard, of.asked.seconds / 60,
        of.given.seconds / 60, of.asked.unknown + of.given.unknown,
    )  # fmt: skip
    columns = (chr(ord(first) + number) for number in range(len(values)))
    return tuple(
        Formula(f"SUM({column}2:{column}{rows + 1})", value) if rows else 0
        for column, value in zip(columns, values, strict=True)
    )


def hours(of: SignHours, at: Columns, criterion: str) -> tuple[Cell, ...]:
    """Give the hours of the sign that a cell names."""
    return tuple(
        Formula(f"SUMIFS({at.board(column)},{at.board('A')},{criterion})", value)
        for column, value in (("G", of.asked), ("H", of.acknowledged), ("I", of.untold))
    )


def first_of_programme(row: int, *, first: bool) -> Formula:
    """Give 1 where a programme begins, in rows that are sorted by it: to count it once."""
    return Formula(f"IF(N{row}=N{row - 1},0,1)", int(first))


def stretch(each: Shown, row: int) -> tuple[Cell, Cell]:
    """Give how long a sign was to show its slogans, and how much of it it acknowledged."""
    length = Formula(f"(E{row}-D{row})*24", each.hours)
    if each.state == Outcome.BLOCKED:
        return 0, 0
    return length, Formula(f"G{row}", each.hours) if each.state in ACKNOWLEDGED else 0


def _all_signs(results: Results, at: Columns) -> Mapping[str, Cell]:
    names = {"asked": "G", "acknowledged": "H", "untold": "I"}
    if not results.signs:
        return {f"{ALL_SIGNS}.{name}": no_data() for name in names}
    return {
        f"{ALL_SIGNS}.{name}": Formula(
            f"SUM({at.board(column)})",
            sum(getattr(each, name) for each in results.signs.values()),
        )
        for name, column in names.items()
    }


def _minutes(formula: str, length: Length, of: int) -> Cell:
    if of and length.unknown == of:
        return no_data()
    return Formula(formula, length.seconds / 60)


def _range(sheet: str, column: str, rows: int) -> str:
    return f"'{sheet}'!${column}$2:${column}${max(rows, 1) + 1}"
