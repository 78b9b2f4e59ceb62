"""The tables of a report: words in the reader's language, and marks where figures are to be."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from broadcaster.messages import Message, msg, tr
from broadcaster.report.named import Named
from broadcaster.report.results import Results
from broadcaster.report.stated import ALL_SIGNS, mark
from broadcaster.report.words import day_short, word


class Table(NamedTuple):
    """Rows of equally many cells; figures stand at the right."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]
    """In parts of the whole."""
    figures_from: int
    """The first column that holds figures."""
    sums_up: bool = False
    """Its last row is that of all."""


TOTALS: Mapping[str, tuple[Message, Message]] = {
    "total.planned": (msg("Airings planned, one for each zone"), msg("airings")),
    "total.programmes": (msg("Programmes that they were to begin together as"), msg("programmes")),
    "total.whole": (msg("Aired as a whole"), msg("airings")),
    "total.late": (msg("of these, begun late"), msg("airings")),
    "total.partial": (msg("Aired in part"), msg("airings")),
    "total.unheard": (msg("Not aired"), msg("airings")),
    "total.missed": (msg("of these, missed"), msg("airings")),
    "total.blocked": (msg("of these, not allowed"), msg("airings")),
    "total.cancelled": (msg("of these, cancelled"), msg("airings")),
    "total.open": (msg("Without an end in the ledger"), msg("airings")),
    "total.urgent": (msg("Of all planned, urgent"), msg("airings")),
    "total.urgent_aired": (msg("of these, aired as a whole"), msg("airings")),
    "announcements.whole": (msg("Urgent announcements on the same days, aired"), msg("airings")),
    "total.asked": (msg("Airtime asked for"), msg("minutes")),
    "total.given": (msg("Airtime given"), msg("minutes")),
    f"{ALL_SIGNS}.asked": (msg("Signs: asked for"), msg("sign-hours")),
    f"{ALL_SIGNS}.acknowledged": (msg("Signs: acknowledged"), msg("sign-hours")),
    f"{ALL_SIGNS}.untold": (msg("Signs: not known"), msg("sign-hours")),
    "posts": (msg("Posts on the portal and the fanpage"), msg("posts")),
}


def totals() -> Table:
    """Give what the province's form asks for."""
    rows = (
        (str(number), tr(what), tr(unit), mark(name))
        for number, (name, (what, unit)) in enumerate(TOTALS.items(), 1)
    )
    head = tr("No."), tr("Figure"), tr("Unit"), tr("Value")
    return Table(head, tuple(rows), (8, 58, 17, 17), 3)


def zones(results: Results, names: Named) -> Table:
    """Give what each zone was to hear and heard."""
    rows = [(names.zone(zone), *_airings("zones", zone), mark("zones", zone, "coverage"))
            for zone in results.zones]  # fmt: skip
    rows.append((tr("In all"), *_airings("total"), mark("total.coverage")))
    head = (tr("Zone"), *_airings_head(), tr("Aired as a whole, %"))
    return Table(head, tuple(rows), (24, 11, 11, 11, 11, 11, 11, 10), 1, sums_up=True)


def days(results: Results) -> Table:
    """Give what was planned and aired on each day."""
    rows = [(day_short(day), *_airings("days", day.isoformat())) for day in results.days]
    rows.append((tr("In all"), *_airings("total")))
    head = tr("Day"), *_airings_head()
    return Table(head, tuple(rows), (22, 13, 13, 13, 13, 13, 13), 1, sums_up=True)


def signs(results: Results, names: Named) -> Table:
    """Give the hours of each sign."""
    rows = [(names.sign(sign), *_hours("signs", sign)) for sign in results.signs]
    rows.append((tr("In all"), *_hours(ALL_SIGNS)))
    head = tr("Sign"), tr("Hours asked for"), tr("Hours acknowledged"), tr("Hours not known")
    return Table(head, tuple(rows), (46, 18, 18, 18), 1, sums_up=True)


def causes(results: Results) -> Table:
    """Give why airings were not heard as a whole."""
    rows = tuple(
        (word(cause.outcome), told(cause.reason), mark("causes", number))
        for number, cause in enumerate(results.causes)
    )
    return Table((tr("Outcome"), tr("Cause"), tr("Number of airings")), rows, (20, 62, 18), 2)


def told(reason: Message | None) -> str:
    """Give a reason; say so where none was recorded."""
    return tr(reason) if reason else tr("no reason was recorded")


def _airings_head() -> tuple[str, ...]:
    return (
        tr("Planned"), tr("Aired as a whole"), tr("Aired in part"), tr("Not aired"),
        tr("Minutes asked for"), tr("Minutes given"),
    )  # fmt: skip


def _airings(*of: str) -> tuple[str, ...]:
    names = ("planned", "whole", "partial", "unheard", "asked", "given")
    return tuple(mark(*of, name) for name in names)


def _hours(*of: str) -> tuple[str, ...]:
    return tuple(mark(*of, name) for name in ("asked", "acknowledged", "untold"))
