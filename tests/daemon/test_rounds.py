"""EN 54-16: what breaks while nobody uses it is known within 100 seconds, and so is its end."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest

from broadcaster.health.faults import Fault, FaultKind
from tests.daemon.world import World, at, slogan, slot, station
from tests.fakes.synthesizer import FakeSynthesizer

KNOWN = 100.0
"""Seconds: EN 54-16, clause 8.1."""
GROUP = "ngay-hoi/a/2025-09-22T05:30+07:00"
Told = list[tuple[str, str, bool, float]]
"""Of each fault its kind, what it is of, whether it came or went, and seconds after the start."""


class Idle(World):
    """A station at night: something is planned for the morning, and nothing sounds."""

    def __init__(self, disk: Path, start: str = "01:00") -> None:
        super().__init__(station([slot("a", "05:30")], [slogan("s", "Chào", 0)]), at(start))
        self.start = at(start)
        self.disk = disk
        self.file = disk / "ledger.sqlite"
        self.file.touch()
        self.amplify("loa-1", "tang-1")
        self.engine = FakeSynthesizer(disk, "giong")
        self.studio.engines = [self.engine]
        self.told: Told = []

    def idle(self, seconds: float, steps: dict[float, Callable[[], object]]) -> None:
        """Run for so long, and do things meanwhile."""

        async def main() -> None:
            daemon = self.daemon(self.disk)
            self.faults.listen(self._hear)
            running = asyncio.create_task(daemon.run(self.start + timedelta(seconds=seconds)))
            for when, do in steps.items():
                await self.time.sleep(when - self._now())
                do()
            await running

        self.time.run(main())

    def _now(self) -> float:
        return (self.time.now() - self.start).total_seconds()

    def _hear(self, fault: Fault, present: bool) -> None:  # noqa: FBT001 - a listener's signature
        self.told.append((fault.kind.value, fault.of, present, self._now()))


@pytest.fixture
def world(tmp_path: Path) -> Idle:
    return Idle(tmp_path)


def lose_programme(world: Idle) -> None:
    world.studio.made.clear()
    world.studio.broken.add("a")


BREAKS = {
    FaultKind.SPEAKER: "loa-2",
    FaultKind.AMPLIFIER: "tang-1",
    FaultKind.SIGN: "cong",
    FaultKind.ENGINE: "giong",
    FaultKind.LEDGER: "ledger",
    FaultKind.PLAYOUT: GROUP,
    FaultKind.DISK: "var",
}


def break_(world: Idle, kind: FaultKind, patch: pytest.MonkeyPatch) -> None:
    match kind:
        case FaultKind.SPEAKER:
            world.speakers["loa-2"].dead = True
        case FaultKind.AMPLIFIER:
            world.amplifiers["tang-1"].dead = True
        case FaultKind.SIGN:
            world.signs["cong"].dead = True
        case FaultKind.ENGINE:
            world.engine.broken = True
        case FaultKind.LEDGER:
            world.file.rename(world.file.with_suffix(".away"))
        case FaultKind.PLAYOUT:
            lose_programme(world)
        case FaultKind.DISK:
            patch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=99_999_999))


def mend(world: Idle, kind: FaultKind, patch: pytest.MonkeyPatch) -> None:
    for each in (*world.speakers.values(), *world.amplifiers.values(), *world.signs.values()):
        each.dead = False
    world.engine.broken = False
    world.studio.broken.clear()
    patch.undo()
    if kind is FaultKind.LEDGER:
        world.file.with_suffix(".away").rename(world.file)


@pytest.mark.parametrize("kind", BREAKS)
@pytest.mark.parametrize("second", [200.0, 217.3, 239.9])
def test_what_breaks_at_rest_is_known_in_time_and_so_is_its_end(
    world: Idle, kind: FaultKind, second: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.idle(
        1000,
        {
            second: lambda: break_(world, kind, monkeypatch),
            second + 200: lambda: mend(world, kind, monkeypatch),
        },
    )
    (what, of, came, when), (*same, went, later) = world.told
    assert (what, of) == tuple(same) == (kind.value, BREAKS[kind])
    assert (came, went) == (True, False)
    assert when - second < KNOWN
    assert later - second - 200 < 2 * KNOWN
    assert world.faults.present() == []


def test_looking_sounds_nothing_keys_nothing_and_writes_nothing(world: Idle) -> None:
    world.idle(600, {})
    assert world.heard() == world.heard("loa-2") == []
    assert world.switched() == ["01:00:00 off"]  # whatever it was left as
    written = [(record.kind, record.key) for record in world.ledger.records()]
    assert written == [("station", "station"), ("sign", "sign/cong"), ("station", "station")]
    assert world.signs["cong"].sent == world.signs["cong"].sent[:1]


def test_each_loudspeaker_is_checked_thoroughly_once_and_glanced_at_from_then_on(
    world: Idle,
) -> None:
    world.idle(3600, {})
    assert [speaker.checks for speaker in world.speakers.values()] == [1, 1]


def test_another_sight_of_a_loudspeaker_has_it_checked_thoroughly(world: Idle) -> None:
    speaker = world.speakers["loa-2"]

    def unplug() -> None:
        speaker.hides = speaker.dead = True
        speaker.seen += 1

    world.idle(400, {200.0: unplug})
    ((_, of, came, when),) = world.told
    assert (of, came) == ("loa-2", True)
    assert when - 200 < KNOWN


def test_what_no_glance_shows_is_found_before_the_first_broadcast_of_a_day(tmp_path: Path) -> None:
    world = Idle(tmp_path, "00:30")
    speaker = world.speakers["loa-2"]

    def die_unseen() -> None:
        speaker.hides = speaker.dead = True

    world.idle(4.9 * 3600, {600.0: die_unseen})
    told = [each for each in world.told if each[1] == "loa-2"]
    assert [came for _, _, came, _ in told] == [True]
    assert timedelta(hours=4) <= timedelta(seconds=told[0][3]) <= timedelta(hours=4, minutes=2)


def test_a_loudspeaker_in_use_is_left_alone(tmp_path: Path) -> None:
    world = Idle(tmp_path, "05:25")
    world.studio.length = 900.0
    world.idle(1000, {310.0: lambda: world.speakers["loa-1"].__setattr__("seen", 1)})
    assert world.speakers["loa-1"].checks == 1
    assert world.outcomes()["a 05:30 phuong"] == ("aired", "")


def test_one_lost_answer_of_a_board_is_no_fault(world: Idle) -> None:
    sign = world.signs["cong"]
    answers = iter([True, False, False])

    async def check() -> None:
        sign.dead = next(answers, False)
        await type(sign).check(sign)

    world.idle(100, {50.0: lambda: sign.__setattr__("check", check)})
    assert world.told == []
