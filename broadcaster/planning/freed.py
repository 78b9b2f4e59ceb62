"""Lets urgent airings begin as soon as those that they wait for have really ended."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime
from itertools import groupby

from broadcaster.domain.airing import Entry
from broadcaster.domain.record import AsRun
from broadcaster.planning.cutting import urgent


def freed(entries: Sequence[Entry], runs: Mapping[str, AsRun]) -> tuple[Entry, ...]:
    """Give a plan in which urgent airings don't wait for what was silenced, or ended early.

    `entries` are in order. What isn't urgent keeps its time.
    """
    planned = [entry for entry in entries if urgent(entry) and entry.refusal is None]
    if not any(entry.waits for entry in planned):
        return tuple(entries)
    sooner: dict[str, Entry] = {}
    for _, group in groupby(planned, key=lambda entry: entry.airing.group):
        together = list(group)
        begins = _begins(together, sooner.values(), runs)
        sooner |= {entry.airing.key: _from(entry, begins) for entry in together}
    moved = (sooner.get(entry.airing.key, entry) for entry in entries)
    return tuple(sorted(moved, key=lambda entry: entry.begins))


def _begins(group: list[Entry], before: Collection[Entry], runs: Mapping[str, AsRun]) -> datetime:
    """Give when those that begin together can: once the last that they wait for is over."""
    names = {name for entry in group for name in entry.speakers}
    waited_for = (other for other in before if not names.isdisjoint(other.speakers))
    free = max((_over(other, runs) for other in waited_for), default=group[0].begins)
    start = group[0].airing.start.astimezone(UTC)
    return min(group[0].begins, max(start, free))


def _over(entry: Entry, runs: Mapping[str, AsRun]) -> datetime:
    run = runs.get(entry.airing.key)
    ended = None if run is None else run.finished
    return entry.ends if ended is None else min(entry.ends, ended)


def _from(entry: Entry, begins: datetime) -> Entry:
    by = (entry.begins - begins).total_seconds()
    # What joins in progress misses less of itself then.
    return entry._replace(begins=begins, offset=max(0.0, entry.offset - by))
