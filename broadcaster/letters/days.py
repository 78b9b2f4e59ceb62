"""Days and periods of letters, in every style that they are written in, and their typos."""

from __future__ import annotations

import re
from datetime import date, timedelta

from broadcaster.domain.letter import Period
from broadcaster.letters.found import Context, Found
from broadcaster.letters.months import MONTHS, WEEKS

_SEP = r"\s?[/.-]\s?"
_YEAR = r"(?:\d{4}|\d{3}(?!\d)|\d{2}(?!\d))"
_WORDS = rf"\s+tháng\s+\d{{1,2}}(?:\s*(?:năm|/)\s*{_YEAR})?"
_DAY = rf"\d{{1,2}}(?:{_SEP}\d{{1,2}}(?:{_SEP}{_YEAR})?|{_WORDS})"
_BEFORE = r"(?<![\d/:])(?<!\d[hgHG])"
_AFTER = r"(?![\d/]|\s?(?:giờ|h\d|g\d|h\b|:\d))"
_LEAD = r"(?:(?:mùng|mồng|ngày|hết|cuối|sáng|trưa|chiều|tối|đêm|thứ\s+\w+|chủ\s+nhật|vào)[\s,]*)*"
_HOUR = r"(?:\d{1,2}\s?(?:giờ|h|g|:)\s?(?:\d{2})?\s?(?:phút)?,?\s*)?"
_ASIDE = r"(?:\([^()\d]{0,12}\d{0,2}[^()\d/]{3,40}\)\s*)?"
_TO = rf"\s*{_ASIDE}(?:-|–|—|đến|tới|cho\s+đến|->)\s*{_LEAD}{_HOUR}{_LEAD}"
_RANGE = re.compile(
    rf"{_BEFORE}(?P<first>{_DAY}|\d{{1,2}}){_TO}(?P<last>{_DAY}){_AFTER}", re.IGNORECASE
)
_NOW = re.compile(
    rf"(?:từ|kể\s+từ)\s+(?:nay|ngày\s+ký|ngày\s+ban\s+hành){_TO}(?P<last>{_DAY})", re.IGNORECASE
)
_LISTED = re.compile(
    rf"{_BEFORE}(?P<first>\d{{1,2}})(?:\s*(?:,|;)\s*\d{{1,2}})*\s*(?:,|và|&)\s*(?P<last>{_DAY})",
    re.IGNORECASE,
)
_SINGLE = re.compile(rf"{_BEFORE}(?<![.-])(?P<first>{_DAY}){_AFTER}", re.IGNORECASE)
_TURNED = re.compile(
    rf"{_BEFORE}(?P<day>\d{{1,2}})/(?P<year>\d{{4}})/(?P<month>\d{{1,2}})(?![\d/])"
)
_LUNAR = re.compile(r"\s*[,(]?\s*(?:năm\s+\w+\s+\w+\s*)?\(?(?:âm\s+lịch|âl\b|al\b)", re.IGNORECASE)
_PARTS = re.compile(r"\d+")
_LONG = timedelta(days=183)


def periods(text: str, context: Context) -> list[Found]:
    """Give all periods and days of a text, in order; what is lunar or no date is left out."""
    found: list[Found] = []
    for pattern, make in _FORMS:
        for match in pattern.finditer(text):
            if any(match.start() < each.end and each.start < match.end() for each in found):
                continue
            if _LUNAR.match(text, match.end()):
                continue
            made = make(match, context)
            if made is not None:
                found.append(made)
    return sorted(found, key=lambda each: each.start)


def _range(match: re.Match[str], context: Context) -> Found | None:
    first, end = _numbers(match["first"]), _date(_numbers(match["last"]), context)
    if end is None:
        return None
    # "09-11/10/2025": what the first day doesn't say, the last one does.
    start = _date(first + [end.day, end.month, end.year][len(first) :], context)
    if start is not None and start > end and len(first) < 3:  # noqa: PLR2004 - it has no year
        # "25/12 - 05/01/2026" begins in the year before.
        start = _day(end.year - 1, start.month, start.day)
    if start is None or start > end:
        return None
    return Found(match.start(), match.end(), Period(start, end), day=False)


def _from_now(match: re.Match[str], context: Context) -> Found | None:
    end = _date(_numbers(match["last"]), context)
    period = Period(context.written, end)
    return Found(match.start(), match.end(), period, day=False) if end is not None else None


def _single(match: re.Match[str], context: Context) -> Found | None:
    return _one(match, _date(_numbers(match["first"]), context))


def _turned(match: re.Match[str], context: Context) -> Found | None:
    del context
    return _one(match, _day(int(match["year"]), int(match["month"]), int(match["day"])))


def _one(match: re.Match[str], day: date | None) -> Found | None:
    return Found(match.start(), match.end(), Period(day, day), day=True) if day else None


_FORMS = (
    (_TURNED, _turned),
    (_NOW, _from_now),
    *WEEKS,
    (_RANGE, _range),
    (_LISTED, _range),
    (_SINGLE, _single),
    *MONTHS,
)


def _numbers(text: str) -> list[int]:
    return [int(number) for number in _PARTS.findall(text)]


def _date(numbers: list[int], context: Context) -> date | None:
    """Give a day; what it doesn't say of its year, or mistypes, is the letter's."""
    day, month, *years = numbers
    made = _day(_year(years[0], context) if years else context.year, month, day)
    return made if made is None or years else _coming(made, context)


def _day(year: int | None, month: int, day: int) -> date | None:
    try:
        return None if year is None else date(year, month, day)
    except ValueError:
        return None


def _coming(made: date, context: Context) -> date | None:
    """Give the day of the next year where a letter would else order what was long before it."""
    if context.written is not None and made < context.written - _LONG:
        return _day(made.year + 1, made.month, made.day)
    return made


def _year(written: int, context: Context) -> int | None:
    """Give a year of four digits; one of three is mistyped."""
    if written >= 1000:  # noqa: PLR2004 - four digits
        return written
    return 2000 + written if written < 100 else context.year  # noqa: PLR2004 - two digits
