"""What befalls a ward, at random: sudden ends, faults, clocks that are set, orders, edits."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import timedelta

from tests.simulation.acts import Makes
from tests.simulation.clocks import CLOCKS
from tests.simulation.faults import FAULTS
from tests.simulation.orders import ORDERS
from tests.simulation.world import Act, World

CALM = 1500.0
"""Seconds at the end in which nothing is broken: a slot may begin so late."""
PAUSES = (2.0, 2.0, 30.0, 400.0, 3000.0)
"""Seconds that a ward is without its daemon."""


def plot(chance: random.Random, world: World, until: float, acts: int) -> list[Act]:
    """Make up what happens until an instant; all is well again some time before."""
    made: list[Act] = []
    for _ in range(acts):
        at = _when(chance, world, until - CALM)
        made += chance.choice(_KINDS)(chance, world, at, until - CALM)
    return [*made, Act(until - CALM, "heal", heal)]


def _when(chance: random.Random, world: World, until: float) -> float:
    """Give an instant, mostly one at which much goes on."""
    starts = [world.true(each[0].airing.start) for each in world.asked.by_key.values()]
    starts = [start for start in starts if 0 < start < until]
    if starts and chance.random() < 0.8:
        around = chance.choice((-2.5, -1.0, 0.0, 0.0, 0.1, 5.0, 30.0, 60.0))
        return max(1.0, min(until, chance.choice(starts) + around))
    return chance.uniform(1, until)


def heal(world: World) -> None:
    """Mend everything, and let the daemon live."""
    world.spare()
    world.set_clock(timedelta())
    world.time.synchronised = True
    world.poke()
    world.people.resume()
    world.folder.save(world.folder.right)
    world.people.reload()
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


def _kill(chance: random.Random, _: World, at: float, _until: float) -> list[Act]:
    steps = chance.choice((1, 10, 100, 300))
    count, pause = chance.randrange(1, steps + 1), chance.choice(PAUSES)
    return [Act(at, f"kill {count} steps on", lambda world: world.kill(count, pause))]


def _cut(chance: random.Random, _: World, at: float, _until: float) -> list[Act]:
    count, pause = chance.randrange(1, 25), chance.choice(PAUSES)
    return [Act(at, f"cut {count} operations on", lambda world: world.cut(count, pause))]


def _restart(_c: random.Random, _w: World, at: float, _until: float) -> list[Act]:
    return [Act(at, "restart", lambda world: world.stop())]


_KINDS: Sequence[Makes] = (
    *[_kill] * 4,
    *[_cut] * 4,
    _restart,
    *FAULTS,
    *CLOCKS,
    *ORDERS,
)
