"""What people do to a ward that lives: they announce, pause, silence, look, and edit its files."""

from __future__ import annotations

import random
from collections.abc import Sequence

from tests.simulation.acts import Makes, for_a_while
from tests.simulation.folder import edited
from tests.simulation.world import Act, World

SETTLED = 0.3
"""Seconds from a change of a file until it is read."""


def _announce(chance: random.Random, world: World, at: float, _until: float) -> list[Act]:
    heard = [zone.id for zone in world.folder.right.zones.values() if zone.speakers]
    zones = sorted(chance.sample(heard, chance.randrange(1, len(heard) + 1)))
    return [Act(at, "announce", lambda world: world.people.announce(*zones))]


def _refused(chance: random.Random, world: World, at: float, until: float) -> list[Act]:
    """Order an announcement while the disk refuses all: it may not be heard later either."""

    def fail(world: World, *, failing: bool) -> None:
        world.disk.failing = failing

    return [
        Act(at, "disk failing", lambda world: fail(world, failing=True)),
        *_announce(chance, world, at + 0.1, until),
        Act(at + 3, "disk failing no more", lambda world: fail(world, failing=False)),
    ]


def _pause(chance: random.Random, _: World, at: float, until: float) -> list[Act]:
    return for_a_while(
        chance, at, until, "pause", lambda w: w.people.pause(), lambda w: w.people.resume()
    )


def _silence(_c: random.Random, _w: World, at: float, _until: float) -> list[Act]:
    return [Act(at, "silence", lambda world: world.people.silence())]


def _look(_c: random.Random, _w: World, at: float, _until: float) -> list[Act]:
    return [Act(at, "look", lambda world: world.people.look())]


def _edit(chance: random.Random, _: World, at: float, _until: float) -> list[Act]:
    dice = random.Random(chance.random())  # noqa: S311 - a test's dice

    def edit(world: World) -> None:
        world.edits += 1
        world.folder.save(edited(dice, world.folder.right, world.edits))

    return [Act(at, "edit", edit), _read(at)]


def _spoil(chance: random.Random, world: World, at: float, until: float) -> list[Act]:
    which, whole = chance.randrange(len(world.folder.right.campaigns)), chance.random() < 0.2

    def spoil(world: World) -> None:
        world.folder.spoil(which, whole=whole)

    def mend(world: World) -> None:
        world.folder.save(world.folder.right)

    acts = for_a_while(chance, at, until, "mistake", spoil, mend)
    return [*acts, *(_read(act.at) for act in acts)]


def _read(at: float) -> Act:
    return Act(at + SETTLED, "files read", lambda world: world.people.reload())


ORDERS: Sequence[Makes] = (
    _refused,
    *[_announce] * 3,
    *[_edit] * 3,
    _spoil,
    _pause,
    _silence,
    _look,
)
