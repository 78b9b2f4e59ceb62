"""A slot moved in time after it aired that day does not air again that day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time

from broadcaster.domain.airing import Entry
from broadcaster.domain.record import AsRun, Outcome
from broadcaster.messages import Message, msg
from broadcaster.planning.days import instant
from broadcaster.planning.words import clock

Place = tuple[str, str, str, date]
"""Campaign, slot, zone and local day."""


def moved(entries: Iterable[Entry], runs: Iterable[AsRun]) -> dict[str, Message]:
    """Give the keys of planned airings that have aired at a former time of their slot, and why.

    An airing that was heard and is no longer in the plan has used up one of those its slot has in
    that zone on that day: the nearest that was not planned yet when it aired (its `times` say
    what was), one cancelled for it before if there is one. `entries` are of whole local days.
    """
    plan: dict[Place, list[Entry]] = {}
    for entry in entries:
        airing = entry.airing
        place = (airing.campaign, airing.slot.id, airing.zone, airing.start.date())
        plan.setdefault(place, []).append(entry)
    known = {run.key: run for run in runs}
    orphans: dict[Place, list[AsRun]] = {}
    for run in known.values():
        if run.started is not None and (place := _place(run)) in plan:
            orphans.setdefault(place, []).append(run)
    return {
        key: reason
        for place, heard in orphans.items()
        for key, reason in _used_up(plan[place], heard, known)
    }


def _place(run: AsRun) -> Place:
    slot = run.key.split("/")[1:2]
    return run.campaign, "".join(slot), run.zone, run.planned.date()


def _used_up(
    entries: list[Entry], heard: list[AsRun], known: dict[str, AsRun]
) -> list[tuple[str, Message]]:
    keys = {entry.airing.key for entry in entries}
    spoken = {run.key for run in heard}
    pairs = [
        (_cost(entry, orphan, known), orphan, entry)
        for orphan in heard
        if orphan.key not in keys
        for then in (_planned_then(orphan, entries[0].airing.start),)
        for entry in entries
        if entry.airing.key not in spoken and entry.airing.start not in then
    ]
    used: dict[str, Message] = {}
    done: set[str] = set()
    for _, orphan, entry in sorted(pairs, key=lambda pair: pair[0]):
        if orphan.key not in done and entry.airing.key not in used:
            done.add(orphan.key)
            used[entry.airing.key] = _reason(entry, orphan)
    return list(used.items())


def _cost(
    entry: Entry, orphan: AsRun, known: dict[str, AsRun]
) -> tuple[bool, float, datetime, datetime]:
    run = known.get(entry.airing.key)
    cancelled = run is not None and run.outcome is Outcome.CANCELLED
    start = entry.airing.start.astimezone(UTC)
    planned = orphan.planned.astimezone(UTC)
    return not cancelled, abs((start - planned).total_seconds()), planned, start


def _planned_then(orphan: AsRun, start: datetime) -> set[datetime]:
    """Give the instants that its slot had when it aired, on the day of a start."""
    return {
        instant(start.date(), time.fromisoformat(at), start.tzinfo or UTC)
        for at in orphan.data.get("times", ())
    }


def _reason(entry: Entry, orphan: AsRun) -> Message:
    return msg(
        "aired at {aired} that day, before it was moved to {planned}",
        aired=clock(orphan.planned, orphan.planned.tzinfo),
        planned=clock(entry.airing.start, entry.airing.start.tzinfo),
    )
