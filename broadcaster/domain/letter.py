"""What an official letter orders, and where it says so."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from broadcaster.messages import Message


@dataclass(frozen=True, slots=True)
class Period:
    """Days from `start` to `end`, both included; None where the letter doesn't say."""

    start: dt.date | None
    end: dt.date | None


@dataclass(frozen=True, slots=True)
class ExtraWindow:
    """Another window of a campaign, and what it is for."""

    label: str
    period: Period


@dataclass(frozen=True, slots=True)
class LetterEvent:
    """A row of the letter's programme."""

    title: str
    date: dt.date | None
    date_end: dt.date | None
    """None where it is of one day."""
    part_of_day: str | None
    """sáng, trưa, chiều, tối, cả ngày."""
    time: str | None
    """HH:MM."""
    place: str | None
    line: int


@dataclass(frozen=True, slots=True)
class LetterCampaign:
    """One occasion that is to be made known."""

    title: str
    theme: str | None = None
    contents: tuple[str, ...] = ()
    """What is to be made known: resolutions, laws, honours, reasons."""
    slogans: tuple[str, ...] = ()
    window: Period | None = None
    extra_windows: tuple[ExtraWindow, ...] = ()
    events: tuple[LetterEvent, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """The line that a field comes from, and how sure its reading is, from 0 to 1."""

    line: int
    text: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something in the letter that a person is to look at."""

    line: int | None
    message: Message


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter, read; what it doesn't say is None."""

    document_no: str | None
    date: dt.date | None
    issuer: str | None
    urgency: str | None
    """khẩn, thượng khẩn, hỏa tốc."""
    implements: tuple[str, ...]
    """The numbers of what it carries out."""
    campaigns: tuple[LetterCampaign, ...]
    channels: tuple[str, ...]
    """In the order of `letters.channels`."""
    reporting_deadline: dt.date | None
    sources: Mapping[str, Source] = field(default_factory=dict)
    """By field: `date`, `campaigns[0].slogans[1]`."""
    doubts: tuple[Doubt, ...] = ()
