"""What befalls a ward, at random: faults that come and go, clocks that are set, sudden ends."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from datetime import timedelta

from tests.simulation.world import Act, World

Does = Callable[[World], None]
CALM = 1500.0
"""Seconds at the end in which nothing is broken: a slot may begin so late."""
PAUSES = (2.0, 2.0, 30.0, 400.0, 3000.0)
"""Seconds that a ward is without its daemon."""
CLOCK = (-61, -3, -1, 1, 3, 61)
"""Seconds that a wall clock is set by."""
NOTICED = 0.5
"""Seconds in which the daemon's watch has seen that."""


def plot(chance: random.Random, world: World, until: float, acts: int) -> list[Act]:
    """Make up what happens until an instant; all is well again some time before."""
    made: list[Act] = []
    for _ in range(acts):
        at = _when(chance, world, until - CALM)
        made += chance.choice(_KINDS)(chance, world, at, until - CALM)
    return [*made, Act(until - CALM, "heal", heal)]


def _when(chance: random.Random, world: World, until: float) -> float:
    """Give an instant, mostly one at which much goes on."""
    starts = [world.true(airing.start) for airing in world.asked.by_key.values()]
    starts = [start for start in starts if 0 < start < until]
    if starts and chance.random() < 0.8:
        around = chance.choice((-2.5, -1.0, 0.0, 0.0, 0.1, 5.0, 30.0, 60.0))
        return max(1.0, min(until, chance.choice(starts) + around))
    return chance.uniform(1, until)


def heal(world: World) -> None:
    """Mend everything, and let the daemon live."""
    world.spare()
    world.set_clock(timedelta())
    world.poke()
    world.disk.failing = world.disk.losing = False
    world.disk.room = None
    world.studio.broken.clear()
    world.studio.slow = 0.0
    for speaker in world.street.speakers.values():
        speaker.dead = speaker.dies = speaker.hangs = False
        speaker.gap = speaker.news = 0.0
    for amplifier in world.street.amplifiers.values():
        amplifier.dead, amplifier.slow = False, 0.0
    for sign in world.street.signs.values():
        sign.dead, sign.delay = False, 0.0


def _for_a_while(
    chance: random.Random, at: float, until: float, name: str, begin: Does, end: Does
) -> list[Act]:
    lasts = chance.choice((0.5, 4.0, 20.0, 70.0, 700.0, 4000.0))
    return [Act(at, name, begin), Act(min(until, at + lasts), f"{name} no more", end)]


def _kill(chance: random.Random, _: World, at: float, _until: float) -> list[Act]:
    steps = chance.choice((1, 10, 100, 300))
    count, pause = chance.randrange(1, steps + 1), chance.choice(PAUSES)
    return [Act(at, f"kill {count} steps on", lambda world: world.kill(count, pause))]


def _cut(chance: random.Random, _: World, at: float, _until: float) -> list[Act]:
    count, pause = chance.randrange(1, 25), chance.choice(PAUSES)
    return [Act(at, f"cut {count} operations on", lambda world: world.cut(count, pause))]


def _restart(_c: random.Random, _w: World, at: float, _until: float) -> list[Act]:
    return [Act(at, "restart", lambda world: world.stop())]


def _clock(chance: random.Random, _: World, at: float, until: float) -> list[Act]:
    by, seen = chance.choice(CLOCK), chance.uniform(0, NOTICED)
    back = chance.choice((5.0, 400.0, 5000.0))

    def at_once(ahead: timedelta, when: float) -> list[Act]:
        return [
            Act(when, f"clock {ahead}", lambda world: world.set_clock(ahead)),
            Act(when + seen, "clock noticed", lambda world: world.poke()),
        ]

    right_again = min(until - NOTICED, at + back)
    return [*at_once(timedelta(seconds=by), at), *at_once(timedelta(), right_again)]


def _set(thing: Callable[[World], object], name: str, value: object) -> Does:
    return lambda world: setattr(thing(world), name, value)


def _of(
    chance: random.Random, things: str, faults: Sequence[tuple[str, object]]
) -> tuple[str, Does, Does]:
    """Choose a device and a fault: give their name, and how it comes and goes."""
    fault, value = chance.choice(list(faults))
    which = chance.random()

    def thing(world: World) -> object:
        every = list(getattr(world.street, things).values())
        return every[int(which * len(every))] if every else world

    off: object = False if value is True else 0.0
    return f"{things} {fault}", _set(thing, fault, value), _set(thing, fault, off)


_DEVICES: Sequence[tuple[str, Sequence[tuple[str, object]]]] = (
    ("speakers", (("dead", True), ("dies", True), ("hangs", True), ("gap", 2.0), ("news", 0.05))),
    ("amplifiers", (("dead", True), ("slow", 0.3), ("slow", 30.0))),
    ("signs", (("dead", True), ("delay", 1.0), ("delay", 25.0))),
)


def _device(chance: random.Random, _: World, at: float, until: float) -> list[Act]:
    things, faults = chance.choice(_DEVICES)
    return _for_a_while(chance, at, until, *_of(chance, things, faults))


def _sign(chance: random.Random, _: World, at: float, _until: float) -> list[Act]:
    which = chance.random()
    what = chance.choice(("lose_power", "lose_line"))

    def lose(world: World) -> None:
        if world.street.closed:
            return  # no daemon hears of it
        every = list(world.street.signs.values())
        getattr(every[int(which * len(every))], what)()

    return [Act(at, what, lose)]


def _disk(chance: random.Random, _: World, at: float, until: float) -> list[Act]:
    fault = chance.choice(("failing", "full"))

    def begin(world: World) -> None:
        if fault == "full":
            world.disk.room = world.disk.used + chance.randrange(0, 9000)
        else:
            setattr(world.disk, fault, True)

    def end(world: World) -> None:
        world.disk.room, world.disk.failing, world.disk.losing = None, False, False

    return _for_a_while(chance, at, until, f"disk {fault}", begin, end)


def _studio(chance: random.Random, world: World, at: float, until: float) -> list[Act]:
    slots = sorted({airing.slot.id for airing in world.asked.by_key.values()})
    if not slots:
        return []
    slot, slow = chance.choice(slots), chance.choice((1.0, 40.0))

    def begin(world: World) -> None:
        world.studio.broken.add(slot)
        world.studio.made.discard(slot)
        world.studio.slow = slow

    def end(world: World) -> None:
        world.studio.broken.discard(slot)
        world.studio.slow = 0.0

    return _for_a_while(chance, at, until, f"no sound for {slot}", begin, end)


_KINDS: Sequence[Callable[[random.Random, World, float, float], list[Act]]] = (
    *[_kill] * 4,
    *[_cut] * 4,
    *[_device] * 4,
    _restart, _clock, _sign, _disk, _disk, _studio,
)  # fmt: skip
