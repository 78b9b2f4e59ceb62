"""What a results report says, in the order of an official one; figures are marked."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from broadcaster.messages import tr
from broadcaster.report import tables
from broadcaster.report.named import Named
from broadcaster.report.results import Gap, Results
from broadcaster.report.stated import ALL_SIGNS, mark, moment
from broadcaster.report.tables import Table


class Heading(NamedTuple):
    """A section's number and name, or a table's name."""

    text: str
    level: int = 1


class Paragraph(NamedTuple):
    """Running text."""

    text: str
    justified: bool = True


Block = Heading | Paragraph | Table


def body(results: Results, names: Named) -> list[Block]:
    """Give the sections of the report itself."""
    return [
        *_carried_out(results, names),
        *_results(results, names),
        *_shortcomings(results),
        *_source(),
    ]


def annex(results: Results, names: Named) -> list[Block]:
    """Give the tables that stand in the annex."""
    blocks: list[Block] = [Heading(tr("1. Airings by day"), 2), tables.days(results)]
    if results.signs:
        blocks += [Heading(tr("2. Hours of each sign"), 2), tables.signs(results, names)]
    return blocks


def official_date(day: date) -> str:
    """Give a date as official documents write it: days under 10, January and February with a 0."""
    month = f"{day.month:02}" if day.month <= 2 else str(day.month)  # noqa: PLR2004 - February
    return tr("day {day} month {month} year {year}", day=f"{day:%d}", month=month, year=day.year)


def lacks(results: Results) -> Iterator[str]:
    """Say in sentences of what the ledger doesn't tell."""
    if results.rehearsed:
        yield rehearsed()
    if results.window and results.tip.at.date() <= results.window[1]:
        yield tr(
            "The campaign lasts until {end}; the figures are those up to {until}.",
            end=official_date(results.window[1]),
            until=mark("ledger.until"),
        )
    if results.total.open:
        yield tr(
            "{open} airings have no end in the ledger yet: they count neither as aired nor as"
            " missed.",
            open=mark("total.open"),
        )
    if results.total.asked.unknown or results.total.given.unknown:
        yield tr(
            "Of {asked} airings the ledger doesn't tell how long they were to be, of {given} how"
            " long they were heard; the minutes with the sign ≥ are those of the others.",
            asked=mark("total.asked_unknown"),
            given=mark("total.given_unknown"),
        )
    yield from map(_gap, results.gaps)
    if any(hours.untold for hours in results.signs.values()):
        yield tr(
            "Of {untold} sign-hours nobody knows what the signs showed.",
            untold=mark(ALL_SIGNS, "untold"),
        )


def rehearsed() -> str:
    """Say that the figures are those of no real broadcast."""
    return tr("A REHEARSAL in simulated time: nothing was heard or shown. No report to be sent.")


def _carried_out(results: Results, names: Named) -> Iterator[Block]:
    yield Heading(tr("I. HOW IT WAS CARRIED OUT"))
    if names.theme:
        yield Paragraph(tr("Theme: “{theme}”.", theme=names.theme))
    if results.window:
        first, last = map(official_date, results.window)
        yield Paragraph(tr("Time: from {first} to {last}.", first=first, last=last))
    if results.zones:
        heard = "; ".join(map(names.zone, results.zones))
        yield Paragraph(tr("Loudspeakers, in the zones: {zones}.", zones=heard))
    if unused := [name for id_, name in names.zones.items() if id_ not in results.zones]:
        yield Paragraph(
            tr("Zones of which the ledger has no airing: {zones}.", zones="; ".join(unused))
        )
    if results.signs:
        seen = "; ".join(map(names.sign, results.signs))
        yield Paragraph(tr("LED boards: {signs}.", signs=seen))


def _results(results: Results, names: Named) -> Iterator[Block]:
    yield Heading(tr("II. RESULTS"))
    yield Heading(tr("1. Broadcasts"), 2)
    yield from _broadcasts()
    yield Heading(tr("2. Coverage by zone"), 2)
    if results.airings:
        yield tables.zones(results, names)
    else:
        yield Paragraph(tr("The ledger has no airing of this campaign."))
    yield Heading(tr("3. LED boards"), 2)
    yield Paragraph(_signs(results))
    yield Heading(tr("4. Portal and fanpage"), 2)
    yield Paragraph(tr("Posts: {posts}.", posts=mark("posts")))
    yield Paragraph(
        tr(
            "The ledger does not record posts yet, which does not mean that there were none."
            " Links to what was posted: ……………………"
        )
    )
    yield Heading(tr("5. All figures"), 2)
    yield tables.totals()


def _broadcasts() -> Iterator[Block]:
    names = ("planned", "programmes", "whole", "late", "partial", "unheard")
    yield Paragraph(
        tr(
            "{planned} airings were planned, each counted in each zone (as {programmes}"
            " programmes); {whole} were aired as a whole ({late} of them late), {partial} in part,"
            " {unheard} not at all.",
            **{name: mark("total", name) for name in names},
        )
    )
    yield Paragraph(
        tr(
            "Airtime asked for, in minutes: {asked}; given: {given}.",
            asked=mark("total.asked"),
            given=mark("total.given"),
        )
    )
    yield Paragraph(
        tr(
            "Urgent: {urgent} airings planned, {aired} aired as a whole; beside the campaign,"
            " {announced} urgent announcements were aired on the same days.",
            urgent=mark("total.urgent"),
            aired=mark("total.urgent_aired"),
            announced=mark("announcements.whole"),
        )
    )


def _signs(results: Results) -> str:
    if not results.signs:
        return tr(
            "Sign-hours: {acknowledged}: the ledger has no sign that was to show this campaign.",
            acknowledged=mark(ALL_SIGNS, "acknowledged"),
        )
    return tr(
        "The signs were to show the slogans for {asked} sign-hours, and acknowledged"
        " {acknowledged}; each sign stands in the annex.",
        asked=mark(ALL_SIGNS, "asked"),
        acknowledged=mark(ALL_SIGNS, "acknowledged"),
    )


def _shortcomings(results: Results) -> Iterator[Block]:
    yield Heading(tr("III. SHORTCOMINGS AND THEIR CAUSES"))
    if results.causes:
        yield Paragraph(tr("What was aired in part or not at all, and why:"))
        yield tables.causes(results)
    elif results.airings:
        yield Paragraph(tr("The ledger has no airing that was heard in part or not at all."))
    yield from map(Paragraph, lacks(results))


def _source() -> Iterator[Block]:
    yield Heading(tr("IV. WHERE THE FIGURES COME FROM"))
    yield Paragraph(
        tr(
            "All figures are from the station's as-run ledger, up to record {record}, at {until}.",
            record=mark("ledger.record"),
            until=mark("ledger.until"),
        )
    )
    sha = tr("That record's SHA-256: {hash}.", hash=mark("ledger.hash"))
    yield Paragraph(sha, justified=False)


def _gap(gap: Gap) -> str:
    if gap.stopped:
        return tr(
            "The ledger tells nothing from {from_} to {until}: the station was stopped.",
            from_=moment(gap.from_),
            until=moment(gap.until),
        )
    return tr(
        "The ledger tells nothing from {from_} to {until}: the station had broken down, or did"
        " not run yet.",
        from_=moment(gap.from_),
        until=moment(gap.until),
    )
