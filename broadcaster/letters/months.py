"""Months, quarters, and weeks of a month."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta

from broadcaster.domain.letter import Period
from broadcaster.letters.found import Context, Found

_MONTH = re.compile(r"tháng\s+(?P<month>\d{1,2})\s*(?:/|-|năm)\s*(?P<year>\d{4})", re.IGNORECASE)
_QUARTER = re.compile(
    r"quý\s+(?P<quarter>I{1,3}|IV|[1-4])\s*(?:/|năm)\s*(?P<year>\d{4})", re.IGNORECASE
)
_WEEK = re.compile(
    r"tuần\s+(?:thứ\s+)?(?P<week>nhất|đầu|hai|ba|tư|bốn)\s+(?:của\s+)?tháng\s+(?P<month>\d{1,2})"
    r"(?:/(?P<year>\d{4}))?(?:\s+(?:cho\s+)?đến\s+(?:hết\s+)?tháng\s+(?P<last>\d{1,2})(?:/(?P<end>\d{4}))?)?",
    re.IGNORECASE,
)
_OPEN = re.compile(r"từ\s+nay\s+(?:(?:cho\s+)?đến\s+khi|trở\s+đi)", re.IGNORECASE)
_THROUGH = re.compile(
    r"từ\s+(?P<first>nay|ngày\s+ký|ngày\s*\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{4})?)\s+(?:cho\s+)?đến\s+hết\s+"
    r"tháng\s+(?P<last>\d{1,2})(?:\s*(?:/|năm)\s*(?P<end>\d{4}))?",
    re.IGNORECASE,
)
_WEEKS = {"nhất": 0, "đầu": 0, "hai": 1, "ba": 2, "tư": 3, "bốn": 3}
_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4}


def _month(match: re.Match[str], context: Context) -> Found | None:
    del context
    year, month = int(match["year"]), int(match["month"])
    if not 1 <= month <= 12:  # noqa: PLR2004 - a year's
        return None
    last = calendar.monthrange(year, month)[1]
    period = Period(date(year, month, 1), date(year, month, last))
    return Found(match.start(), match.end(), period, day=False)


def _quarter(match: re.Match[str], context: Context) -> Found | None:
    del context
    told, year = match["quarter"].lower(), int(match["year"])
    quarter = _QUARTERS.get(told) or int(told)
    period = Period(date(year, 3 * quarter - 2, 1), _end(year, 3 * quarter))
    return Found(match.start(), match.end(), period, day=False)


def _week(match: re.Match[str], context: Context) -> Found | None:
    """Give a week of a month, counted from its first day, to its end or that of a month."""
    year = int(match["year"] or match["end"] or context.year or 0)
    first = _day(year, int(match["month"]), 1 + 7 * _WEEKS[match["week"].lower()])
    if first is None:
        return None
    last = _end(int(match["end"] or year), int(match["last"])) if match["last"] else None
    period = Period(first, last or first + timedelta(6))
    return Found(match.start(), match.end(), period, day=False)


def _through(match: re.Match[str], context: Context) -> Found | None:
    """Give what ends with a month."""
    year = int(match["end"] or context.year or 0)
    day = [int(number) for number in re.findall(r"\d+", match["first"])]
    first = _day(day[2] if len(day) > 2 else year, day[1], day[0]) if day else context.written  # noqa: PLR2004
    last = _end(year, int(match["last"]))
    if last is None or (day and first is None):
        return None
    return Found(match.start(), match.end(), Period(first, last), day=False)


def _open(match: re.Match[str], context: Context) -> Found | None:
    """Give what has no end yet."""
    if context.written is None:
        return None
    return Found(match.start(), match.end(), Period(context.written, None), day=False)


def _end(year: int, month: int) -> date | None:
    return _day(year, month, calendar.monthrange(year, month)[1]) if month in range(1, 13) else None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


WEEKS = ((_OPEN, _open), (_THROUGH, _through), (_WEEK, _week), (_QUARTER, _quarter))
MONTHS = ((_MONTH, _month),)
"""How each is written, and what makes a period of it; a day's month is none of its own."""
