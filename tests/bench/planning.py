"""A year of 100 campaigns with 5 slots each, twice a day: expanded and resolved."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from datetime import date, timedelta
from datetime import time as time_of_day
from pathlib import Path
from zoneinfo import ZoneInfo

from broadcaster.domain.airing import Rundown
from broadcaster.domain.campaign import Campaign, Chime, RadioSlot, Speech
from broadcaster.domain.days import TimeRange
from broadcaster.domain.station import Airtime, Zone
from broadcaster.planning.expand import expand
from broadcaster.planning.resolve import resolve

ROOT = Path(__file__).parents[2]
TZ = ZoneInfo("Asia/Ho_Chi_Minh")
YEAR = [date(2025, 1, 1) + timedelta(days=number) for number in range(365)]
QUIET = Airtime(
    allowed=(TimeRange(300, 450), TimeRange(990, 1140)), sessions_per_day=3, minutes_per_day=90
)
"""A ward's own guard: it refuses most of what 500 slots ask of one zone."""
ROOMY = Airtime(allowed=(TimeRange(240, 1320),), sessions_per_day=500, minutes_per_day=900)
"""Lets nearly everything air, which costs the most."""


def campaigns(zones: list[str]) -> list[Campaign]:
    """Give 500 slots spread over the zones and over two hours, mornings and evenings."""
    return [
        Campaign(
            id=f"chien-dich-{number:03}",
            title=f"Chiến dịch {number}",
            radio=tuple(_slot(number * 5 + each, each, zones) for each in range(5)),
        )
        for number in range(100)
    ]


def _slot(number: int, each: int, zones: list[str]) -> RadioSlot:
    minute = number * 7 % 120
    at = tuple(
        (timedelta(hours=hour) + timedelta(minutes=minute)) // timedelta(minutes=1)
        for hour in (5, 17)
    )
    return RadioSlot(
        id=f"khung-{each}",
        at=tuple(_time(each) for each in at),
        zones=(zones[number % len(zones)],),
        late=timedelta(minutes=10),
        items=(Chime(), Speech("bai")),
    )


def _time(minute: int) -> time_of_day:
    return time_of_day(minute // 60, minute % 60)


def run(zones: int, airtime: Airtime) -> tuple[Rundown, float]:
    """Plan the year; give its rundown and the seconds it took."""
    names = [f"cum-{number:02}" for number in range(zones)]
    described = {name: Zone(id=name, speakers=(f"loa-{name}",), airtime=airtime) for name in names}
    asked = campaigns(names)
    begun = time.perf_counter()
    rundown = resolve(expand(asked, YEAR, TZ, frozenset(), lambda *_: 55.0), described)
    return rundown, time.perf_counter() - begun


def main() -> dict[str, float]:
    """Measure in children of their own, so that each one's memory is its own."""
    figures: dict[str, float] = {}
    for name in ("one zone", "20 zones"):
        child = subprocess.run(
            [sys.executable, __file__, name], cwd=ROOT, stdout=subprocess.PIPE, check=True
        )
        figures |= json.loads(child.stdout)
    return figures


def _measure(name: str) -> dict[str, float]:
    rundown, seconds = run(1, QUIET) if name == "one zone" else run(20, ROOMY)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {
        f"plan a year, {name}: airings": len(rundown.entries),
        f"plan a year, {name}: planned": len(rundown.planned),
        f"plan a year, {name}: s": round(seconds, 2),
        f"plan a year, {name}: MB": round(peak),
    }


if __name__ == "__main__":
    json.dump(_measure(sys.argv[1]), sys.stdout)
