"""A difference in the timetable, in lines for people and in rows for programs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from broadcaster.cli.rows import airing_row, sign_rows
from broadcaster.cli.told import days_told, items_told, late_told, slogans_told
from broadcaster.domain.airing import Entry, SignContent
from broadcaster.domain.campaign import AirClass
from broadcaster.messages import tr
from broadcaster.planning.difference import AiringChange, Difference, SignChange
from broadcaster.planning.signage import SignSpan

DAY = timedelta(days=1)


class _Line(NamedTuple):
    """What one line says of one day in one place."""

    mark: str
    time: str
    day: date
    where: str
    told: str


def difference_lines(difference: Difference) -> list[tuple[str, str, str]]:
    """Give columns: what goes with - and what comes with +; equal days are one line."""
    airings = [line for change in difference.airings for line in _airing_lines(change)]
    signs = [line for change in difference.signs for line in _sign_lines(change)]
    return [*_grouped(airings), *_grouped(signs)]


def difference_row(difference: Difference) -> dict[str, Any]:
    """Give the difference as JSON."""
    airings: dict[str, list[Any]] = {"added": [], "removed": [], "changed": []}
    for before, after in difference.airings:
        if before is None and after is not None:
            airings["added"].append(airing_row(after))
        elif after is None and before is not None:
            airings["removed"].append(airing_row(before))
        elif before is not None and after is not None:
            pair = {"before": airing_row(before), "after": airing_row(after)}
            airings["changed"].append(pair)
    return {
        "airings": airings,
        "signs": {
            "added": [row for each in difference.signs for row in _rows(each, each.after)],
            "removed": [row for each in difference.signs for row in _rows(each, each.before)],
        },
    }


def _rows(change: SignChange, content: SignContent | None) -> Iterator[dict[str, Any]]:
    if content is not None:
        yield from sign_rows(SignSpan(change.sign, change.from_, change.until, content))


def _airing_lines(change: AiringChange) -> Iterator[_Line]:
    for mark, entry, of in zip("-+", change, _differing(change), strict=True):
        if entry is not None:
            airing = entry.airing
            told = "; ".join(part for part in (_told(entry), of) if part)
            yield _Line(mark, f"{airing.start:%H:%M}", airing.start.date(), airing.zone, told)


def _told(entry: Entry) -> str:
    airing, slot = entry.airing, entry.airing.slot
    parts = [f"{airing.campaign}/{slot.id}: {items_told(slot.items)}"]
    if slot.air_class is not AirClass.NORMAL:
        parts.append(slot.air_class.value)
    if entry.refusal is not None:
        parts.append(tr("refused: {reason}", reason=entry.refusal))
    elif entry.waits:
        begins = entry.begins.astimezone(airing.start.tzinfo)
        parts.append(tr("begins at {time}", time=f"{begins:%H:%M:%S}"))
    return "; ".join(parts)


def _differing(change: AiringChange) -> tuple[str, str]:
    """Give what else differs between two that may air, each as it is there."""
    if any(entry is None or entry.refusal for entry in change):
        return "", ""
    before, after = (_facts(entry) for entry in change if entry is not None)
    names = [name for name in before if before[name] != after[name]]
    return "; ".join(before[name] for name in names), "; ".join(after[name] for name in names)


def _facts(entry: Entry) -> dict[str, str]:
    from broadcaster.report.words import length

    slot = entry.airing.slot
    return {
        "seconds": tr("about {length} long", length=length(entry.airing.seconds)),
        "late": f'late = "{late_told(slot.late)}"',
        "if_cut": f'if_cut = "{slot.if_cut.value}"',
        "gain_db": f"gain_db = {slot.gain_db:g}",
        "bed": f'bed = "{slot.bed or ""}"',
    }


def _sign_lines(change: SignChange) -> Iterator[_Line]:
    for mark, content in (("-", change.before), ("+", change.after)):
        if content is not None:
            told = slogans_told(slogan.text for slogan in content.slogans)
            for start, end in _pieces(change.from_, change.until):
                closes = "24:00" if start.date() != end.date() and f"{end:%H:%M}" == "00:00" else ""
                time = f"{start:%H:%M}-{closes or f'{end:%H:%M}'}"
                yield _Line(mark, time, start.date(), change.sign, told)


def _pieces(start: datetime, end: datetime) -> Iterator[tuple[datetime, datetime]]:
    """Part a time that is longer than a day at its midnights."""
    while end - start > DAY:
        midnight = datetime.combine(start.date() + DAY, datetime.min.time(), start.tzinfo)
        yield start, midnight
        start = midnight
    yield start, end


def _grouped(lines: Iterable[_Line]) -> list[tuple[str, str, str]]:
    places: dict[tuple[str, str, str, date], list[str]] = {}
    for line in lines:
        places.setdefault((line.mark, line.time, line.told, line.day), []).append(line.where)
    days: dict[tuple[str, str, str, str], list[date]] = {}
    for (mark, time, told, day), where in places.items():
        days.setdefault((mark, time, told, ", ".join(where)), []).append(day)
    rows = sorted(days.items(), key=lambda row: (row[1][0], row[0][1]))
    return [
        (f"{mark} {time} {days_told(on)}", where, told) for (mark, time, told, where), on in rows
    ]
