"""What must hold of a ward, whatever befell it: from what sounded, and from the ledger."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import timedelta

from broadcaster.domain.airing import Airing
from broadcaster.domain.campaign import AirClass
from broadcaster.domain.record import Kind, Outcome, Record
from broadcaster.ledger.chain import verify
from broadcaster.planning.signage import courses
from tests.simulation.plot import CALM
from tests.simulation.street import Sound
from tests.simulation.ward import begin
from tests.simulation.world import World

ENDS = {Kind.FINISHED, Kind.MISSED, Kind.REFUSED}
BLINK = 1.5
"""Seconds that a sound may be longer than its programme: a loudspeaker that is slow to stop."""


def broken(world: World, until: float) -> list[str]:
    """Give everything that does not hold."""
    records = world.records()
    return [
        *_chain(records),
        *_ends(world, records, until),
        *_twice(world),
        *_hours(world),
        *_amplifiers(world),
        *_signs(world),
        *world.bugs,
    ]


def _chain(records: list[Record]) -> Iterator[str]:
    if (wrong := verify(records)) is not None:
        yield f"the chain is broken at {wrong}"


def _ends(world: World, records: list[Record], until: float) -> Iterator[str]:
    """Every airing that was asked for ends once, with a reason unless all of it was heard."""
    ends: dict[str, list[Record]] = defaultdict(list)
    for record in records:
        if record.kind in ENDS and "sign" not in record.data:
            ends[record.key].append(record)
    last = begin() + timedelta(seconds=until - CALM)
    for airing in world.asked.between(begin() + timedelta(hours=2), last):
        found = ends.pop(airing.key, [])
        if len(found) != 1:
            yield f"{airing.key}: has {len(found)} ends"
        yield from (f"{airing.key}: no reason" for end in found if not _reasoned(end))
    yield from (f"{key}: has {len(found)} ends" for key, found in ends.items() if len(found) > 1)
    yield from (f"{key}: nobody asked for it" for key in ends if key not in world.asked.by_key)


def _reasoned(end: Record) -> bool:
    return bool(end.data["reason"]) or end.data["outcome"] == Outcome.AIRED


def _twice(world: World) -> Iterator[str]:
    """No loudspeaker sounds a programme more often than zones of it were to have it there."""
    doubtful = [sound for death in world.deaths for sound in death.doubtful or ()]
    heard: dict[tuple[str, str], list[Sound]] = defaultdict(list)
    for sound in world.street.sounds:
        heard[sound.speaker, _base(sound.label)].append(sound)
    for (speaker, label), sounds in heard.items():
        zones = len(_airings(world, sounds[0]))
        seconds = sum(sound.ends - sound.begins for sound in sounds if sound not in doubtful)
        if seconds > zones * sounds[0].seconds + BLINK * len(sounds):
            yield f"{speaker}: {label} sounded for {seconds:.1f} s, meant {zones} times"


def _hours(world: World) -> Iterator[str]:
    """Nothing but what is urgent begins outside the hours allowed."""
    for sound in world.street.sounds:
        airings = _airings(world, sound)
        if not airings:
            yield f"{sound.label} on {sound.speaker}: nobody asked for it"
        elif airings[0].slot.air_class is not AirClass.URGENT:
            local = sound.wall.astimezone(world.station.timezone)
            allowed = world.station.airtime.allowed
            if not any(each.covers(local.hour * 60 + local.minute) for each in allowed):
                yield f"{sound.label} on {sound.speaker}: began at {local:%H:%M:%S}"


def _amplifiers(world: World) -> Iterator[str]:
    for name, amplifier in world.street.amplifiers.items():
        if amplifier.on:
            yield f"{name} is left on"


def _signs(world: World) -> Iterator[str]:
    wanted = courses(world.station, world.time.now())
    for name, board in world.street.signs.items():
        if board.shows != wanted[name][0]:
            yield f"{name} shows {board.shows}, and is to show {wanted[name][0]}"


def _airings(world: World, sound: Sound) -> list[Airing]:
    airings = world.asked.by_label.get(_base(sound.label), ())
    return [each for each in airings if sound.speaker in world.asked.speakers(each)]


def _base(label: str) -> str:
    """Give the name of a programme, without which sounding of it this is."""
    return re.sub(r"_\d+$", "", label)
