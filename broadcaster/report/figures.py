"""Counts what a campaign came to, from the ledger's records."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, tzinfo
from typing import Any

from broadcaster.domain.campaign import AirClass
from broadcaster.domain.order import CAMPAIGN as ANNOUNCEMENTS
from broadcaster.domain.record import REHEARSAL, AsRun, Kind, Record
from broadcaster.planning.asrun import fold
from broadcaster.report.causes import causes
from broadcaster.report.gaps import gaps
from broadcaster.report.reasons import reason
from broadcaster.report.results import Aired, Results, Tip
from broadcaster.report.sign_hours import by_sign, shown
from broadcaster.report.tallies import by_day, by_zone, tally

NOTHING: Mapping[str, Any] = {}

Window = tuple[date, date]
"""The first day and the last, both included."""


def results(
    records: Iterable[Record], campaign: str, tz: tzinfo, window: Window | None = None
) -> Results:
    """Count a campaign's airings and sign-hours, up to the last of the records.

    `window` is what its playlist names; raises ValueError where there is no record at all.
    """
    told = [_lean(record, campaign) for record in records]
    if not told:
        raise ValueError("an empty ledger has no results")
    airings = _airings(told, campaign, tz)
    stretches = shown(told, campaign, tz)
    days = window or _days(airings, [each.from_ for each in stretches])
    ordered = [] if campaign == ANNOUNCEMENTS else _airings(told, ANNOUNCEMENTS, tz)
    return Results(
        campaign=campaign,
        tip=Tip(told[-1].seq, told[-1].hash, told[-1].at.astimezone(tz)),
        window=days,
        airings=airings,
        total=tally(airings),
        days=by_day(airings),
        zones=by_zone(airings),
        causes=causes(airings),
        announcements=tally([each for each in ordered if days and days[0] <= each.day <= days[1]]),
        shown=stretches,
        signs=by_sign(stretches),
        gaps=gaps(told, days, tz) if days else (),
        rehearsed=any(record.data.get("did") == REHEARSAL for record in told),
    )


def _lean(record: Record, campaign: str) -> Record:
    """Leave out what no figure needs: a ledger of years is to fit into a small machine."""
    signs = record.kind == Kind.SIGN and campaign in record.data.get("campaigns", ())
    mine = record.key.startswith((f"{campaign}/", f"{ANNOUNCEMENTS}/"))
    needed = mine or signs or record.kind in {Kind.STATION, Kind.REFUSED}
    return record if needed else replace(record, data=NOTHING)


def _airings(records: Sequence[Record], campaign: str, tz: tzinfo) -> tuple[Aired, ...]:
    mine = [record for record in records if record.key.startswith(f"{campaign}/")]
    # A cut, and an end, tell the seconds that were heard: those asked for are in the intent.
    asked = {
        r.key: r.data["seconds"] for r in mine if r.kind == Kind.INTENT and "seconds" in r.data
    }
    runs = fold(mine).values()
    found = (_aired(run, asked.get(run.key, run.data.get("asked")), tz) for run in runs)
    return tuple(sorted(found, key=lambda each: (each.planned, each.key)))


def _aired(run: AsRun, asked: float | None, tz: tzinfo) -> Aired:
    def local(at: datetime | None) -> datetime | None:
        return at.astimezone(tz) if at else None

    return Aired(
        key=run.key,
        slot=(*run.key.split("/"), "")[1],
        zone=run.zone,
        planned=run.planned.astimezone(tz),
        started=local(run.started),
        finished=local(run.finished) if run.started else None,
        urgent=run.data.get("class") == AirClass.URGENT,
        outcome=run.outcome,
        reason=reason(run.data),
        asked=asked,
        given=_given(run),
        voice=run.voice,
    )


def _given(run: AsRun) -> float | None:
    sounding = run.outcome is None and run.started is not None and run.cut is None
    if sounding or run.data.get("heard_unknown"):
        return None
    return sum(each.seconds for each in run.soundings)


def _days(airings: Sequence[Aired], shown_at: Iterable[datetime]) -> Window | None:
    days = [*(each.day for each in airings), *(at.date() for at in shown_at)]
    return (min(days), max(days)) if days else None
