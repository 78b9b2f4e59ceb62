"""Doubt about the clock: while there is any nothing airs, and the ledger says from when to when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta

from broadcaster.domain.airing import Rundown
from broadcaster.domain.record import Kind, Record
from broadcaster.errors import DeviceError
from broadcaster.health.faults import FaultKind, Faults
from broadcaster.messages import Message, msg, to_json
from broadcaster.planning.due import limit
from broadcaster.ports import Ledger, TimeSource

DAY = timedelta(days=1)
CLOCK = "clock"
DOUBT, TRUST, START = "doubt", "trust", "start"
AGAIN = timedelta(seconds=2)
"""How often a clock in doubt is looked at: a time source may set it right."""
DOUBTED = msg("the clock could not be trusted when it was due")

Stretch = tuple[datetime, datetime]
"""From when to when the clock could not be trusted."""


class DoubtError(Exception):
    """The clock is in doubt just when something was to begin: nothing was decided."""


class Doubt:
    """Whether the clock can be trusted; what the ledger has of it outlives a crash."""

    def __init__(self, ledger: Ledger, time: TimeSource, faults: Faults) -> None:
        self._ledger = ledger
        self._time = time
        self._faults = faults
        self.reason: Message | None = None
        self.trusted: datetime | None = None
        """The last instant at which the clock was trusted; None: it never was."""
        self.since: datetime | None = None
        """From when on the last doubt was, once it is over."""
        self.before: Stretch | None = None
        """What the ledger knows of a doubt that an earlier daemon was in."""
        self.settled: datetime | None = None
        """The instant before which, but for a day, all has its end in the ledger."""
        self._looked: datetime | None = None
        """When this daemon last saw the clock trusted."""
        self._began = 0.0
        """When it saw the doubt begin, by the steady clock."""
        self._told = False
        """Whether the ledger has the doubt."""

    def begin(self) -> None:
        """Take up where the ledger ends; raises DeviceError."""
        doubt = _open_doubt(self._ledger)
        last = self._ledger.last()
        if doubt is not None:
            self._told, trusted = True, doubt.data["trusted"]
            self.trusted = datetime.fromisoformat(trusted) if trusted else None
            self._time.since(self.trusted or doubt.at, trusted=False, boot=_boot(self._ledger))
            self.before = _known(doubt, last)
        elif last is not None:
            self.trusted = last.at
            self._time.since(last.at, trusted=True, boot=_boot(self._ledger))
        if self.trusted is not None:
            self.settled = min([self.trusted, *_before_doubts(self._ledger, self.trusted - DAY)])

    def look(self, now: datetime) -> Message | None:
        """Say why nothing may air now; None where the clock can be trusted."""
        reason = self._time.doubt()
        if reason is not None:
            if self.reason is None:
                self._began = self._time.monotonic()
            self._told = self._told or self._note(now, DOUBT, reason)
            self._faults.tell(FaultKind.CLOCK, CLOCK, reason, "clock-doubted")
        else:
            self._told = self._told and not self._note(now, TRUST, self.reason)
            self._faults.over(FaultKind.CLOCK, CLOCK)
            self.since = self._looked or now - self._lasted()
            self.trusted = self._looked = now
        self.reason = reason
        return reason

    def _lasted(self) -> timedelta:
        return timedelta(seconds=self._time.monotonic() - self._began)

    def _note(self, now: datetime, did: str, reason: Message | None) -> bool:
        """Write that it begins or ends; False where the ledger, which tells that, can't."""
        data = {
            "did": did,
            "trusted": self.trusted.isoformat() if self.trusted else None,
            "began": self._looked.isoformat() if self._looked else None,
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


def _boot(ledger: Ledger) -> str:
    """Give the start of the machine that the last daemon ran in; empty where it isn't known."""
    boot = ""
    for record in ledger.records("station"):
        if record.kind == Kind.STATION and record.data.get("did") == START:
            boot = str(record.data.get("boot", ""))
    return boot


def _before_doubts(ledger: Ledger, since: datetime) -> Iterator[datetime]:
    """Give when the clock was last trusted before each doubt that has ended since.

    A crash just then may have left without an end what was due meanwhile.
    """
    for record in ledger.records("station"):
        if record.kind == Kind.STATION and record.data.get("did") == TRUST and record.at >= since:
            trusted = record.data.get("trusted")
            yield datetime.fromisoformat(trusted) if trusted else record.at


def _known(doubt: Record, last: Record | None) -> Stretch | None:
    """Give from when to when a doubt was at least; None where it came before all that is known."""
    began = doubt.data.get("began")
    if not began or last is None:
        return None
    since = datetime.fromisoformat(began)
    return since, since + (last.at - doubt.at)


def lost_in(doubted: Iterable[Stretch], rundown: Rundown, now: datetime) -> Mapping[str, Message]:
    """Give the groups that are over and were due while the clock could not be trusted."""
    stretches = list(doubted)
    return {
        entry.airing.group: DOUBTED
        for entry in (rundown.planned if stretches else ())
        if limit(entry) <= now and any(since <= entry.begins <= until for since, until in stretches)
    }
