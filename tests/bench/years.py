"""How soon a station starts after three years: `broadcaster run` with a ledger as long as that."""

from __future__ import annotations

import tempfile
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from broadcaster.clock import SystemTime
from broadcaster.ledger.file import PLACE
from broadcaster.ledger.sqlite import SqliteLedger
from tests.bench.small import _ready, _shipped

Row = tuple[str, float, str, float | None]
DAYS, SLOTS, ZONES, SIGNS, TOLD = 3 * 365, 8, 6, 10, 30
"""Airings a day on each zone, and what each sign tells in a day."""
DATA = {"title": "Ngày hội đổi mới sáng tạo", "speakers": ["cot-1", "cot-2"], "hash": "0" * 64}


def rows() -> list[Row]:
    """Fill a ledger, and start beside it."""
    with tempfile.TemporaryDirectory() as folder:
        station = _shipped(Path(folder))
        (station / PLACE).parent.mkdir()
        ledger, today = SqliteLedger(station / PLACE), SystemTime().now()
        for ago in range(DAYS, 0, -1):
            day = today - timedelta(days=ago)
            ledger.append_all(day, _day(day))
        count = (ledger.last() or ledger.append(today, "station", "station", {})).seq
        ledger.close()
        return [(f"run: ready, {count:,} records of three years", _ready(station), "s", 1)]


def _day(day: datetime) -> list[tuple[str, str, dict[str, Any]]]:
    airings = [
        (kind, f"lam/ban-tin-{slot}/{day:%Y-%m-%d}T05:30+07:00/{zone}", DATA | {"outcome": "aired"})
        for slot in range(SLOTS)
        for zone in range(ZONES)
        for kind in ("intent", "audible", "finished")
    ]
    signs = [("sign", f"sign/{n}", {"state": "acknowledged"} | DATA) for n in range(SIGNS)] * TOLD
    return [*airings, *signs, ("station", "station", {"did": "start"})]


if __name__ == "__main__":
    for row in rows():
        print(*row)
