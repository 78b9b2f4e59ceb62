"""What an edit would do, before it is written: what speaks against it, and what it changes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path

from broadcaster.domain.airing import Rundown
from broadcaster.domain.campaign import Campaign, script_of
from broadcaster.domain.station import Station
from broadcaster.errors import Problem, UserError
from broadcaster.messages import Message
from broadcaster.planning.days import instant
from broadcaster.planning.difference import Difference, airing_changes, sign_changes
from broadcaster.planning.expand import Seconds, reminder_slots
from broadcaster.planning.findings import Finding, never_due, refusals
from broadcaster.planning.plan import days_between, plan, window
from broadcaster.planning.signage import SignSpan, spans
from broadcaster.station.load import load
from broadcaster.station.textfile import Overrides
from broadcaster.station.whereabouts import problems

Look = Callable[[Station, Overrides], Iterable[Problem]]
AHEAD = timedelta(days=31)
"""How far a programme without an end is looked at."""
_PLACE = re.compile(r"\[\d+\]")


@dataclass(frozen=True, slots=True)
class Trial:
    """An edit, judged."""

    station: Station
    """As it would be."""
    errors: tuple[Problem, ...]
    """Why it may not be written: what is wrong now that was not before."""
    warnings: tuple[Problem, ...]
    difference: Difference
    last: date | None
    """The last day that was looked at, where a programme goes on beyond it."""


def trial(
    folder: Path,
    texts: Mapping[str, str | None],
    measure: Callable[[Station], Seconds],
    look: Look,
    today: date,
) -> Trial:
    """Judge texts that files of a station would have, by name; None for one that would be gone.

    `measure` gives how long the slots of a station sound, `look` what is wrong beyond its files.
    Raises UserError where devices.toml can't be used: then nothing can be said.
    """
    before, after = load(folder), load(folder, texts)
    if before.station is None or after.station is None:
        raise UserError(after.problems)
    new = _new(
        (*before.problems, *look(before.station, {})),
        (*after.problems, *look(after.station, texts)),
    )
    errors = [problem for problem in new if problem.level == "error"]
    days, last = _days(before.station, after.station, today)
    was = plan(before.station, days, measure(before.station))
    becomes = plan(after.station, days, measure(after.station))
    found = [*_newly_refused(was, becomes), *_newly_idle(before.station, after.station)]
    # A slot that was wrong before may air nothing because of this edit alone.
    errors += problems(folder, found, texts, faults=not errors)
    signs = sign_changes(_spans(before.station, days), _spans(after.station, days))
    return Trial(
        station=after.station,
        errors=tuple(errors),
        warnings=tuple(problem for problem in new if problem.level == "warning"),
        difference=Difference(airing_changes(was, becomes), signs),
        last=last,
    )


def days_of_campaign(campaign: Campaign, today: date) -> tuple[date, date]:
    """Give the days on which a campaign is looked at: its window, or a month where it is open."""
    last = campaign.until
    first = campaign.from_ or min(today, last or today)
    if last is None:
        first = max(first, today)
    return first, last or first + AHEAD


def _new(before: Iterable[Problem], after: Iterable[Problem]) -> list[Problem]:
    """Give the problems that were not there before, wherever in their file they stand now."""
    known = Counter(map(_identity, before))
    found = []
    for problem in after:
        known[_identity(problem)] -= 1
        if known[_identity(problem)] < 0:
            found.append(problem)
    return found


def _identity(problem: Problem) -> tuple[str, str, Message, str]:
    # A table without an id is known by its place, which an edit may change.
    return problem.file, _PLACE.sub("", problem.key), problem.message, problem.level


def _days(before: Station, after: Station, today: date) -> tuple[list[date], date | None]:
    """Give the days of all campaigns that the edit touches, in a row."""
    touched = _touched(before, after)
    windows = [days_of_campaign(campaign, today) for campaign in touched]
    if not windows:
        return [], None
    first, last = min(first for first, _ in windows), max(last for _, last in windows)
    endless = any(campaign.until is None and campaign.enabled for campaign in touched)
    ahead = window((*before.campaigns, *after.campaigns))
    if endless and ahead:
        # It may clash with any campaign to come.
        last = max(last, ahead[1])
    return list(days_between(first, last)), last if endless else None


def _touched(before: Station, after: Station) -> list[Campaign]:
    scripts = {**before.scripts, **after.scripts}
    edited = {id_ for id_ in scripts if before.scripts.get(id_) != after.scripts.get(id_)}
    old = {campaign.id: campaign for campaign in before.campaigns}
    new = {campaign.id: campaign for campaign in after.campaigns}
    return [
        campaign
        for one, other in ((old, new), (new, old))
        for id_, campaign in one.items()
        if campaign != other.get(id_) or not edited.isdisjoint(spoken(campaign))
    ]


def spoken(campaign: Campaign) -> set[str]:
    """Give the ids of the scripts that a campaign airs."""
    slots = (*campaign.radio, *reminder_slots(campaign))
    named = (script_of(item) for slot in slots for item in slot.items)
    return {script for script in named if script is not None}


def _newly_refused(was: Rundown, becomes: Rundown) -> tuple[Finding, ...]:
    known = {entry.airing.key for entry in was.refused}
    return refusals(
        Rundown(tuple(entry for entry in becomes.refused if entry.airing.key not in known))
    )


def _newly_idle(before: Station, after: Station) -> Iterable[Finding]:
    known = {finding[:2] for finding in never_due(before.campaigns, before.holidays)}
    found = never_due(after.campaigns, after.holidays)
    return [finding for finding in found if finding[:2] not in known]


def _spans(station: Station, days: list[date]) -> list[SignSpan]:
    """Give what signs show, a week at a time: the work grows with the square of the days."""
    found: list[SignSpan] = []
    for place in range(0, len(days), 7):
        week = days[place : place + 7]
        start, end = (_midnight(day, station) for day in (week[0], week[-1] + timedelta(days=1)))
        found += spans(station, start, end)
    return found


def _midnight(day: date, station: Station) -> datetime:
    return instant(day, time(), station.timezone)
