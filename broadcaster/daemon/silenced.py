"""What people silenced: a crash before its end is on the record must not bring it back."""

from __future__ import annotations

from broadcaster.domain.record import Kind
from broadcaster.messages import Message, msg
from broadcaster.ports import Ledger

SILENCE = "silence"


def silenced(by: str) -> Message:
    """Say why it does not sound."""
    return msg("silenced by {who}", who=by)


def silenced_in(ledger: Ledger) -> dict[str, Message]:
    """Give the keys of all that was ever silenced, and the reason; raises DeviceError."""
    return {
        key: silenced(str(record.data.get("by", "")))
        for record in ledger.records("station")
        if record.kind == Kind.STATION and record.data.get("did") == SILENCE
        for key in record.data.get("stopped", ())
    }
