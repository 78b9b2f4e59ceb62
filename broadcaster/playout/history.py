"""What the ledger says of the last days, kept up with it as it grows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta, tzinfo

from broadcaster.domain.airing import Entry
from broadcaster.domain.campaign import AirClass
from broadcaster.domain.record import AirState, AsRun, Record
from broadcaster.domain.station import Zone
from broadcaster.planning.asrun import fold, states
from broadcaster.planning.guard import Use, counted
from broadcaster.ports import Ledger

KEPT = timedelta(days=3)
"""The guard and a slot moved in time look back one local day; the rest is room for midnights."""


class History:
    """The newest part of the ledger, folded."""

    def __init__(self, ledger: Ledger, since: datetime) -> None:
        self._ledger = ledger
        self._records = _from(ledger.records(after=ledger.before(since - KEPT)), since)
        self._seen = last.seq if (last := ledger.last()) else 0
        self.runs: Mapping[str, AsRun] = fold(self._records)

    def refresh(self, since: datetime) -> None:
        """Read what is new, forget what `since` no longer needs."""
        new = list(self._ledger.records(after=self._seen))
        if new:
            self._seen = new[-1].seq
            self._records = _from((*self._records, *new), since)
            self.runs = fold(self._records)

    def states(self) -> Mapping[str, AirState]:
        """Say how far each airing has come."""
        return states(self.runs)

    def use(self, zone: Zone, planned: Mapping[str, Entry], tz: tzinfo) -> Use:
        """Give what really used up a zone's airtime so far.

        `planned` tells what an airing's slot is made of; one that left the plan counts whole.
        """
        use = Use()
        heard = ((each, run) for run in self.runs.values() for each in run.soundings)
        here = [(*each, run.key) for each, run in heard if run.zone == zone.id]
        for started, seconds, key in sorted(here):
            counts = self._counts(zone, self.runs[key], seconds, planned)
            use = use.after(started.astimezone(tz), seconds, counts)
        return use

    def _counts(
        self, zone: Zone, run: AsRun, seconds: float, planned: Mapping[str, Entry]
    ) -> float:
        """Give how much of what was heard of an airing counts."""
        if entry := planned.get(run.key):
            return counted(zone.airtime, entry.airing.slot, seconds)
        return 0.0 if run.data.get("class") == AirClass.URGENT else seconds


def _from(records: Iterable[Record], since: datetime) -> list[Record]:
    """Drop what is long over, but nothing of what isn't: a wrong clock may have written its end."""
    kept: list[Record] = []
    keys: set[str] = set()
    for record in records:
        if record.at >= since - KEPT or record.key in keys:
            kept.append(record)
            keys.add(record.key)
    return kept
