"""Doubt about the clock: while there is any nothing airs, and the ledger says from when to when."""

from __future__ import annotations

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
        self.trusted: datetime | None = None
        """The last instant at which the clock was trusted; None: it never was."""
        self._told = False
        """Whether the ledger has the doubt."""

    def begin(self) -> None:
        """Take up where the ledger ends; raises DeviceError."""
        doubt = _open_doubt(self._ledger)
        last = self._ledger.last()
        if doubt is not None:
            self._told, trusted = True, doubt.data["trusted"]
            self.trusted = datetime.fromisoformat(trusted) if trusted else None
            self._time.since(self.trusted or doubt.at, trusted=False)
        elif last is not None:
            self.trusted = last.at
            self._time.since(last.at, trusted=True)

    def look(self, now: datetime) -> Message | None:
        """Say why nothing may air now; None where the clock can be trusted."""
        reason = self._time.doubt()
        if reason is not None:
            self._told = self._told or self._note(now, DOUBT, reason)
            self._faults.tell(FaultKind.CLOCK, CLOCK, reason, "clock-doubted")
        else:
            self._told = self._told and not self._note(now, TRUST, self.reason)
            self._faults.over(FaultKind.CLOCK, CLOCK)
            self.trusted = now
        self.reason = reason
        return reason

    def _note(self, now: datetime, did: str, reason: Message | None) -> bool:
        """Write that it begins or ends; False where the ledger, which tells that, can't."""
        data = {
            "did": did,
            "trusted": self.trusted.isoformat() if self.trusted else None,
            "reason": str(reason or ""),
            "reason_message": to_json(reason) if reason else None,
        }
        try:
            self._ledger.append(now, Kind.STATION, "station", data)
        except DeviceError:
            return False
        return True


def _open_doubt(ledger: Ledger) -> Record | None:
    """Give the record of a doubt that nothing has ended."""
    found = None
    for record in ledger.records("station"):
        if record.kind == Kind.STATION and record.data.get("did") in {DOUBT, TRUST}:
            found = record if record.data["did"] == DOUBT else None
    return found
