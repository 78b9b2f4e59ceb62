"""Times of day."""

from __future__ import annotations

import re

from broadcaster.reading.numbers import cardinal
from broadcaster.reading.scan import Rule, Scan
from broadcaster.reading.units import per

_CLOCK = (
    r"(?P<h{0}>\d{{1,2}})(?:(?P<u{0}> ?(?:[hH]|giờ|GIỜ|Giờ) ?|[gG](?=\d\d)|:(?=\d\d))"
    r"(?P<m{0}>[0-5]\d)?)"
)
_PRIME = r"['’′`]"
_MINUTES = r"(?: ?(?P<p{0}>phút|PHÚT|ph|p|['’′`])(?!\w))?"
_END = r"(?!\w|:\d)(?!/\d)"
_AT = re.compile(r"(?:lúc|từ|đến|hồi|khoảng|trước|sau) $", re.IGNORECASE)
_DAY_AND_NIGHT = 24


def _time(found: re.Match[str], number: str) -> str | None:
    hour, unit, minute = found[f"h{number}"], found[f"u{number}"], found[f"m{number}"]
    if int(hour) > _DAY_AND_NIGHT:
        return None
    said = f"{cardinal(int(hour))} giờ"
    if minute is None:
        return said
    if "giờ" in unit.lower():
        # Who writes `18 giờ 30` says it so; `phút` where it is written.
        minutes = " phút" if found[f"p{number}"] else ""
        if not int(minute) and not minutes:
            return said
        return f"{said} {cardinal(int(minute))}{minutes}" if int(minute) else said
    return f"{said} {cardinal(int(minute))} phút" if int(minute) else said


def _one(found: re.Match[str], scan: Scan) -> str | None:
    return _time(found, "1")


def _two(found: re.Match[str], scan: Scan) -> str | None:
    first, last = _time(found, "1"), _time(found, "2")
    return f"{first} đến {last}" if first and last else None


def _by_g(found: re.Match[str], scan: Scan) -> str | None:
    """Read 8g as an hour where a time is meant; else it is eight grams."""
    if not _AT.search(scan.behind) and not re.match(
        r" ?(?:sáng|trưa|chiều|tối|ngày|đến|-)", scan.ahead(found.end())
    ):
        return None
    return f"{cardinal(int(found[1]))} giờ"


def _both_by_g(found: re.Match[str], scan: Scan) -> str | None:
    """Read 7g - 9g; from 200g on it is weight."""
    first, last = (int(each) for each in found.group(1, 2))
    if not first < last <= _DAY_AND_NIGHT:
        return None
    return f"{cardinal(first)} giờ đến {cardinal(last)} giờ"


def _dotted(found: re.Match[str], scan: Scan) -> str | None:
    """Read 8.00 - 11.30 as times where hours are spoken of."""
    if "giờ" not in scan.behind.lower():
        return None
    return f"{_hours(found['h1'], found['m1'])} đến {_hours(found['h2'], found['m2'])}"


def _hours(hour: str, minute: str) -> str:
    return f"{cardinal(int(hour))} giờ {cardinal(int(minute))}".removesuffix(" không")


def _seconds(found: re.Match[str], scan: Scan) -> str:
    """2h15'40", 12'30, 1:25:40."""
    hours, minutes, seconds = found["h"], found["m"], found["s"]
    said = [f"{cardinal(int(hours))} giờ"] if hours else []
    part = f" phẩy {cardinal(int(found['part']))}" if found["part"] else ""
    said += [f"{cardinal(int(minutes))} phút", f"{cardinal(int(seconds))}{part} giây"]
    return " ".join(said)


def _minutes(found: re.Match[str], scan: Scan) -> str | None:
    minutes, told = cardinal(int(found[1])), scan.last == "phút"
    unit, scan.pos = per(scan, "phút", found.end())
    return minutes if told else f"{minutes} {unit}"


def _round_the_clock(found: re.Match[str], scan: Scan) -> str | None:
    if scan.last == "ngày":
        return None
    hours = " giờ" if found["h"] else ""
    return f"hai mươi tư trên {cardinal(int(found['of']))}{hours}"


_ONE, _OTHER = ((_CLOCK + _MINUTES).format(number) for number in (1, 2))

RULES: tuple[Rule, ...] = (
    (re.compile(r"24/(?P<of>24|7)(?P<h> ?(?:[hH]|giờ|GIỜ))?(?![\w/])"), _round_the_clock),
    (
        re.compile(
            rf"(?:(?P<h>\d{{1,2}}) ?(?:[hH]|giờ|:) ?)?(?P<m>\d{{1,3}})(?: ?{_PRIME} ?"
            rf"|:(?<=\d:\d\d:))"
            r"(?P<s>[0-5]\d)(?:[.,](?P<part>\d{1,2}))?(?:\"|''|”|′′|s)?(?![\w:'])"
        ),
        _seconds,
    ),
    (re.compile(rf"{_ONE} ?- ?{_OTHER}{_END}"), _two),
    (re.compile(rf"{_ONE}{_END}"), _one),
    (
        re.compile(
            r"(?P<h1>[012]?\d)\.(?P<m1>[0-5]\d) ?- ?(?P<h2>[012]?\d)\.(?P<m2>[0-5]\d)(?![\d.,])"
        ),
        _dotted,
    ),
    (re.compile(r"(\d{1,2})g ?- ?(\d{1,2})g(?!\w)"), _both_by_g),
    (re.compile(r"(\d{1,2})g(?!\w)"), _by_g),
    (re.compile(rf"(\d{{1,3}}){_PRIME}(?!\w)"), _minutes),
)
