"""Readers of times of day, ranges of the day, durations and days of the week."""

from __future__ import annotations

import datetime as dt
import re

from broadcaster.domain.days import TimeRange
from broadcaster.messages import msg
from broadcaster.station.ids import did_you_mean
from broadcaster.station.kinds import list_of, one_of, without_repeats
from broadcaster.station.table import Cell

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

_TIME = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])", re.ASCII)
_RANGE = re.compile(rf"({_TIME.pattern})-({_TIME.pattern}|24:00)", re.ASCII)
_DURATION = re.compile(r"(?:([0-9]{1,3})h)?(?:([0-9]{1,5})m)?(?:([0-9]{1,6})s)?", re.ASCII)
_DAYS = re.compile(r"([0-9]{1,3})d", re.ASCII)
# How people write a time besides HH:MM: 5:30, 5h30, 17.00, 17:00:00, 17h.
_LOOSE_TIME = re.compile(r"\s*([0-9]{1,2})\s*(?:[:.hg]\s*([0-9]{2})?)(?::00)?\s*", re.ASCII)
_LOOSE_RANGE = re.compile(rf"({_LOOSE_TIME.pattern})(?:-|–|—|đến)({_LOOSE_TIME.pattern})")


def time_of_day(cell: Cell) -> dt.time | None:
    """Read "HH:MM"."""
    match = _TIME.fullmatch(cell.value) if isinstance(cell.value, str) else None
    if match:
        return dt.time(int(match[1]), int(match[2]))
    meant = _meant_time(cell.value)
    cell.wrong(
        msg('must be a time of day like "05:30", not {found}'),
        did_you_mean(meant) if meant else None,
    )
    return None


def times(cell: Cell) -> tuple[dt.time, ...] | None:
    """Read a list of times of day, none twice; ascending."""
    found = without_repeats(list_of(time_of_day))(cell)
    return None if found is None else tuple(sorted(found))


def time_range(cell: Cell) -> TimeRange | None:
    """Read "HH:MM-HH:MM", over midnight when the end is not after the start."""
    match = _RANGE.fullmatch(cell.value) if isinstance(cell.value, str) else None
    if not match:
        meant = _meant_range(cell.value)
        cell.wrong(
            msg('must be a range of the day like "06:00-22:00", not {found}'),
            did_you_mean(meant) if meant else None,
        )
        return None
    start, end = (_minute(part) for part in cell.value.split("-"))
    if start == end:
        cell.wrong(
            msg("{found} begins and ends at the same minute"), msg('a whole day is "00:00-24:00"')
        )
        return None
    return TimeRange(start, end)


def ranges(cell: Cell) -> tuple[TimeRange, ...] | None:
    """Read a list of ranges of the day; warns where two overlap."""
    found = list_of(time_range)(cell)
    for first, second in overlaps(found or ()):
        cell.warn(msg("{first} and {second} overlap", first=str(first), second=str(second)))
    return found


def overlaps(found: tuple[TimeRange, ...]) -> list[tuple[TimeRange, TimeRange]]:
    """Give each pair of ranges that share a minute, in the order they stand."""
    pairs = ((a, b) for place, a in enumerate(found) for b in found[place + 1 :])
    return [(a, b) for a, b in pairs if b.covers(a.start) or a.covers(b.start)]


def span(text: str) -> dt.timedelta | None:
    """Read a duration, "10m", "2s", "1h30m"; None where it is none."""
    match = _DURATION.fullmatch(text) if text else None
    if match is None:
        return None
    hours, minutes, seconds = (int(part or 0) for part in match.groups())
    return dt.timedelta(hours=hours, minutes=minutes, seconds=seconds)


def duration(cell: Cell) -> dt.timedelta | None:
    """Read a duration."""
    found = span(cell.value) if isinstance(cell.value, str) else None
    if found is not None:
        return found
    cell.wrong(msg('must be a duration like "10m", "2s" or "1h30m", not {found}'))
    return None


def some_time(cell: Cell) -> dt.timedelta | None:
    """Read a duration that is not nothing."""
    found = duration(cell)
    if found == dt.timedelta(0):
        cell.wrong(msg("must be longer than nothing, not {found}"))
        return None
    return found


def whole_days(cell: Cell) -> dt.timedelta | None:
    """Read a duration in whole days: "1d"."""
    match = _DAYS.fullmatch(cell.value) if isinstance(cell.value, str) else None
    if match:
        return dt.timedelta(days=int(match[1]))
    cell.wrong(msg('must be whole days like "1d", not {found}'))
    return None


def weekdays(cell: Cell) -> frozenset[int] | None:
    """Read a list of days of the week; Monday is 0."""
    found = without_repeats(list_of(one_of(WEEKDAYS)))(cell)
    return None if found is None else frozenset(map(WEEKDAYS.index, found))


def _minute(text: str) -> int:
    hours, minutes = text.split(":")
    return int(hours) * 60 + int(minutes)


def _meant_time(value: object) -> str:
    if isinstance(value, dt.time):
        return f"{value:%H:%M}"
    match = _LOOSE_TIME.fullmatch(value) if isinstance(value, str) else None
    text = f"{int(match[1]):02}:{match[2] or '00'}" if match else ""
    return text if _TIME.fullmatch(text) else ""


def _meant_range(value: object) -> str:
    match = _LOOSE_RANGE.fullmatch(value) if isinstance(value, str) else None
    if not match:
        return ""
    text = f"{_meant_time(match[1])}-{_meant_time(match[4])}"
    return text if _RANGE.fullmatch(text) else ""
