"""Wall clocks that are set, by seconds or by hours, and what people say of them."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import timedelta

from tests.simulation.acts import Makes
from tests.simulation.world import Act, World

SECONDS = (-61, -3, -1, 1, 3, 61)
HOURS = (-26, -5, -2, -1, -0.5, 0.5, 1, 2, 5, 26)
NOTICED = 0.5
"""Seconds in which the daemon's watch has seen that a clock was set."""


def _seconds(chance: random.Random, _: World, at: float, until: float) -> list[Act]:
    by = timedelta(seconds=chance.choice(SECONDS))
    back = min(until - NOTICED, at + chance.choice((5.0, 400.0, 5000.0)))
    return [*_set(chance, at, by), *_set(chance, back, timedelta())]


def _hours(chance: random.Random, _: World, at: float, until: float) -> list[Act]:
    """Have it hours wrong, until somebody sets it right; people confirm it, or a source does."""
    by = timedelta(hours=chance.choice(HOURS))
    back = min(until - NOTICED, at + chance.choice((30.0, 400.0, 4000.0, 20000.0)))
    acts = [*_set(chance, at, by), *_set(chance, back, timedelta())]
    if chance.random() < 0.4:
        acts += _confirmed(chance.uniform(at + 5, back))
    if chance.random() < 0.5:
        return [*acts, *_confirmed(min(until, back + chance.choice((5.0, 300.0))))]
    return [
        *acts,
        Act(back, "a time source", lambda world: _keep(world, kept=True)),
        Act(min(until, back + 900), "no time source", lambda world: _keep(world, kept=False)),
    ]


def _confirmed(at: float) -> list[Act]:
    return [Act(at, "clock confirmed", lambda world: world.people.confirm())]


def _keep(world: World, *, kept: bool) -> None:
    world.time.synchronised = kept


def _set(chance: random.Random, at: float, ahead: timedelta) -> list[Act]:
    return [
        Act(at, f"clock {ahead}", lambda world: world.set_clock(ahead)),
        Act(at + chance.uniform(0, NOTICED), "clock noticed", lambda world: world.poke()),
    ]


CLOCKS: Sequence[Makes] = (_seconds, _hours)
