"""A busy quarter of an hour, with the daemon killed before each step and power cut at each write.

`pytest tests/simulation/test_points.py -m soak -k "any_point and [3]"` lives scene 3 again.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import NamedTuple

import pytest

from broadcaster.domain.campaign import Campaign
from broadcaster.domain.days import DayRule, TimeRange
from broadcaster.domain.station import Station
from tests.fakes.disk_vfs import library
from tests.simulation.acts import Makes
from tests.simulation.judge import broken
from tests.simulation.orders import ORDERS
from tests.simulation.plot import heal
from tests.simulation.ward import FIRST, TZ, ward
from tests.simulation.world import Act, World

BEGIN = datetime.combine(FIRST, time(4, 59, 50), TZ)
BUSY, UNTIL = 240.0, 1800.0
"""Seconds in which things begin, and after which all of them are over whatever happened."""
LATE = (timedelta(), timedelta(minutes=1), timedelta(minutes=10))
PAUSES = (2.0, 30.0, 90.0)
SCENES = 18
POINTS = 10_000

pytestmark = pytest.mark.skipif(
    library() is None, reason="this Python's SQLite is no library that a disk can be put under"
)


class Point(NamedTuple):
    """Where a scene is cut short."""

    step: int = 0
    """Before this step of the loop the daemon is killed."""
    operation: int = 0
    """In this operation of the disk the power goes."""


WHOLE = Point()


def scene(seed: int, point: Point = WHOLE) -> World:
    """Live through a scene; the daemon that follows a crash may be killed as well."""
    chance = random.Random(seed)  # noqa: S311 - a test's dice
    world = World(_crowded(chance, ward(chance, 1)), BEGIN, seed)
    acts = [act for each in _some(chance) for act in each(chance, world, _when(chance), BUSY)]
    dice = random.Random(f"{seed} {point}")  # noqa: S311
    if point.step:
        world.kill(point.step, dice.choice(PAUSES))
    if point.operation:
        world.cut(point.operation, dice.choice(PAUSES))
    world.relapse = dice.randrange(1, 120) if dice.random() < 0.3 else None
    world.run([*acts, Act(UNTIL - 600, "heal", heal)], UNTIL)
    return world


def _some(chance: random.Random) -> list[Makes]:
    return [*ORDERS[-4:], *chance.sample(ORDERS, 2)]


def _when(chance: random.Random) -> float:
    return chance.choice((7.0, 10.0, 40.0, 70.0, 130.0)) + chance.choice((-1.0, 0.0, 0.1, 2.0))


def _crowded(chance: random.Random, of: Station) -> Station:
    """Have all of a ward's broadcasts begin within some minutes."""
    return replace(of, campaigns=tuple(_now(chance, each) for each in of.campaigns))


def _now(chance: random.Random, campaign: Campaign) -> Campaign:
    radio = tuple(
        replace(slot, at=(time(5, chance.randrange(4)),), days=DayRule(), late=chance.choice(LATE))
        for slot in campaign.radio[:2]
    )
    led = tuple(replace(each, between=(TimeRange(301, 303),)) for each in campaign.led)
    return replace(campaign, from_=FIRST, radio=radio, led=led)


def points(seed: int) -> Iterator[Point]:
    """Give every point of a scene: before each step until all was done, and at each operation."""
    whole = scene(seed)
    assert _wrong(whole) == []
    yield from (Point(step=number) for number in range(1, whole.time.steps))
    yield from (Point(operation=number) for number in range(1, whole.disk.operations))


def _wrong(world: World) -> list[str]:
    # Before its first record the station had never begun.
    return broken(world, world.true(world.records()[0].at), BUSY + 300)


def fatal(seed: int, some: random.Random | None = None, most: int = 0) -> list[str]:
    """Give what did not hold, and where, at all points of a scene or at some."""
    every = list(points(seed))
    chosen = some.sample(every, most) if some else every
    found = [(point, _wrong(scene(seed, point))) for point in chosen]
    return [f"{point}: {wrong}" for point, each in found for wrong in each]


@pytest.mark.parametrize("seed", range(4))
def test_a_crash_at_any_of_some_points_takes_nothing(seed: int) -> None:
    assert fatal(seed, random.Random(seed), 20) == []  # noqa: S311 - a test's dice


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(SCENES))
def test_a_crash_at_any_point_takes_nothing(seed: int) -> None:
    assert fatal(seed) == []


@pytest.mark.soak
def test_the_points_are_ten_thousand() -> None:
    assert sum(1 for seed in range(SCENES) for _ in points(seed)) >= POINTS
