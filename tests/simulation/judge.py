"""What must hold of a ward, whatever befell it: by its ledger, its boards and its amplifiers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from broadcaster.domain.record import Kind, Outcome, Record
from broadcaster.ledger.chain import verify
from broadcaster.planning.signage import courses
from tests.simulation.by_ear import by_ear
from tests.simulation.street import Power
from tests.simulation.world import World

ENDS = {Kind.FINISHED, Kind.MISSED, Kind.REFUSED}
BEFORE, AFTER = 120.0, 3 * 3600.0
"""Seconds around its instant in which an airing is in the plan, or has no end to be asked for.

After it stand the longest time without a daemon, twice, and the longest late policy."""
LEFT_ON = 300.0
"""Seconds that an amplifier may be on for nothing: it may be slow, and out of reach."""


def broken(world: World, first: float, last: float) -> list[str]:
    """Give everything that does not hold; what starts between two instants is to have its end."""
    records = world.records()
    return [
        *_chain(records),
        *_ends(world, records, first, last),
        *_doubt(records),
        *_amplifiers(world),
        *_signs(world),
        *by_ear(world, records),
        *world.bugs,
    ]


def _chain(records: list[Record]) -> Iterator[str]:
    if (wrong := verify(records)) is not None:
        yield f"the chain is broken at {wrong}"


def _ends(world: World, records: list[Record], first: float, last: float) -> Iterator[str]:
    """Every airing that was asked for ends once, with a reason unless all of it was heard."""
    ends: dict[str, list[Record]] = defaultdict(list)
    for record in records:
        if record.kind in ENDS and "sign" not in record.data:
            ends[record.key].append(record)
    for key in _due(world, first, last):
        if key not in ends:
            yield f"{key}: has no end"
    for key, found in ends.items():
        if len(found) > 1:
            yield f"{key}: has {len(found)} ends"
        if key not in world.asked.by_key:
            yield f"{key}: nobody asked for it"
        yield from (f"{key}: no reason" for end in found if not _reasoned(end))


def _due(world: World, first: float, last: float) -> Iterator[str]:
    """Give what has to have its end on the record."""
    wrong = [ahead.total_seconds() for ahead in world.time.wrong(0, world.time.elapsed)]

    def around(at: float) -> tuple[float, float]:
        # A clock that is ahead asks for it earlier, one that is behind later; in doubt none does.
        since, until = at - BEFORE - max(wrong), at + AFTER - min(wrong)
        held = [end for begun, end in world.doubts if begun <= until and end >= since]
        return since, max([until, *(end + AFTER for end in held)])

    due = list(world.asked.due(first, last, around))
    due += [key for each in world.people.ordered if each.taken for key in each.keys]
    yield from (key for key in due if world.true(world.asked.by_key[key][0].airing.start) < last)


def _reasoned(end: Record) -> bool:
    return bool(end.data["reason"]) or end.data["outcome"] == Outcome.AIRED


def _doubt(records: list[Record]) -> Iterator[str]:
    """Nothing is begun from when the ledger has a doubt of the clock to when it has its end."""
    doubted = False
    for record in records:
        if record.kind == Kind.STATION and record.data["did"] in {"doubt", "trust"}:
            doubted = record.data["did"] == "doubt"
        if doubted and record.kind in {Kind.INTENT, Kind.MISSED, Kind.REFUSED}:
            yield f"{record.key}: {record.kind} while the clock was in doubt"


def _amplifiers(world: World) -> Iterator[str]:
    """No amplifier is on at the end, nor for long while nothing sounds."""
    for name, amplifier in world.street.amplifiers.items():
        if amplifier.on:
            yield f"{name} is left on"
    for power in world.street.powers:
        amplifier = world.street.amplifiers[power.amplifier]
        failed = any(power.begins <= at <= power.ends for at in amplifier.failed)
        if not failed and (silent := _silent(world, power)) > LEFT_ON:
            yield f"{power.amplifier} was on for {silent:.0f} s from {power.begins:.0f} on"


def _silent(world: World, power: Power) -> float:
    """Give the longest time in which an amplifier was on and nothing sounded through it."""
    through = world.street.amplifiers[power.amplifier].speakers
    sounds = [s for s in world.street.sounds if s.speaker in through and s.ends > power.begins]
    longest, silent_from = 0.0, power.begins
    for sound in sounds:
        if sound.begins < power.ends:
            longest = max(longest, sound.begins - silent_from)
            silent_from = max(silent_from, sound.ends)
    return max(longest, min(power.ends, world.time.elapsed) - silent_from)


def _signs(world: World) -> Iterator[str]:
    """Every board shows what it is to show, by the station as it was edited last."""
    wanted = courses(world.asked.editions[-1].station, world.time.now())
    for name, board in world.street.signs.items():
        if board.shows != wanted[name][0]:
            yield f"{name} shows {board.shows}, and is to show {wanted[name][0]}"
