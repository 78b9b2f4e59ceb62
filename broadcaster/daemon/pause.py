"""A pause that a person ordered: it is in the ledger, and outlives whatever befalls the daemon."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from broadcaster.domain.record import Kind
from broadcaster.messages import Message, msg
from broadcaster.ports import Ledger

PAUSE, RESUME = "pause", "resume"


class Pause(NamedTuple):
    """Since when nothing begins that is not urgent, and who said so."""

    since: datetime
    by: str

    @property
    def reason(self) -> Message:
        """Say why what it holds does not air."""
        return msg("the station was paused by {who}", who=self.by)


def pause_in(ledger: Ledger) -> Pause | None:
    """Give the pause that nobody has ended; raises DeviceError."""
    found = None
    for record in ledger.records("station"):
        if record.kind == Kind.STATION and record.data.get("did") in {PAUSE, RESUME}:
            paused = record.data["did"] == PAUSE
            found = Pause(record.at, str(record.data.get("by", ""))) if paused else None
    return found
