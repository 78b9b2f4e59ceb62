"""Writes into the ledger what signs may not show."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from broadcaster.domain.record import Kind, Outcome
from broadcaster.domain.station import Station
from broadcaster.planning.signage import Withheld, withheld_now
from broadcaster.playout.outcome import end
from broadcaster.ports import Ledger


def withhold(station: Station, ledger: Ledger, now: datetime) -> None:
    """Record what would show now and may not, each once; raises DeviceError."""
    rows = [(Kind.REFUSED, each.key, _told(each)) for each in withheld_now(station, now)]
    told = ledger.states(key for _, key, _ in rows)
    if new := [row for row in rows if row[1] not in told]:
        ledger.append_all(now, new)


def _told(what: Withheld) -> dict[str, Any]:
    facts = {
        "campaign": what.campaign,
        "sign": what.sign,
        "from": what.from_.isoformat(),
        "until": what.until.isoformat(),
        "class": what.slot.air_class.value,
    }
    slogans = {"slogans": list(what.slot.slogans)} if what.slot.slogans else {}
    return facts | slogans | end(Outcome.BLOCKED, what.reason)
