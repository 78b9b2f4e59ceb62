"""What a finished sound file is made of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Tone:
    """A chime, by name."""

    name: str = "default"


@dataclass(frozen=True, slots=True)
class Silence:
    """A pause, in seconds."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Sound:
    """A file that FFmpeg reads: speech or a recording."""

    path: Path
    spoken: bool = False
    """A script's words: the speech chain is for them, and a bed plays under them."""


@dataclass(frozen=True, slots=True)
class Window:
    """Room for another station's stream; what stands in for it is cut, or silence follows it."""

    url: str
    seconds: float
    stand_in: Sound | None = None


Segment = Tone | Silence | Sound | Window

LEAD_IN, LEAD_OUT = 2.0, 3.0
"""Seconds that a bed plays before the first word and after the last."""

CHIMES: dict[str, tuple[int, ...]] = {
    "default": (520, 650, 780, 1040),
    "closing": (1040, 780, 650, 520),
}
"""The chimes there are: their notes in Hz, a pure major chord upwards and downwards."""


@dataclass(frozen=True, slots=True)
class Programme:
    """Segments in order, each levelled alike, and the level of the whole."""

    segments: tuple[Segment, ...]
    target_lufs: float = -16.0
    peak_dbtp: float = -1.0
    speech_chain: bool = True
    """High-pass, presence and gentle compression for what is spoken."""
    bed: Path | None = None
    """Music under what is spoken, as long as no recording comes in between."""
    gain_db: float = 0.0
    """Added to the target, so it comes after the levelling: a volume. -inf mutes."""

    def laid(self) -> tuple[Segment, ...]:
        """Give the segments, with room for the bed's beginnings and ends."""
        found = list(self.segments)
        for first, last in reversed(stretches(self.segments) if self.bed else []):
            found.insert(last + 1, Silence(LEAD_OUT))
            found.insert(first, Silence(LEAD_IN))
        return tuple(found)


def stretches(segments: Sequence[Segment]) -> list[tuple[int, int]]:
    """Give the first and the last spoken one, by place, of each row with no recording between."""
    rows = groupby(range(len(segments)), key=lambda place: _breaks(segments[place]))
    spoken = [
        [place for place in row if isinstance(segments[place], Sound)]
        for breaks, row in rows
        if not breaks
    ]
    return [(places[0], places[-1]) for places in spoken if places]


def _breaks(segment: Segment) -> bool:
    return isinstance(segment, Window) or (isinstance(segment, Sound) and not segment.spoken)
