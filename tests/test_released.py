"""The day that no right clock is before is kept true by what the version is made of."""

import re
from datetime import UTC, date, datetime
from pathlib import Path

from broadcaster import RELEASED
from broadcaster.clock import SystemTime

ROOT = Path(__file__).parents[1]


def newest(pattern: str, file: str) -> date:
    days = re.findall(pattern, (ROOT / file).read_text(encoding="utf-8"))
    return max(map(date.fromisoformat, days), default=date.min)


def test_it_is_no_older_than_the_newest_part_or_the_newest_release() -> None:
    parts = newest(r'upload-time = "([\d-]{10})', "uv.lock")
    released = newest(r"(?m)^## \S+ - ([\d-]{10})", "CHANGELOG.md")
    assert max(parts, released) <= RELEASED, "set RELEASED in broadcaster/__init__.py to this day"


def test_it_is_not_ahead_of_the_clock() -> None:
    assert datetime(RELEASED.year, RELEASED.month, RELEASED.day, tzinfo=UTC) <= SystemTime().now()
