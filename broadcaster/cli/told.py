"""Days, times and items in few words, alike in every command."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import Literal

from broadcaster.domain.campaign import AudioFile, Chime, Item, Pause, Relay, Speech
from broadcaster.domain.days import EVERY_DAY, DayRule
from broadcaster.messages import msg, tr

DAY = timedelta(days=1)
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
NO_TIME = "--:--"
"""Stands where the times of a slot can't be read."""
FEW_RUNS, MOST_RUNS = 2, 8
"""Runs of days that are named one by one: always, and where they are no days of the week."""


def days_told(days: Iterable[date]) -> str:
    """Give days as runs and their number: `22/09-05/10 (14)`."""
    row = sorted(set(days))
    form = "%d/%m" if row[0].year == row[-1].year else "%d/%m/%Y"
    runs = list(_runs(row))
    weekdays = _weekdays_of(row)
    if len(runs) > (FEW_RUNS if weekdays else MOST_RUNS):
        told = f"{row[0]:{form}}-{row[-1]:{form}} {weekdays or '…'}"
    else:
        told = ", ".join(f"{a:{form}}" if a == b else f"{a:{form}}-{b:{form}}" for a, b in runs)
    return told if len(row) == 1 else f"{told} ({len(row)})"


def rule_told(rule: DayRule) -> str:
    """Give the days that a slot is meant for."""
    parts = []
    if rule.weekdays != EVERY_DAY:
        parts.append(weekdays_told(rule.weekdays))
    if rule.dates:
        parts.append(days_told(rule.dates))
    window = window_told(rule.from_, rule.until)
    parts += [window] if window else []
    if rule.except_:
        parts.append(tr("except {days}", days=days_told(rule.except_)))
    if rule.holidays == "skip":
        parts.append(tr("not on holidays"))
    return ", ".join(parts) or tr("every day")


def window_told(first: date | None, last: date | None) -> str:
    """Give a window; nothing where it is open on both sides."""
    if first and last:
        return f"{first:%d/%m/%Y}-{last:%d/%m/%Y}"
    if first:
        return tr("from {day}", day=f"{first:%d/%m/%Y}")
    return tr("until {day}", day=f"{last:%d/%m/%Y}") if last else ""


def weekdays_told(days: Iterable[int]) -> str:
    """Give days of the week as playlists write them."""
    return ",".join(WEEKDAYS[day] for day in sorted(days))


def items_told(items: Sequence[Item]) -> str:
    """Give what a slot airs, in order."""
    return ", ".join(map(_item, items))


def slogans_told(texts: Iterable[str]) -> str:
    """Give slogans on one line, with a stroke where one of them has a break."""
    return " | ".join(" / ".join(text.splitlines()) for text in texts)


def late_told(late: timedelta | Literal["join"]) -> str:
    """Give a late policy as playlists write it."""
    from broadcaster.planning.words import span

    return late if isinstance(late, str) else span(late)


def _item(item: Item) -> str:
    match item:
        case Chime(name):
            return tr(msg("chime")) if name == "default" else f"{tr(msg('chime'))} {name}"
        case Speech(script):
            return script
        case Pause(seconds):
            return f"{seconds:g}s"
        case AudioFile(name):
            return name
        case Relay(url, seconds):
            from broadcaster.planning.words import span

            return tr(
                "relay of {url} for {length}", url=url, length=span(timedelta(seconds=seconds))
            )


def _runs(days: Sequence[date]) -> Iterator[tuple[date, date]]:
    first = days[0]
    for day, following in zip(days, [*days[1:], None], strict=True):
        if following != day + DAY:
            yield first, day
            first = following or day


def _weekdays_of(days: Sequence[date]) -> str:
    """Give the weekdays, where these days are all of theirs from the first to the last."""
    kinds = {day.weekday() for day in days}
    span = (days[-1] - days[0]).days + 1
    all_of = sum((days[0] + DAY * number).weekday() in kinds for number in range(span))
    return weekdays_told(kinds) if all_of == len(days) else ""
