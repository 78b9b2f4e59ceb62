"""One planned broadcast, and a day's plan of them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from broadcaster.domain.campaign import RadioSlot
from broadcaster.messages import Message


class Airing(NamedTuple):
    """A slot's broadcast in one zone at one instant; a tuple, as a year holds many."""

    campaign: str
    slot: RadioSlot
    start: datetime
    """Aware, in the station's zone."""
    zone: str
    seconds: float
    """How long it sounds: measured where it is rendered, estimated before."""

    @property
    def group(self) -> str:
        """Name what starts together: `campaign/slot/2025-09-22T05:30+07:00`."""
        return f"{self.campaign}/{self.slot.id}/{self.start.isoformat(timespec='minutes')}"

    @property
    def key(self) -> str:
        """Name this airing for ever: the group and its zone."""
        return f"{self.group}/{self.zone}"


class Part(NamedTuple):
    """A stretch in which an airing sounds without a break, in UTC."""

    begins: datetime
    ends: datetime
    offset: float
    """Seconds into the airing at `begins`."""


class Cut(NamedTuple):
    """Where an urgent airing cuts into one, and what becomes of the rest."""

    at: datetime
    by: str
    """The campaign and slot that cut in."""
    resumes: datetime | None = None
    """When it is taken up again; None where it is given up."""
    offset: float = 0.0
    """Seconds into it at `resumes`."""
    lost: Message | None = None
    """Why it is given up."""


class Heard(NamedTuple):
    """What the ledger has of an airing that was cut, for it to be taken up."""

    started: datetime
    """Its very first sample."""
    seconds: float
    """In all so far."""
    soundings: int
    cut: datetime
    goes_on: float
    """The second that it is to be taken up from."""
    reason: Message
    """Who cut it last."""
    fault: Message | None = None
    """What was wrong with what was heard."""


class Entry(NamedTuple):
    """A line of the rundown: an airing, when it is to begin, and why not if it may not."""

    airing: Airing
    begins: datetime
    """Its start, or the end of what goes before it; in UTC, for sums when clocks change."""
    refusal: Message | None = None
    speakers: tuple[str, ...] = ()
    """Those of its zone."""
    offset: float = 0.0
    """Seconds into it at `begins`, where it joins in progress."""
    passed: Message | None = None
    """Why the airtime guard would refuse it, were it not urgent."""
    cuts: tuple[Cut, ...] = ()
    """Where it is planned to be cut, in order."""
    heard: Heard | None = None
    """What was heard of it before it was cut, where it is being taken up."""

    @property
    def waits(self) -> bool:
        """Whether it begins after its start."""
        # Not as the clocks show them: two zones' times are never equal while clocks go back.
        return self.begins != self.airing.start.astimezone(UTC)

    @property
    def parts(self) -> tuple[Part, ...]:
        """The stretches in which it sounds: one, unless it is cut and taken up again."""
        parts, begins, offset = [], self.begins, self.offset
        for cut in self.cuts:
            parts.append(Part(begins, cut.at, offset))
            if cut.resumes is None:
                return tuple(parts)
            begins, offset = cut.resumes, cut.offset
        ends = begins + timedelta(seconds=self.airing.seconds - offset)
        return (*parts, Part(begins, ends, offset))

    @property
    def ends(self) -> datetime:
        """The instant after its last sample."""
        return self.parts[-1].ends


@dataclass(frozen=True, slots=True)
class Rundown:
    """Airings in the order they go on air, and those refused, each with its reason."""

    entries: tuple[Entry, ...]

    @property
    def planned(self) -> tuple[Entry, ...]:
        """Those that are to air."""
        return tuple(entry for entry in self.entries if entry.refusal is None)

    @property
    def refused(self) -> tuple[Entry, ...]:
        """Those that may not."""
        return tuple(entry for entry in self.entries if entry.refusal is not None)


class ShownSlogan(NamedTuple):
    """A slogan as a sign is to show it."""

    text: str
    effect: str
    dwell: float
    colour: str = ""
    """Of domain.campaign.Colour; empty: the sign's own."""


@dataclass(frozen=True, slots=True)
class SignContent:
    """All that a sign is to show at an instant: a loop of slogans, its idle content, or nothing."""

    slogans: tuple[ShownSlogan, ...] = ()
    campaigns: tuple[str, ...] = ()
    """The campaign of each slogan, in step with `slogans`; empty for idle content."""
    clock: bool = False
    """Show the time of day."""
    brightness: int = 100
    """Percent of full light."""
    urgent: bool = False
    """Whether it is of class urgent."""
    pattern: bool = False
    """Show the test pattern."""
    page: int = 0
    """Which of its pages, where whoever sends turns them."""

    @property
    def blank(self) -> bool:
        """Whether the board is to be dark."""
        return not (self.slogans or self.clock or self.pattern)

    @property
    def dark(self) -> SignContent:
        """Darkness, at the same brightness: that is kept for what comes after it."""
        return SignContent(brightness=self.brightness)

    def turns(self, held: SignContent | None) -> bool:
        """Tell whether it is another page of what is held, and nothing else."""
        return held is not None and held.page != self.page and replace(held, page=self.page) == self
