"""What is due now: rundown and ledger to what starts, what is too late, and when to look again."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from broadcaster.domain.airing import Entry, Rundown
from broadcaster.domain.campaign import JOIN
from broadcaster.domain.record import AirState
from broadcaster.messages import Message, msg
from broadcaster.planning.words import clock, span

Lead = Callable[[Entry], timedelta]
"""How long before it begins an airing is to be given."""
GRACE = timedelta(seconds=1)
"""A machine wakes a moment late: that much is no lateness, whatever the policy."""
TOGETHER = timedelta(seconds=15)
"""How long a group waits for those of its speakers that still sound."""


@dataclass(frozen=True, slots=True)
class Due:
    """What the plan and the ledger ask for at an instant."""

    air: tuple[Entry, ...] = ()
    """To start now; those of a group stand together, and no two groups share a speaker."""
    missed: tuple[tuple[Entry, Message], ...] = ()
    """Too late to start, and not in the ledger yet."""
    refused: tuple[Entry, ...] = ()
    """Their instant has come, the rundown refuses them, and the ledger doesn't say so yet."""
    cancelled: tuple[tuple[Entry, Message], ...] = ()
    """Their instant has come, and they aired already at the time they were planned before."""
    wake: datetime | None = None
    """When to ask again at the latest; None where nothing is ahead."""


def due(
    rundown: Rundown,
    states: Mapping[str, AirState],
    now: datetime,
    busy: Collection[str] = (),
    cancelled: Mapping[str, Message] | None = None,
    unready: Mapping[str, Message] | None = None,
    lead: Lead = lambda _: timedelta(),
) -> Due:
    """Say what is to be done now.

    What is to start is given its `lead` before it begins, for its speakers to be made ready: but
    not while one of them is yet to be used by what begins before it.

    `busy` holds the ids of speakers in use; what uses them stands in `states` as AUDIBLE.
    `cancelled` is what `moved` gives. `unready` holds the groups whose sound can't be made, and
    why: they wait without keeping a speaker from others, and are missed for that reason.
    """
    cancelled, unready = cancelled or {}, unready or {}
    here = [entry for entry in rundown.entries if _open(entry, states)]
    come = [entry for entry in here if entry.begins <= now]
    wanted = [entry for entry in here if not entry.refusal and entry.airing.key not in cancelled]
    ready = [entry for entry in wanted if entry.begins - lead(entry) <= now]
    in_time = [entry for entry in ready if now < limit(entry)]
    late = (entry for entry in ready if now >= limit(entry))
    moved = (e for e in come if not e.refusal and e.airing.key in cancelled)
    able = [entry for entry in in_time if entry.airing.group not in unready]
    first = [e for e in wanted if now < limit(e) and e.airing.group not in unready]
    air = _startable(able, first, now, set(busy))
    waiting = [entry for entry in in_time if entry not in air]
    begins = [*(entry.begins - lead(entry) for entry in wanted), *(e.begins for e in here)]
    return Due(
        air=air,
        missed=tuple((e, unready.get(e.airing.group) or _too_late(e, busy)) for e in late),
        refused=tuple(entry for entry in come if entry.refusal),
        cancelled=tuple((entry, cancelled[entry.airing.key]) for entry in moved),
        wake=_wake(begins, waiting, now),
    )


def limit(entry: Entry) -> datetime:
    """Give the instant from which on it is too late to start."""
    late = entry.airing.slot.late
    return entry.ends if late == JOIN else entry.begins + late + GRACE


def offset(entry: Entry, now: datetime) -> float:
    """Give how many seconds into it an airing starts now: 0 unless it joins in progress."""
    if entry.airing.slot.late != JOIN:
        return 0.0
    behind = now - entry.begins
    return entry.offset + (behind.total_seconds() if behind >= GRACE else 0.0)


def _open(entry: Entry, states: Mapping[str, AirState]) -> bool:
    # Intent alone: it never sounded, so it still may.
    return states.get(entry.airing.key, AirState.INTENT) is AirState.INTENT


def _startable(
    ready: list[Entry], wanted: list[Entry], now: datetime, taken: set[str]
) -> tuple[Entry, ...]:
    groups: dict[str, list[Entry]] = {}
    for entry in sorted(ready, key=lambda entry: entry.airing.slot.air_class.rank):
        groups.setdefault(entry.airing.group, []).append(entry)
    air: list[Entry] = []
    for group in groups.values():
        free = [
            entry
            for entry in group
            if taken.isdisjoint(entry.speakers) and not _too_early(entry, wanted, now)
        ]
        apart = now >= _apart(group)
        if apart or len(free) == len(group):
            air += free
        # What waits for its group keeps its speakers: a later one would make it wait for ever.
        taken.update(speaker for entry in (free if apart else group) for speaker in entry.speakers)
    return tuple(air)


def _too_early(entry: Entry, wanted: Iterable[Entry], now: datetime) -> bool:
    """Tell whether, made ready now, it would keep a speaker from what begins before it."""
    return entry.begins > now and any(
        other.begins < entry.begins and not set(other.speakers).isdisjoint(entry.speakers)
        for other in wanted
    )


def _apart(group: list[Entry]) -> datetime:
    """Give when a group stops waiting for its busy speakers."""
    return min(group[0].begins + TOGETHER, limit(group[0]) - GRACE)


def _wake(ahead: Iterable[datetime], waiting: list[Entry], now: datetime) -> datetime | None:
    instants = [instant for instant in ahead if instant > now]
    instants += [limit(entry) for entry in waiting]
    instants += [apart for entry in waiting if (apart := _apart([entry])) > now]
    return min(instants, default=None)


def _too_late(entry: Entry, busy: Collection[str]) -> Message:
    airing = entry.airing
    planned = clock(entry.begins, airing.start.tzinfo or UTC)
    if not set(busy).isdisjoint(entry.speakers):
        return msg(
            "planned for {planned}, but its loudspeakers were in use until it was too late",
            planned=planned,
        )
    if airing.slot.late == JOIN:
        return msg("planned for {planned}, and its time is over", planned=planned)
    return msg(
        "planned for {planned}; it may begin at most {late} late",
        planned=planned,
        late=span(airing.slot.late),
    )
