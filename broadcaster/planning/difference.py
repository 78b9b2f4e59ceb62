"""What an edit changes: one plan held against another."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any, NamedTuple

from broadcaster.domain.airing import Entry, Rundown, SignContent
from broadcaster.planning.signage import SignSpan


class AiringChange(NamedTuple):
    """An airing as it was planned and as it is now; None where it is not asked for."""

    before: Entry | None
    after: Entry | None


class SignChange(NamedTuple):
    """A time in which a sign shows something else; None where campaigns want nothing."""

    sign: str
    from_: datetime
    until: datetime
    before: SignContent | None
    after: SignContent | None


@dataclass(frozen=True, slots=True)
class Difference:
    """All that two plans differ in."""

    airings: tuple[AiringChange, ...] = ()
    signs: tuple[SignChange, ...] = ()


def airing_changes(before: Rundown, after: Rundown) -> tuple[AiringChange, ...]:
    """Give the airings that only one plan has, or that differ, in order of their start."""
    old = {entry.airing.key: entry for entry in before.entries}
    new = {entry.airing.key: entry for entry in after.entries}
    changes = [AiringChange(old.get(key), new.get(key)) for key in {**old, **new}]
    changed = [each for each in changes if _as_heard(each.before) != _as_heard(each.after)]
    return tuple(sorted(changed, key=_start))


def sign_changes(before: Iterable[SignSpan], after: Iterable[SignSpan]) -> tuple[SignChange, ...]:
    """Give the times in which signs show something else, in order of sign and time."""
    old, new = _by_sign(before), _by_sign(after)
    found: list[SignChange] = []
    for sign in {**old, **new}:
        was, becomes = old.get(sign, []), new.get(sign, [])
        edges = {edge for span in (*was, *becomes) for edge in (span.from_, span.until)}
        for start, end in pairwise(sorted(edges)):
            change = SignChange(sign, start, end, _shown(was, start), _shown(becomes, start))
            if change.before != change.after:
                _extend(found, change)
    return tuple(found)


def _as_heard(entry: Entry | None) -> tuple[Any, ...] | None:
    """Give what a listener or the daemon can tell one plan of an airing from another by."""
    if entry is None:
        return None
    airing, slot = entry.airing, entry.airing.slot
    begins = entry.begins.replace(microsecond=0)
    heard = (begins, entry.refusal, round(airing.seconds), slot.items, slot.air_class)
    return (*heard, slot.late, slot.if_cut, slot.gain_db, slot.bed)


def _start(change: AiringChange) -> tuple[datetime, str]:
    entry = change.after or change.before
    assert entry is not None  # noqa: S101 - a change has one of the two
    return entry.airing.start, entry.airing.key


def _by_sign(spans: Iterable[SignSpan]) -> dict[str, list[SignSpan]]:
    found: dict[str, list[SignSpan]] = {}
    for span in spans:
        found.setdefault(span.sign, []).append(span)
    return found


def _shown(spans: Sequence[SignSpan], at: datetime) -> SignContent | None:
    return next((span.content for span in spans if span.from_ <= at < span.until), None)


def _extend(found: list[SignChange], change: SignChange) -> None:
    last = found[-1] if found else None
    if last and (last.sign, last.until, *last[3:]) == (change.sign, change.from_, *change[3:]):
        found[-1] = last._replace(until=change.until)
    else:
        found.append(change)
