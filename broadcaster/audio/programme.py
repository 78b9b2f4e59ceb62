"""What a finished sound file is made of."""

from __future__ import annotations

from dataclasses import dataclass
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
    gain_db: float = 0.0
    """Added to the target, so it comes after the levelling: a volume. -inf mutes."""
