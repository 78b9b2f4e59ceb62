"""A small station, and a ledger of its two days."""

from __future__ import annotations

from pathlib import Path

import pytest

from broadcaster.domain.campaign import Campaign
from broadcaster.domain.station import SignSpec, Station, Zone
from tests.fakes.ledger import MemoryLedger
from tests.report.sample import GONE, GUARD, HANOI, LOST, MORNING, NIGHT, TOO_LATE, at, ended


@pytest.fixture
def station() -> Station:
    return Station(
        folder=Path("station"),
        name="Đài truyền thanh phường",
        timezone=HANOI,
        zones={"loa": Zone(id="loa", name="Toàn phường", speakers=("loa-chinh",))},
        signs={"cong": SignSpec(id="cong", name="Cổng", driver="virtual", width=128, height=16)},
        campaigns=(Campaign(id="ngay-hoi", title="Ngày hội"),),
    )


@pytest.fixture
def ledger() -> MemoryLedger:
    kept = MemoryLedger()
    sound = {"voice": "espeak:vi", "seconds": 96.4}
    for key, start in ((MORNING.airing.key, at(22, 5, 30)), (GONE, at(23, 17, 0, 30))):
        kept.append(start, "intent", key, sound)
        kept.append(start, "audible", key, {})
        kept.append(start, "finished", key, ended("aired", **sound))
    kept.append(at(22, 6, 1), "missed", LOST.airing.key, ended("missed", TOO_LATE))
    kept.append(at(22, 23, 30), "refused", NIGHT.airing.key, ended("blocked", GUARD))
    return kept
