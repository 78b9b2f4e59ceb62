"""How long signs were to show a campaign's slogans, and how much of it they acknowledged."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, tzinfo
from typing import Any

from broadcaster.domain.record import Kind, Outcome, Record
from broadcaster.ports import SignState
from broadcaster.report.reasons import reason
from broadcaster.report.results import Shown, SignHours

ACKNOWLEDGED = frozenset({SignState.ACKNOWLEDGED.value, SignState.READ_BACK.value})
"""States in which a sign itself has said that it holds a content."""


def shown(records: Iterable[Record], campaign: str, tz: tzinfo) -> tuple[Shown, ...]:
    """Fold what the records tell of signs into stretches of one content and state, in order.

    After a crash nobody knows how long a sign went on: the ledger tells up to its last record.
    """
    boards = _Boards(campaign, tz)
    for record in records:
        boards.take(record)
    boards.end(boards.last)
    return _joined(sorted(boards.found, key=lambda each: (each.sign, each.from_)))


class _Boards:
    """What each sign holds by the records so far, and the stretches that are over."""

    def __init__(self, campaign: str, tz: tzinfo) -> None:
        self.found: list[Shown] = []
        self.last = datetime.min.replace(tzinfo=UTC)
        self._campaign = campaign
        self._tz = tz
        self._held: dict[str, Record] = {}
        self._running = False

    def take(self, record: Record) -> None:
        """Take in the next record."""
        if record.kind == Kind.SIGN:
            sign = record.key.partition("/")[2]
            self._over(sign, record.at)
            self._held[sign] = record
        elif record.kind == Kind.REFUSED and _is_mine(record.data, self._campaign):
            self.found.append(_refused(record.data, record, self._tz))
        did = record.data.get("did") if record.kind == Kind.STATION else None
        if did == "start" and self._running:
            self.end(self.last, untold=(record.at - self.last).total_seconds() / 3600)
        elif did == "stop":
            self.end(record.at)
        self._running = did != "stop"
        self.last = record.at

    def end(self, until: datetime, untold: float = 0.0) -> None:
        """End what is held, as far as the ledger tells."""
        for sign in list(self._held):
            self._over(sign, until, untold)

    def _over(self, sign: str, until: datetime, untold: float = 0.0) -> None:
        record = self._held.pop(sign, None)
        if record is not None and self._campaign in record.data.get("campaigns", ()):
            self.found.append(_stretch(record, sign, until, untold, self._tz))


def by_sign(stretches: Iterable[Shown]) -> Mapping[str, SignHours]:
    """Sum up the hours of each sign; what it was not allowed to show was not asked of it."""
    parts: dict[str, list[Shown]] = {}
    for each in stretches:
        if each.state != Outcome.BLOCKED:
            parts.setdefault(each.sign, []).append(each)
    return {
        sign: SignHours(
            round(sum(each.hours for each in parts[sign]), 6),
            round(sum(each.hours for each in parts[sign] if each.state in ACKNOWLEDGED), 6),
            round(sum(each.untold for each in parts[sign]), 6),
        )
        for sign in sorted(parts)
    }


def _is_mine(data: Mapping[str, Any], campaign: str) -> bool:
    return "sign" in data and data.get("campaign") == campaign


def _stretch(record: Record, sign: str, until: datetime, untold: float, tz: tzinfo) -> Shown:
    data = record.data
    return Shown(
        sign=sign,
        slogans=tuple(data.get("slogans", ())),
        state=str(data.get("state", "")),
        reason=reason(data),
        from_=record.at.astimezone(tz),
        until=until.astimezone(tz),
        untold=untold,
    )


def _refused(data: Mapping[str, Any], record: Record, tz: tzinfo) -> Shown:
    from_, until = (datetime.fromisoformat(data[key]) if key in data else record.at
                    for key in ("from", "until"))  # fmt: skip
    return Shown(
        sign=str(data["sign"]),
        slogans=tuple(data.get("slogans", ())),
        state=Outcome.BLOCKED.value,
        reason=reason(data),
        from_=from_.astimezone(tz),
        until=until.astimezone(tz),
    )


def _joined(stretches: Iterable[Shown]) -> tuple[Shown, ...]:
    """Make one of what differs in brightness only."""
    found: list[Shown] = []
    for each in stretches:
        if found and _goes_on(found[-1], each):
            found[-1] = replace(found[-1], until=each.until, untold=each.untold)
        else:
            found.append(each)
    return tuple(found)


def _goes_on(one: Shown, other: Shown) -> bool:
    def told(each: Shown) -> tuple[object, ...]:
        return each.sign, each.slogans, each.state, each.reason

    return told(one) == told(other) and one.until == other.from_ and not one.untold
