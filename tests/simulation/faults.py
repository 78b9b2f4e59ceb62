"""What breaks in a ward and is whole again: devices, the disk, what makes its sound."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

from tests.simulation.acts import Does, Makes, for_a_while
from tests.simulation.world import Act, World


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
    return for_a_while(chance, at, until, *_of(chance, things, faults))


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
    fault = chance.choice(("failing", "full", "losing"))

    def begin(world: World) -> None:
        if fault == "full":
            world.disk.room = world.disk.used + chance.randrange(0, 9000)
        else:
            setattr(world.disk, fault, True)
        world.lied = world.lied or fault == "losing"

    def end(world: World) -> None:
        world.disk.room, world.disk.failing, world.disk.losing = None, False, False

    return for_a_while(chance, at, until, f"disk {fault}", begin, end)


def _studio(chance: random.Random, world: World, at: float, until: float) -> list[Act]:
    slots = sorted({each[0].airing.slot.id for each in world.asked.by_key.values()})
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

    return for_a_while(chance, at, until, f"no sound for {slot}", begin, end)


FAULTS: Sequence[Makes] = (*[_device] * 4, _sign, *[_disk] * 2, _studio)
