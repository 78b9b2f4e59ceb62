"""Doubt about the clock: while there is any nothing airs, and the ledger says from when to when."""

from __future__ import annotations

import contextlib
from datetime import datetime, timedelta

from broadcaster.domain.record import Kind, Record
from broadcaster.errors import DeviceError
from broadcaster.health.faults import FaultKind, Faults
from broadcaster.messages import Message, to_json
from broadcaster.ports import Ledger, TimeSource

CLOCK = "clock"
DOUBT, TRUST = "doubt", "trust"
AGAIN = timedelta(seconds=2)
"""How often a clock in doubt is looked at: a time source may set it right."""


class Doubt:
    """Whether the clock can be trusted; what the ledger has of it outlives a crash."""

    def __init__(self, ledger: Ledger, time: TimeSource, faults: Faults) -> None:
        self._ledger = ledger
        self._time = time
        self._faults = faults
        self.reason: Message | None = None
        self.trusted = time.now()
        """The last instant at which the clock was trusted."""

    def begin(self) -> None:
        """Take up where the ledger ends; raises DeviceError."""
        doubt = _open_doubt(self._ledger)
        last = self._ledger.last()
        if doubt is not None:
            self.trusted = datetime.fromisoformat(doubt.data["trusted"])
            self._time.since(self.trusted, trusted=False)
        elif last is not None:
            self.trusted = last.at
            self._time.since(last.at, trusted=True)

    def look(self, now: datetime) -> Message | None:
        """Say why nothing may air now; None where the clock can be trusted."""
        reason = self._time.doubt()
        if reason is not None and self.reason is None:
            self._note(now, DOUBT, reason)
        if reason is not None:
            self._faults.tell(FaultKind.CLOCK, CLOCK, reason, "clock-doubted")
        else:
            if self.reason is not None:
                self._note(now, TRUST, self.reason)
            self._faults.over(FaultKind.CLOCK, CLOCK)
            self.trusted = now
        self.reason = reason
        return reason

    def _note(self, now: datetime, did: str, reason: Message) -> None:
        data = {
            "did": did,
            "trusted": self.trusted.isoformat(),
            "reason": str(reason),
            "reason_message": to_json(reason),
        }
        with contextlib.suppress(DeviceError):  # which the ledger tells itself
            self._ledger.append(now, Kind.STATION, "station", data)


def _open_doubt(ledger: Ledger) -> Record | None:
    """Give the record of a doubt that nothing has ended."""
    found = None
    for record in ledger.records("station"):
        if record.kind == Kind.STATION and record.data.get("did") in {DOUBT, TRUST}:
            found = record if record.data["did"] == DOUBT else None
    return found
