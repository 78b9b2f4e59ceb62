"""Reads the ledger for a report: only one whose chain holds is counted."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import tzinfo
from itertools import takewhile
from pathlib import Path

from broadcaster.domain.record import Record
from broadcaster.errors import Refusal
from broadcaster.ledger.chain import Broken, verify
from broadcaster.ledger.sqlite import SqliteLedger, UnreadableRecordError
from broadcaster.messages import msg
from broadcaster.report.figures import Window, results
from broadcaster.report.results import Results


def counted(
    path: Path, campaign: str, tz: tzinfo, window: Window | None, last: int | None = None
) -> Results:
    """Verify a ledger's chain, and count a campaign up to record `last`, or the newest.

    Raises Refusal where the chain is broken or nothing is recorded, DeviceError where the file
    fails.
    """
    ledger = SqliteLedger(path, read_only=True)
    try:
        tip = ledger.last()
        if tip is None:
            raise Refusal(msg("The ledger is empty."))
        # The daemon goes on writing: verified and counted are the same records.
        _whole(ledger, tip.seq)
        found = results(_until(ledger, last or tip.seq), campaign, tz, window)
    finally:
        ledger.close()
    if not (found.airings or found.shown):
        raise Refusal(msg("The ledger has no record of {campaign}.", campaign=campaign))
    return found


def _until(ledger: SqliteLedger, last: int) -> Iterator[Record]:
    return takewhile(lambda record: record.seq <= last, ledger.records())


def _whole(ledger: SqliteLedger, last: int) -> None:
    try:
        broken = verify(_until(ledger, last))
    except UnreadableRecordError as error:
        broken = Broken(error.seq, msg("was changed after it was written"))
    if broken:
        raise Refusal(
            msg(
                "nothing can be reported by a ledger whose chain is broken: record {seq} {what}",
                seq=broken.seq,
                what=broken.message,
            )
        )
