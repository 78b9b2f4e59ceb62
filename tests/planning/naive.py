"""The rules of planning once more, the slow and plain way, to hold the quick one against."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta, tzinfo
from itertools import combinations
from typing import NamedTuple

from broadcaster.domain.airing import Entry, Rundown
from broadcaster.domain.campaign import JOIN, AirClass, Campaign, IfCut, RadioSlot, Relay
from broadcaster.domain.station import Airtime, Zone

MOMENT = 1e-4


class Sound(NamedTuple):
    """Something that sounds: of which airing, where, from when to when."""

    group: str
    zone: str
    speakers: tuple[str, ...]
    begins: datetime
    ends: datetime
    slot: RadioSlot


def of_plan(entry: Entry) -> list[Sound]:
    """Give each stretch that it is planned to sound in."""
    airing = entry.airing
    return [
        Sound(airing.group, airing.zone, entry.speakers, part.begins, part.ends, airing.slot)
        for part in entry.parts
    ]


def asked_for(campaign: Campaign, slot: RadioSlot, day: date, holidays: Iterable[date]) -> bool:
    rule = slot.days
    wrong = [
        not campaign.enabled,
        not slot.enabled,
        campaign.from_ is not None and day < campaign.from_,
        campaign.until is not None and day > campaign.until,
        rule.from_ is not None and day < rule.from_,
        rule.until is not None and day > rule.until,
        rule.dates and day not in rule.dates,
        day in rule.except_,
        day.weekday() not in rule.weekdays,
        rule.holidays == "skip" and day in holidays,
    ]
    return not any(wrong)


def open_minutes(airtime: Airtime) -> set[int]:
    minutes: set[int] = set()
    for each in airtime.allowed:
        minute = each.start
        while True:
            minutes.add(minute)
            minute = (minute + 1) % 1440
            if minute == each.end % 1440:
                break
    return minutes


def keeps_hours(airtime: Airtime, sound: Sound, tz: tzinfo) -> bool:
    """Tell whether every minute that it touches is open, and its day."""
    begins = sound.begins.astimezone(tz)
    if begins.weekday() not in airtime.days:
        return False
    minutes = open_minutes(airtime)
    at = sound.begins.replace(second=0, microsecond=0)
    while at < sound.ends:
        local = at.astimezone(tz)
        if local.hour * 60 + local.minute not in minutes:
            return False
        at += timedelta(minutes=1)
    return True


def counts(airtime: Airtime, sound: Sound) -> float:
    seconds = (sound.ends - sound.begins).total_seconds()
    if sound.slot.air_class is AirClass.URGENT:
        return 0
    if airtime.relays_count:
        return seconds
    if all(isinstance(item, Relay) for item in sound.slot.items):
        return 0
    relayed = sum(item.seconds for item in sound.slot.items if isinstance(item, Relay))
    return max(0, seconds - relayed)


def keeps_amounts(airtime: Airtime, before: Iterable[Sound], sound: Sound, tz: tzinfo) -> bool:
    """Tell whether it fits into its day's minutes and sessions, after what its zone had before."""
    day = sound.begins.astimezone(tz).date()
    here = sorted((each for each in before if each.zone == sound.zone), key=lambda s: s.begins)
    here = [*here, sound]
    today = [each for each in here if each.begins.astimezone(tz).date() == day]
    if counts(airtime, sound) <= 0:
        return True
    if airtime.minutes_per_day is not None:
        used = sum(counts(airtime, each) for each in today)
        if used > airtime.minutes_per_day * 60 + 0.001:
            return False
    if airtime.sessions_per_day is None:
        return True
    sessions = [first for run in runs_of(here) if (first := first_counting(airtime, run))]
    begun = [each for each in sessions if each.begins.astimezone(tz).date() == day]
    return sound not in sessions or len(begun) <= airtime.sessions_per_day


def runs_of(sounds: list[Sound]) -> list[list[Sound]]:
    runs: list[list[Sound]] = []
    for sound in sounds:
        silent_since = max((each.ends for each in runs[-1]), default=None) if runs else None
        if silent_since and sound.begins - silent_since < timedelta(minutes=1):
            runs[-1].append(sound)
        else:
            runs.append([sound])
    return runs


def first_counting(airtime: Airtime, run: list[Sound]) -> Sound | None:
    return next((each for each in run if counts(airtime, each) > 0), None)


def two_at_once(sounds: Iterable[Sound]) -> list[tuple[Sound, Sound]]:
    """Give programmes that sound at the same time on one speaker."""
    return [
        (one, other)
        for one, other in combinations(sounds, 2)
        if one.group != other.group
        and set(one.speakers) & set(other.speakers)
        and max(one.begins, other.begins) < min(one.ends, other.ends)
    ]


def hold(rundown: Rundown, zones: dict[str, Zone], tz: tzinfo) -> None:
    """Assert all that a rundown promises."""
    order = [entry.begins for entry in rundown.entries]
    assert order == sorted(order)
    heard: list[Sound] = []
    parts = [(sound, entry) for entry in rundown.planned for sound in of_plan(entry)]
    for sound, entry in sorted(parts, key=lambda each: each[0].begins):
        zone = zones[entry.airing.zone]
        assert entry.speakers == zone.speakers
        assert zone.speakers
        assert entry.airing.slot.fault is None
        if entry.airing.slot.air_class is not AirClass.URGENT:
            assert keeps_hours(zone.airtime, sound, tz)
            assert keeps_amounts(zone.airtime, heard, sound, tz)
        if sound.begins == entry.begins:
            _begins_in_time(entry, heard)
        heard.append(sound)
    assert two_at_once(heard) == []
    for group in {entry.airing.group for entry in rundown.planned}:
        assert len({e.begins for e in rundown.planned if e.airing.group == group}) == 1
    _higher_classes_go_first(rundown)
    for entry in rundown.planned:
        _cut_for_cause(entry, rundown)
    for entry in rundown.refused:
        assert str(entry.refusal)
        assert not entry.cuts
        assert entry.begins == entry.airing.start.astimezone(UTC)
        _refused_for_cause(entry, zones)
        _clashes_in_truth(entry, rundown, zones)


