"""What an act in a ward's plot is made of."""

from __future__ import annotations

import random
from collections.abc import Callable

from tests.simulation.world import Act, World

Does = Callable[[World], None]
Makes = Callable[[random.Random, World, float, float], list[Act]]
"""Makes up one thing that begins at an instant, and is over by another."""


def for_a_while(
    chance: random.Random, at: float, until: float, name: str, begin: Does, end: Does
) -> list[Act]:
    """Have something begin, and end after some time."""
    lasts = chance.choice((0.5, 4.0, 20.0, 70.0, 700.0, 4000.0))
    return [Act(at, name, begin), Act(min(until, at + lasts), f"{name} no more", end)]
