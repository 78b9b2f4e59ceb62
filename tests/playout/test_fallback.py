"""A slot spoken by the second best: aired as it is, and spoken anew by the best when it works."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, time
from pathlib import Path

import pytest

from broadcaster.audio.cache import Cache
from broadcaster.clock import SimulatedTime
from broadcaster.domain.airing import Airing, Entry
from broadcaster.domain.campaign import RadioSlot, Speech
from broadcaster.domain.station import Script, SpeakerSpec, Station, Zone
from broadcaster.playout.prepare import Preparer
from broadcaster.playout.voices import REST
from tests.fakes.synthesizer import FakeSynthesizer

NOW = datetime(2025, 9, 22, tzinfo=UTC)
SLOT = RadioSlot(id="doc", at=(time(5, 30),), zones=("phuong",), items=(Speech("chao"),))
ENTRY = Entry(Airing("ngay-hoi", SLOT, NOW, "phuong", 60.0), NOW, None, ("loa",))


class World:
    """A studio of two voices, the better of which is broken."""

    def __init__(self, folder: Path, *, heals: bool = True) -> None:
        self.time = SimulatedTime(NOW)
        self.best, self.plain = (FakeSynthesizer(folder / n, n) for n in ("best", "plain"))
        self.best.broken = True
        station = Station(
            folder=folder,
            name="Đài thử",
            timezone=UTC,
            zones={"phuong": Zone(id="phuong", speakers=("loa",))},
            speakers={"loa": SpeakerSpec(id="loa", driver="file")},
            scripts={"chao": Script(id="chao", title="Chào", paragraphs=("Kính thưa bà con.",))},
        )
        engines = (self.best, self.plain)
        self.studio = Preparer(station, Cache(folder / "cache"), engines, self.time, heals)

    def prepare(self) -> None:
        asyncio.run(self.studio.prepare(ENTRY))

    def aired(self) -> str:
        made = asyncio.run(self.studio.programmes(ENTRY, ["loa"], NOW))
        return made["loa"].voice

    def wait(self, seconds: float) -> None:
        self.time.run(self.time.sleep(seconds))


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path)


def test_the_ledger_is_told_who_spoke(world: World) -> None:
    world.prepare()
    assert world.aired() == "plain:vi"


def test_while_the_best_rests_all_is_prepared(world: World) -> None:
    assert not world.studio.prepared(ENTRY)
    world.prepare()
    assert world.studio.prepared(ENTRY)
    assert len(world.best.said) == 1


def test_the_best_is_tried_again_ahead_and_never_at_the_airing_s_second(world: World) -> None:
    world.prepare()
    world.wait(REST)
    world.best.broken = False
    assert not world.studio.prepared(ENTRY)
    assert world.aired() == "plain:vi"
    assert len(world.best.said) == 1
    world.prepare()
    assert world.studio.prepared(ENTRY)
    assert world.aired() == "best:vi"


def test_in_a_rehearsal_what_failed_is_not_tried_again(tmp_path: Path) -> None:
    world = World(tmp_path, heals=False)
    world.prepare()
    world.wait(100 * REST)
    assert world.studio.prepared(ENTRY)
    assert len(world.best.said) == 1


def test_the_plan_keeps_the_length_of_what_is_at_hand(world: World) -> None:
    world.prepare()
    length = world.studio.seconds("ngay-hoi", SLOT)
    world.wait(REST)
    assert world.studio.seconds("ngay-hoi", SLOT) == length
