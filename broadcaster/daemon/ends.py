"""Ends in the ledger what does not sound: it is too late, may not, or a crash has left it open."""

from __future__ import annotations

import logging
from collections.abc import Collection, Mapping
from datetime import datetime

from broadcaster.domain.record import AsRun, Kind, Outcome
from broadcaster.messages import Message, joined, msg
from broadcaster.planning import asrun
from broadcaster.planning.due import Due
from broadcaster.playout.outcome import closing, ended_unseen, not_taken_up
from broadcaster.ports import Ledger

logger = logging.getLogger(__name__)


def end_unaired(ledger: Ledger, now: datetime, found: Due) -> None:
    """Write what will not air, and why; raises DeviceError."""
    rows = [
        *((Kind.MISSED, e, Outcome.MISSED, why) for e, why in found.missed),
        *((Kind.REFUSED, e, Outcome.BLOCKED, e.refusal) for e in found.refused),
        *((Kind.MISSED, e, Outcome.CANCELLED, why) for e, why in found.cancelled),
        *((Kind.FINISHED, e, Outcome.PARTIAL, not_taken_up(e, why)) for e, why in found.lost),
    ]
    if rows:
        ledger.append_all(
            now, [(kind, e.airing.key, closing(e, end, why)) for kind, e, end, why in rows]
        )
    for _, entry, outcome, why in rows:
        logger.warning(
            joined(entry.airing.key, msg(outcome.value), why),
            extra={"action": "airing-ended", "key": entry.airing.key, "outcome": outcome.value},
        )


def end_unseen(
    ledger: Ledger,
    now: datetime,
    runs: Mapping[str, AsRun],
    planned: Collection[str],
    sounding: Collection[str],
    silenced: Mapping[str, Message],
) -> bool:
    """End what a crash cut short, and what was about to sound and is not planned any more.

    `silenced` says why people ended them. Tells whether it wrote anything; raises DeviceError.
    """
    cut = [run for run in asrun.interrupted(runs) if run.key not in sounding]
    lost = asrun.forgotten(runs, planned)
    ends = [ended_unseen(run, heard=True) for run in cut]
    ends += [ended_unseen(run, silenced.get(run.key), heard=False) for run in lost]
    if ends:
        ledger.append_all(now, ends)
    return bool(ends)
