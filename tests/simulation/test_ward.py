"""Days of crashes and faults: nothing twice, nothing lost, nothing left on, all on the record.

A seed that fails is in its test's name: `python -m tests.simulation.again 7` tells its story.
"""

from __future__ import annotations

import random

import pytest

from tests.fakes.disk_vfs import library
from tests.simulation.judge import broken
from tests.simulation.plot import CALM, plot
from tests.simulation.ward import begin, ward
from tests.simulation.world import Act, World

DAYS = 3
UNTIL = DAYS * 86400.0
ACTS = 40
SETTLED = 2 * 3600.0
"""Seconds after the first start from which on every airing has to be on the record."""

pytestmark = pytest.mark.skipif(
    library() is None, reason="this Python's SQLite is no library that a disk can be put under"
)


def lived(seed: int) -> tuple[World, list[Act]]:
    """Live through a ward's days; gives what befell it, too."""
    chance = random.Random(seed)  # noqa: S311 - a test's dice
    world = World(ward(chance, DAYS), begin(), seed)
    acts = plot(chance, world, UNTIL, ACTS)
    world.run(acts, UNTIL)
    return world, acts


def judged(world: World) -> list[str]:
    """Give what did not hold."""
    return broken(world, SETTLED, UNTIL - CALM)


@pytest.mark.parametrize("seed", range(20))
def test_a_ward_comes_through_its_days(seed: int) -> None:
    world, _ = lived(seed)
    assert judged(world) == []


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(100, 600))
def test_five_hundred_wards_come_through_their_days(seed: int) -> None:
    world, _ = lived(seed)
    assert judged(world) == []


def test_a_seed_is_lived_the_same_again() -> None:
    first, again = lived(7)[0], lived(7)[0]
    assert first.records() == again.records()
    assert first.street.sounds == again.street.sounds
