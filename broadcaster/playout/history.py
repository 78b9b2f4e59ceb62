"""What the ledger says of the last days, kept up with it as it grows."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta, tzinfo

from broadcaster.domain.airing import Entry
from broadcaster.domain.campaign import AirClass
from broadcaster.domain.record import AirState, AsRun
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
        self._records = [record for record in ledger.records() if record.at >= since - KEPT]
        self._seen = last.seq if (last := ledger.last()) else 0
        self.runs: Mapping[str, AsRun] = fold(self._records)

    def refresh(self, since: datetime) -> None:
        """Read what is new, forget what `since` no longer needs."""
        new = list(self._ledger.records(after=self._seen))
        if new:
            self._seen = new[-1].seq
            self._records = [each for each in (*self._records, *new) if each.at >= since - KEPT]
            self.runs = fold(self._records)

    def states(self) -> Mapping[str, AirState]:
        """Say how far each airing has come."""
        return states(self.runs)

    def use(self, zone: Zone, planned: Mapping[str, Entry], tz: tzinfo) -> Use:
        """Give what really used up a zone's airtime so far.

        `planned` tells what an airing's slot is made of; one that left the plan counts whole.
        """
        use = Use()
        heard = ((run.started, run) for run in self.runs.values() if run.zone == zone.id)
        for started, key in sorted((at, run.key) for at, run in heard if at is not None):
            use = use.after(started.astimezone(tz), *self._cost(zone, self.runs[key], planned))
        return use

    def _cost(self, zone: Zone, run: AsRun, planned: Mapping[str, Entry]) -> tuple[float, float]:
        """Give how long an airing sounded, and how much of that counts."""
        seconds = float(run.data.get("seconds") or 0.0)
        if entry := planned.get(run.key):
            return seconds, counted(zone.airtime, entry.airing.slot, seconds)
        return seconds, 0.0 if run.data.get("class") == AirClass.URGENT else seconds