def _higher_classes_go_first(rundown: Rundown) -> None:
    """What had not begun when a higher class was to begin lets it go before it."""
    turns = [turn for entry in rundown.planned for turn in _turns(entry)]
    for (one, start, begins), (other, start_too, begins_too) in combinations(turns, 2):
        for high, due, at, low, low_at in (
            (one, start, begins, other, begins_too),
            (other, start_too, begins_too, one, begins),
        ):
            if _rank(high) < _rank(low) and set(high.speakers) & set(low.speakers):
                assert low_at < due or at < low_at


def _turns(entry: Entry) -> list[tuple[Entry, datetime, datetime]]:
    """Give when it was to begin, and when it did; and the same of what was left after each cut."""
    rests = [(entry, cut.at, cut.resumes) for cut in entry.cuts if cut.resumes is not None]
    return [(entry, entry.airing.start.astimezone(UTC), entry.begins), *rests]


def _cut_for_cause(entry: Entry, rundown: Rundown) -> None:
    """Cut by an urgent one that begins then; what is left is heard soon after, or says why not."""
    if entry.cuts:
        assert entry.airing.slot.air_class is not AirClass.URGENT
    for part, cut in zip(entry.parts, entry.cuts, strict=False):
        assert part.begins < cut.at == part.ends
        assert any(
            cut.by == f"{each.airing.campaign}/{each.airing.slot.id}"
            and each.begins == cut.at
            and each.airing.slot.air_class is AirClass.URGENT
            for each in rundown.planned
        )
        if cut.resumes is None:
            assert str(cut.lost)
            assert cut is entry.cuts[-1]
            continue
        assert cut.lost is None
        assert timedelta() <= cut.resumes - cut.at <= timedelta(minutes=30)
        done = part.offset + (cut.at - part.begins).total_seconds()
        slot = entry.airing.slot
        if slot.if_cut is IfCut.RESTART:
            assert cut.offset == 0
        elif slot.late == JOIN:
            assert abs(cut.offset - done - (cut.resumes - cut.at).total_seconds()) < MOMENT
        else:
            assert abs(cut.offset - done) < MOMENT
        assert slot.if_cut is not IfCut.DROP


def _clashes_in_truth(entry: Entry, rundown: Rundown, zones: dict[str, Zone]) -> None:
    """Whoever is refused for another's sake: that one airs, then, and may."""
    if entry.refusal is None or not entry.refusal.id.startswith("clashes with"):
        return
    if any(each.airing.group == entry.airing.group for each in rundown.planned):
        # Its group went without it, for what was planned then: a higher class may have changed it.
        return
    if any(_rank(each) < _rank(entry) and each.begins > entry.begins for each in rundown.planned):
        # What it was refused for was cut or moved later on.
        return
    args, airing = dict(entry.refusal.args), entry.airing
    begun = "begins" not in args
    late = timedelta(seconds=airing.seconds) if airing.slot.late == JOIN else airing.slot.late
    assert any(
        args["other"] == f"{each.airing.campaign}/{each.airing.slot.id}"
        and set(each.speakers) & set(zones[airing.zone].speakers)
        and each.airing.start != airing.start
        and (part.begins <= entry.begins) == begun
        and (begun or _rank(each) <= _rank(entry))
        and part.ends - entry.begins >= late
        for each in rundown.planned
        for part in each.parts
    )


def _rank(entry: Entry) -> int:
    return entry.airing.slot.air_class.rank


def _begins_in_time(entry: Entry, heard: list[Sound]) -> None:
    """What waits does so for a cause, and for other minutes' no longer than its policy."""
    start, slot = entry.airing.start.astimezone(UTC), entry.airing.slot
    assert entry.begins >= start
    ahead = [sound for sound in heard if set(sound.speakers) & set(entry.speakers)]
    if slot.air_class is AirClass.URGENT:
        # It waits for its like alone, or for a zone of its group that does.
        ahead = [sound for sound in ahead if sound.slot.air_class is AirClass.URGENT]
        urgent = [sound.ends for sound in heard if sound.slot.air_class is AirClass.URGENT]
        assert entry.begins in {start, *urgent}
    others = [
        sound.ends - start
        for sound in ahead
        if _planned_for(sound) != entry.airing.start.isoformat(timespec="minutes")
    ]
    slip = max([*others, timedelta()])
    late = timedelta(seconds=entry.airing.seconds) if slot.late == JOIN else slot.late
    assert slip <= late
    if slot.late != JOIN:
        assert entry.offset == 0


def _planned_for(sound: Sound) -> str:
    return sound.group.split("/")[2]


def _refused_for_cause(entry: Entry, zones: dict[str, Zone]) -> None:
    """Urgent ones are never refused by the guard."""
    slot = entry.airing.slot
    if slot.air_class is AirClass.URGENT and slot.fault is None and entry.airing.zone in zones:
        reason = str(entry.refusal)
        assert "clashes with" in reason or "no loudspeakers" in reason
