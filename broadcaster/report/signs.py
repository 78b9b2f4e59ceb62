"""What signs were to show and how far it came, as the pages tell it: each content once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta, tzinfo
from urllib.parse import quote

from broadcaster.domain.record import Kind, Record
from broadcaster.domain.station import SignSpec, Station
from broadcaster.messages import tr
from broadcaster.planning.signage import NO_SIGN, SignSpan, Withheld
from broadcaster.ports import SignState
from broadcaster.report.words import NEVER_SENT, PLANNED, REFUSED, no_slogan, period, retold, word

CAME = (SignState.SENT, SignState.ACKNOWLEDGED, SignState.READ_BACK)
"""States of what has a picture, unless the sign refused it."""

Pictures = Mapping[tuple[str, tuple[str, ...]], str]
"""Relative links by sign and slogans; what has no slogans, a clock or a dark board, has ()."""


@dataclass(frozen=True, slots=True)
class Told:
    """One content of one sign."""

    slogans: tuple[str, ...]
    note: str
    """What there is instead of slogans."""
    status: str
    word: str
    reason: str
    total: str
    periods: tuple[str, ...]
    picture: str


@dataclass(frozen=True, slots=True)
class Board:
    """One sign and all that it was to show."""

    name: str
    size: str
    contents: tuple[Told, ...]


@dataclass(slots=True)
class _Content:
    """Slogans, or a clock, in one state; and when."""

    slogans: tuple[str, ...]
    clock: bool
    status: str
    reason: str = ""
    note: str = ""
    times: list[tuple[datetime, datetime]] = field(default_factory=list)

    def add(self, from_: datetime, until: datetime) -> None:
        """Add a time, or make the last one longer."""
        if self.times and self.times[-1][1] == from_:
            from_ = self.times.pop()[0]
        self.times.append((from_, until))


def planned_boards(
    station: Station, spans: Iterable[SignSpan], withheld: Iterable[Withheld]
) -> list[Board]:
    """Tell what signs are to show, and what they may not."""
    told = {name: _wanted(spans, PLANNED) for name, spans in _by_sign(spans).items()}
    return _boards(station, _with_refused(told, withheld), {})


def recorded_boards(
    station: Station,
    spans: Iterable[SignSpan],
    withheld: Iterable[Withheld],
    records: Sequence[Record],
    pictures: Pictures,
) -> list[Board]:
    """Tell how far it came what signs were to show, what was never sent, and what may not be."""
    wanted = _by_sign(spans)
    told: dict[str, list[_Content]] = {}
    for name in station.signs:
        mine = [r for r in records if r.kind == Kind.SIGN and r.key == f"sign/{name}"]
        held = _held(mine, records[-1].at) if mine else []
        sent = {content.slogans for content in held}
        never = _wanted(wanted.get(name, []), NEVER_SENT)
        told[name] = held + [content for content in never if content.slogans not in sent]
    return _boards(station, _with_refused(told, withheld), pictures)


def _with_refused(
    told: dict[str, list[_Content]], withheld: Iterable[Withheld]
) -> dict[str, list[_Content]]:
    """Add a content a slot and sign."""
    found: dict[tuple[str, str, str], _Content] = {}
    for each in withheld:
        slot, place = each.slot, (each.sign, each.campaign, each.slot.id)
        if place not in found:
            note = slot.name or slot.id
            found[place] = _Content(
                slot.slogans, clock=False, status=REFUSED, reason=tr(each.reason), note=note
            )
            told.setdefault(each.sign, []).append(found[place])
        found[place].add(each.from_, each.until)
    return told


def _by_sign(spans: Iterable[SignSpan]) -> dict[str, list[SignSpan]]:
    found: dict[str, list[SignSpan]] = {}
    for span in spans:
        found.setdefault(span.sign, []).append(span)
    return found


def _wanted(spans: Iterable[SignSpan], status: str) -> list[_Content]:
    found: dict[tuple[str, ...], _Content] = {}
    for span in spans:
        slogans = tuple(slogan.text for slogan in span.content.slogans)
        content = found.setdefault(slogans, _Content(slogans, span.content.clock, status))
        content.add(span.from_, span.until)
    return list(found.values())


def _held(records: Sequence[Record], end: datetime) -> list[_Content]:
    """Fold a sign's records; what it was told last, it held until `end`."""
    found: dict[tuple[object, ...], _Content] = {}
    ends = [record.at for record in records[1:]] + [end]
    for record, until in zip(records, ends, strict=True):
        data = record.data
        slogans, status = tuple(data.get("slogans", ())), str(data.get("state", ""))
        clock = bool(data.get("clock"))
        reason = retold(data)
        # What was sent and refused is another thing than what was sent.
        key = (slogans, clock, status, bool(reason))
        content = found.setdefault(key, _Content(slogans, clock, status, reason))
        content.add(record.at, until)
    return list(found.values())


def _boards(
    station: Station, told: Mapping[str, Sequence[_Content]], pictures: Pictures
) -> list[Board]:
    return [
        Board(
            *_face(station.signs.get(name), name),
            tuple(_told(name, content, pictures, station.timezone) for content in told[name]),
        )
        for name in (*station.signs, NO_SIGN)
        if told.get(name)
    ]


def _face(spec: SignSpec | None, name: str) -> tuple[str, str]:
    return (spec.name or name, f"{spec.width} × {spec.height}") if spec else (name, "")


def _told(sign: str, content: _Content, pictures: Pictures, tz: tzinfo) -> Told:
    came = content.status in CAME and not content.reason
    picture = pictures.get((sign, content.slogans), "") if came else ""
    return Told(
        slogans=content.slogans,
        note="" if content.slogans else content.note or no_slogan(clock=content.clock),
        status=content.status.replace(" ", "-"),
        word=word(content.status),
        reason=content.reason,
        total=_total(content.times),
        periods=tuple(period(from_, until, tz) for from_, until in content.times),
        picture=quote(picture),
    )


def _total(times: Sequence[tuple[datetime, datetime]]) -> str:
    hours = sum((until - from_ for from_, until in times), timedelta()) / timedelta(hours=1)
    return f"{len(times)} × · {round(hours, 1):g} h"
