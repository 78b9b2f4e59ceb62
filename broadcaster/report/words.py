"""Words, days and times of the pages, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta, tzinfo
from typing import Any

from broadcaster.domain.airing import Cut, Entry
from broadcaster.domain.record import REHEARSAL, AsRun
from broadcaster.messages import Message, from_json, msg, tr

REFUSED = "refused"
PLANNED = "planned"
UNDER_WAY = "under way"
NEVER_SENT = "never sent"

_WORDS = {
    "aired": msg("aired"),
    "late": msg("late"),
    "partial": msg("partial"),
    "missed": msg("missed"),
    "blocked": msg("blocked"),
    "cancelled": msg("cancelled"),
    REFUSED: msg("refused"),
    PLANNED: msg("planned"),
    UNDER_WAY: msg("under way"),
    "intent": msg("about to sound"),
    "audible": msg("sounding"),
    "cut": msg("cut"),
    "finished": msg("finished"),
    "alarm": msg("alarm"),
    "sign": msg("sign"),
    "station": msg("station"),
    "start": msg("started"),
    REHEARSAL: msg("rehearsal: simulated time"),
    "stop": msg("stopped"),
    "edit": msg("taken as edited"),
    "silence": msg("silenced"),
    "pause": msg("paused"),
    "resume": msg("resumed"),
    "clock": msg("the clock was confirmed"),
    "doubt": msg("the clock is in doubt"),
    "trust": msg("the clock is trusted again"),
    "ordered": msg("ordered"),
    "queued": msg("queued"),
    "sent": msg("sent"),
    "acknowledged": msg("acknowledged"),
    "read back": msg("read back"),
    "unreachable": msg("unreachable"),
    NEVER_SENT: msg("never sent"),
}

_WEEKDAYS = (
    msg("Monday"),
    msg("Tuesday"),
    msg("Wednesday"),
    msg("Thursday"),
    msg("Friday"),
    msg("Saturday"),
    msg("Sunday"),
)


def word(name: str) -> str:
    """Give the word for an outcome, a status, a record's kind or a sign's state; else `name`."""
    return tr(_WORDS[name]) if name in _WORDS else name


def retold(data: Mapping[str, Any]) -> str:
    """Give the reason that a record holds in the reader's language; in English if it must be."""
    return _told(data.get("reason_message"), str(data.get("reason") or ""))


def recorded(run: AsRun) -> str:
    """Say all that the ledger has to say of an airing beyond its outcome."""
    return "; ".join(filter(None, (retold(run.data), passed(run.data), *map(retold, run.alarms))))


def passed(data: Mapping[str, Any]) -> str:
    """Say what an airing's records hold of the airtime guard that it passed, if it did."""
    kept = data.get("passed_guard")
    return passing(_told(kept, str(kept))) if kept else ""


def passing(reason: Message | str) -> str:
    """Say that an urgent airing passes the guard, for all that would bar another."""
    return tr("passes the airtime guard: {reason}", reason=reason)


def cutting(entry: Entry) -> str:
    """Say where an airing is to be cut, and what becomes of it."""
    return "; ".join(_cut(cut, entry.airing.start.tzinfo) for cut in entry.cuts)


def _cut(cut: Cut, tz: tzinfo | None) -> str:
    at = f"{cut.at.astimezone(tz):%H:%M:%S}"
    if cut.resumes is None:
        return tr("cut at {at} by {by} and given up: {reason}", at=at, by=cut.by, reason=cut.lost)
    goes_on = f"{cut.resumes.astimezone(tz):%H:%M:%S}"
    return tr("cut at {at} by {by}, goes on at {goes_on}", at=at, by=cut.by, goes_on=goes_on)


def _told(kept: Any, otherwise: str) -> str:
    if not kept:
        return otherwise
    try:
        return tr(from_json(kept))
    except (ValueError, KeyError, IndexError, AttributeError, TypeError):
        # Written by another version, in words that this one can't fill.
        return otherwise


def day_title(day: date) -> str:
    """Give a day's name and date: Monday 22/09/2025."""
    return f"{tr(_WEEKDAYS[day.weekday()])} {day_short(day)}"


def day_short(day: date) -> str:
    """Give a date as Vietnamese readers write it, whatever the language."""
    return f"{day:%d/%m/%Y}"


def clock(at: datetime, tz: tzinfo) -> str:
    """Give the time of day, its seconds where it has some."""
    local = at.astimezone(tz)
    return f"{local:%H:%M:%S}" if local.second else f"{local:%H:%M}"


def length(seconds: float) -> str:
    """Give minutes and seconds: 1:05."""
    whole = round(seconds)
    return f"{whole // 60}:{whole % 60:02}"


def period(from_: datetime, until: datetime, tz: tzinfo | None, *, years: bool = False) -> str:
    """Give a time on a sign: its day, and the end's where that is another."""
    start, end = from_.astimezone(tz), until.astimezone(tz)
    form = "%d/%m/%Y %H:%M" if years else "%d/%m %H:%M"
    if start.date() == (end - timedelta(microseconds=1)).date():
        return f"{start:{form}}-{'24:00' if end.date() > start.date() else f'{end:%H:%M}'}"
    return f"{start:{form}} - {end:{form}}"


def no_slogan(*, clock: bool) -> str:
    """Say what a sign is to show instead of slogans."""
    return tr("The time of day") if clock else tr("Nothing: a dark board")
