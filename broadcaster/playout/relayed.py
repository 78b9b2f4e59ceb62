"""What was heard in a relay's window, as the ledger keeps it and as people are told."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from broadcaster.domain.record import Outcome
from broadcaster.domain.sound import RelayWindow
from broadcaster.messages import Message, msg, to_json

BYTES_A_SECOND = 96_000
"""Of a spool: 48 kHz, mono, 16 bit."""
MISSED = 5.0
"""Seconds without a stream that a listener forgives, where it was heard: it came a moment late."""
MOMENT = 0.001
"""Seconds that whole samples may be off by."""
STREAM, FALLBACK, SILENCE = "stream", "fallback", "silence"
HEARD = {STREAM: msg("the stream"), FALLBACK: msg("the fallback"), SILENCE: msg("silence")}
"""What people are told of them."""


class Row(NamedTuple):
    """What sounded from a second of the window on, and why if it was not the stream."""

    what: str
    second: float
    why: Message | None = None


class Span(NamedTuple):
    """What sounded from second to second of the window."""

    what: str
    first: float
    last: float
    why: Message | None

    @property
    def seconds(self) -> float:
        """Give how long."""
        return self.last - self.first


@dataclass(slots=True)
class Relayed:
    """One window of a programme, and what came of it."""

    window: RelayWindow
    start: float
    """The second of the programme from which on it was heard: later than the window's, if late."""
    spool: Path | None = None
    rehearsed: bool = False
    rows: list[Row] = field(default_factory=list)
    """What the receiver told."""
    fault: Message | None = None
    """What was wrong with the receiver."""
    received: float = 0.0
    """Seconds that it wrote; after them the programme's own sound was heard."""
    sha256: str = ""
    """Of what it wrote: 48 kHz, mono, 16 bit, little-endian."""

    @property
    def seconds(self) -> float:
        """Give how long it can be heard."""
        return self.window.start + self.window.seconds - self.start

    def spans(self, until: float) -> list[Span]:
        """Give what was heard up to a second of the programme."""
        end = min(self.seconds, until - self.start)
        rows = [row for row in self.rows if row.second < self.received]
        rows += self._own(min(self.received, self.seconds))
        ends = [*(row.second for row in rows[1:]), math.inf]
        spans = [
            Span(row.what, row.second, min(last, end), row.why)
            for row, last in zip(rows, ends, strict=True)
        ]
        return [span for span in spans if span.seconds > MOMENT]

    def _own(self, first: float) -> Iterator[Row]:
        """Give what the programme itself holds, from where nothing was received."""
        if first >= self.seconds - MOMENT:
            return
        stands = self.window.start + self.window.stand_in - self.start
        reason = self._fault()
        if first < stands:
            yield Row(FALLBACK, first, reason)
        if stands < self.seconds:
            yield Row(SILENCE, max(first, stands), reason)

    def _fault(self) -> Message:
        if self.rehearsed:
            return msg("a rehearsal has no streams")
        what = self.fault or msg("it hung")
        return msg("its receiver failed: {what}", what=what)


def account(relays: Iterable[Relayed], until: float) -> list[dict[str, Any]]:
    """Give what the ledger keeps of relays that were heard up to a second of their programme."""
    return [_kept(relay, spans) for relay in relays if (spans := relay.spans(until))]


def judged(
    outcome: Outcome, reason: Message | None, relays: Iterable[Relayed], until: float
) -> tuple[Outcome, Message | None]:
    """Judge an airing again by its relays: a stream that was missed makes it partial."""
    for relay in relays:
        spans = relay.spans(until)
        others = [span for span in spans if span.what != STREAM]
        missed = sum(span.seconds for span in others)
        if not missed or (missed <= MISSED and len(others) < len(spans)):
            continue
        told = _told(relay, spans, max(others, key=lambda span: span.seconds))
        reason = msg("{one}; {other}", one=reason, other=told) if reason else told
        if outcome in {Outcome.AIRED, Outcome.LATE} and not relay.rehearsed:
            outcome = Outcome.PARTIAL
    return outcome, reason


def _told(relay: Relayed, spans: Sequence[Span], worst: Span) -> Message:
    heard = {what: _total(spans, what) for what in (STREAM, FALLBACK, SILENCE)}
    return msg(
        "of {url} {stream} s were heard, of its fallback {fallback} s, and {silence} s of silence:"
        " {why}",
        url=relay.window.url,
        why=worst.why or "",
        **heard,
    )


def _total(spans: Iterable[Span], what: str) -> int:
    return round(sum(span.seconds for span in spans if span.what == what))


def _kept(relay: Relayed, spans: Iterable[Span]) -> dict[str, Any]:
    heard = [
        {"what": span.what, "from": round(span.first, 1), "until": round(span.last, 1)}
        | ({"why": str(span.why), "why_message": to_json(span.why)} if span.why else {})
        for span in spans
    ]
    return {
        "url": relay.window.url,
        "from": round(relay.start, 3),
        "seconds": round(relay.seconds, 3),
        "heard": heard,
        "sha256": relay.sha256,
    }
