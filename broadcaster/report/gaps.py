"""The times of which the ledger tells nothing, as no daemon wrote it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta, tzinfo
from itertools import pairwise

from broadcaster.domain.record import Kind, Record
from broadcaster.planning.days import instant
from broadcaster.report.results import Gap

SHORT = timedelta(minutes=1)
"""A restart is no gap worth telling."""


def gaps(records: Sequence[Record], days: tuple[date, date], tz: tzinfo) -> tuple[Gap, ...]:
    """Give those within some days, up to the last record: what is yet to come is no gap."""
    opens = instant(days[0], time(), tz)
    closes = instant(days[1] + timedelta(days=1), time(), tz)
    found = [Gap(opens, records[0].at, stopped=False)]
    found += [Gap(one.at, two.at, stopped=_did(one, "stop")) for one, two in pairwise(records)
              if _did(two, "start")]  # fmt: skip
    clipped = (_clip(gap, opens, closes, tz) for gap in found)
    return tuple(gap for gap in clipped if gap.until - gap.from_ >= SHORT)


def _did(record: Record, did: str) -> bool:
    return record.kind == Kind.STATION and record.data.get("did") == did


def _clip(gap: Gap, opens: datetime, closes: datetime, tz: tzinfo) -> Gap:
    from_, until = max(gap.from_, opens), min(gap.until, closes)
    return Gap(from_.astimezone(tz), until.astimezone(tz), gap.stopped)
