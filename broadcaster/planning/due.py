"""What is due now: rundown and ledger to what starts, what is too late, and when to look again."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from broadcaster.domain.airing import Entry, Heard, Rundown
from broadcaster.domain.campaign import JOIN
from broadcaster.domain.record import AirState
from broadcaster.messages import Message, msg
from broadcaster.planning.cutting import OVER, TAKE_UP, TOO_LONG, joins, rejoined, urgent
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
    lost: tuple[tuple[Entry, Message], ...] = ()
    """What was cut and can't be taken up any more, and why."""
    wake: datetime | None = None
    """When to ask again at the latest; None where nothing is ahead."""


def due(
    rundown: Rundown,
    states: Mapping[str, AirState],
    now: datetime,
    on_air: Collection[Entry] = (),
    cancelled: Mapping[str, Message] | None = None,
    unready: Mapping[str, Message] | None = None,
    lead: Lead = lambda _: timedelta(),
    cut: Mapping[str, Heard] | None = None,
) -> Due:
    """Say what is to be done now.

    What is to start is given its `lead` before it begins, for its speakers to be made ready: but
    not while one of them is yet to be used by what begins before it. Urgent ones are given
    whatever of a lower class is on their speakers, and are to cut it.

    `on_air` is what sounds or is about to; it stands in `states` as AUDIBLE. `cancelled` is what
    `moved` gives. `unready` holds the groups whose sound can't be made, and why: they wait without
    keeping a speaker from others, and are missed for that reason. `cut` is what waits to be taken
    up: that is given with what was heard of it.
    """
    cancelled, unready, cut = cancelled or {}, unready or {}, cut or {}
    here = [_as_heard(entry, cut) for entry in rundown.entries if _open(entry, states, cut)]
    new = [entry for entry in here if entry.heard is None]
    come = [entry for entry in new if entry.begins <= now]
    wanted = [entry for entry in here if not entry.refusal and entry.airing.key not in cancelled]
    ready = [entry for entry in wanted if entry.heard or entry.begins - lead(entry) <= now]
    in_time = [entry for entry in ready if now < limit(entry)]
    late = [entry for entry in ready if now >= limit(entry)]
    able = [entry for entry in in_time if entry.airing.group not in unready]
    first = [e for e in wanted if now < limit(e) and e.airing.group not in unready]
    air = _startable(able, first, now, on_air)
    waiting = [entry for entry in in_time if entry not in air]
    begins = [*(entry.begins - lead(entry) for entry in wanted), *(e.begins for e in new)]
    busy = {name for entry in on_air for name in entry.speakers}
    over = [(e, unready.get(e.airing.group) or _too_late(e, busy)) for e in late]
    withdrawn = [(e, e.refusal or cancelled[e.airing.key]) for e in here if e not in wanted]
    return Due(
        air=air,
        missed=tuple((entry, why) for entry, why in over if entry.heard is None),
        refused=tuple(entry for entry in come if entry.refusal),
        cancelled=tuple(
            (entry, cancelled[entry.airing.key])
            for entry in come
            if not entry.refusal and entry.airing.key in cancelled
        ),
        lost=tuple((entry, why) for entry, why in (*over, *withdrawn) if entry.heard),
        wake=_wake(begins, waiting, now),
    )


def ahead(
    rundown: Rundown, states: Mapping[str, AirState], cut: Mapping[str, Heard], now: datetime
) -> list[Entry]:
    """Give what may still begin, or be taken up, in the rundown's order; arguments as of `due`."""
    here = (_as_heard(entry, cut) for entry in rundown.planned if _open(entry, states, cut))
    return [entry for entry in here if now < limit(entry)]


def limit(entry: Entry) -> datetime:
    """Give the instant from which on it is too late to start, or to take up."""
    slot = entry.airing.slot
    whole = entry.begins + timedelta(seconds=entry.airing.seconds - entry.offset)
    if entry.heard is None:
        return whole if slot.late == JOIN else entry.begins + slot.late + GRACE
    taken_up = entry.heard.cut + TAKE_UP + GRACE
    return min(whole, taken_up) if joins(slot) else taken_up


def offset(entry: Entry, now: datetime) -> float:
    """Give how many seconds into it an airing starts now: 0 unless it joins, or is taken up."""
    if entry.heard is not None:
        return rejoined(entry, entry.heard.goes_on, now)
    if entry.airing.slot.late != JOIN:
        return 0.0
    behind = now - entry.begins
    return entry.offset + (behind.total_seconds() if behind >= GRACE else 0.0)


def _open(entry: Entry, states: Mapping[str, AirState], cut: Mapping[str, Heard]) -> bool:
    state = states.get(entry.airing.key, AirState.INTENT)
    # Intent alone: it never sounded, so it still may.
    return state is AirState.INTENT or (state is AirState.CUT and entry.airing.key in cut)


def _as_heard(entry: Entry, cut: Mapping[str, Heard]) -> Entry:
    heard = cut.get(entry.airing.key)
    return entry if heard is None else entry._replace(heard=heard)


def _startable(
    ready: list[Entry], wanted: list[Entry], now: datetime, on_air: Collection[Entry]
) -> tuple[Entry, ...]:
    groups: dict[tuple[str, float | None], list[Entry]] = {}
    for entry in sorted(ready, key=lambda entry: entry.airing.slot.air_class.rank):
        groups.setdefault(together(entry), []).append(entry)
    air: list[Entry] = []
    taken = list(on_air)
    for group in groups.values():
        free = [
            entry
            for entry in group
            if not any(_keeps(other, entry, now) for other in taken)
            and not _too_early(entry, wanted, now)
        ]
        apart = now >= _apart(group)
        if apart or len(free) == len(group):
            air += free
        # What waits for its group keeps its speakers: a later one would make it wait for ever.
        taken += free if apart else group
    return tuple(air)


def together(entry: Entry) -> tuple[str, float | None]:
    """Name what begins together: a group, or those of it that were cut at one place."""
    return entry.airing.group, entry.heard and entry.heard.goes_on


def _keeps(other: Entry, entry: Entry, now: datetime) -> bool:
    """Tell whether one has a speaker that another would need."""
    if set(other.speakers).isdisjoint(entry.speakers):
        return False
    if urgent(entry):
        return urgent(other)
    # What is being made ready to cut in takes nothing from what begins before it.
    ahead = urgent(other) and now < other.begins and entry.heard is None
    return not (ahead and entry.begins < other.begins)


def _too_early(entry: Entry, wanted: Iterable[Entry], now: datetime) -> bool:
    """Tell whether, made ready now, it would keep a speaker from what begins before it."""
    return entry.begins > now and any(
        other.begins < entry.begins
        and not set(other.speakers).isdisjoint(entry.speakers)
        and (urgent(other) or not urgent(entry))
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
    if entry.heard is not None:
        return OVER if joins(airing.slot) else TOO_LONG
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
