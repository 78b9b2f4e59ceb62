"""When something happens: a day, a part of it, a time."""

from __future__ import annotations

import re
from dataclasses import dataclass

from broadcaster.letters.days import periods
from broadcaster.letters.found import Context, Found
from broadcaster.letters.paragraphs import plain

_PARTS = {"cả ngày": "cả ngày", "sáng": "sáng", "trưa": "trưa", "chiều": "chiều", "tối": "tối",
          "đêm": "tối"}  # fmt: skip
_PART = re.compile(
    r"(?<!\w)(?:buổi\s+)?(cả\s+ngày|sáng|trưa|chiều|tối|đêm)"
    r"(?=[\s,]*(?:ngày|\d|thứ|chủ\s+nhật|\(|$|,|-|–))",
    re.IGNORECASE,
)
CLOCK = r"(?:[01]?\d|2[0-3])\s?(?:giờ|h|g|:)\s?(?:[0-5]\d)?(?:\s?phút|['’p])?(?![\d/\w])"
"""A time of day: 7h30, 07 giờ 30 phút, 17:00."""
_CLOCK = re.compile(rf"(?<![\d/]){CLOCK}", re.IGNORECASE)
_THROUGHOUT = re.compile(
    r"(?:suốt|\d+\s+ngày|các\s+ngày|toàn\s+bộ|cả)\s.{0,15}(?:diễn\s+ra|tổ\s+chức|sự\s+kiện)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Moment:
    """What a text says of when."""

    days: Found | None
    part: str | None
    time: str | None
    throughout: bool = False
    """On all days of what it is part of."""


def moment(text: str, context: Context) -> Moment:
    """Read it: the first day, part and time that a text names."""
    text = plain(text.replace("\n", " "))
    found = periods(text, context)
    part, clock = _PART.search(text), _CLOCK.search(text)
    return Moment(
        found[0] if found else None,
        _PARTS[plain(part[1].lower())] if part else None,
        _time(clock[0]) if clock else None,
        _THROUGHOUT.search(text) is not None,
    )


def _time(text: str) -> str:
    hour, *minute = re.findall(r"\d+", text)
    return f"{int(hour):02}:{int(minute[0] if minute else 0):02}"
