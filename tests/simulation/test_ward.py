"""Days of crashes and faults: nothing twice, nothing lost, nothing left on, all on the record.

A seed that fails is in the test's name: `pytest tests/simulation -k "[7]"` lives it again.
"""

from __future__ import annotations

import random

import pytest

from tests.fakes.disk_vfs import library
from tests.simulation.judge import broken
from tests.simulation.plot import CALM, plot
from tests.simulation.ward import begin, ward
from tests.simulation.world import World

DAYS = 3
ACTS = 40
SETTLED = 2 * 3600.0
"""Seconds after the first start from which on every airing has to be on the record."""

pytestmark = pytest.mark.skipif(
    library() is None, reason="this Python's SQLite is no library that a disk can be put under"
)


def live(seed: int) -> list[str]:
    """Live through a ward's days; gives what did not hold."""
    chance = random.Random(seed)  # noqa: S311 - a test's dice
    world = World(ward(chance, DAYS), begin(), seed)
    until = DAYS * 86400.0
    acts = plot(chance, world, until, ACTS)
    world.run(acts, until)
    return broken(world, SETTLED, until - CALM)


@pytest.mark.parametrize("seed", range(20))
def test_a_ward_comes_through_its_days(seed: int) -> None:
    assert live(seed) == []


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(100, 600))
def test_five_hundred_wards_come_through_their_days(seed: int) -> None:
    assert live(seed) == []
