"""What is wrong with a sound itself: nothing to hear where something should be, or too much."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from broadcaster.messages import Message, msg


class Wrong(StrEnum):
    """What an alarm is about."""

    SILENCE = "silence"
    """Dead air: nothing to hear, and nobody planned a pause."""
    CLIPPING = "clipping"
    """Samples at full scale, one after another: what was louder is cut off, and rattles."""


@dataclass(frozen=True, slots=True)
class Alarm:
    """One stretch of it."""

    what: Wrong
    at: float
    """Seconds from the programme's first sample."""
    seconds: float
    """How long it lasted; up to now, where it isn't over."""
    over: bool = True

    @property
    def message(self) -> Message:
        """Say it for people."""
        at, seconds = round(self.at, 1), round(self.seconds, 1)
        if self.what is Wrong.SILENCE:
            return msg("{seconds} s of silence from second {at} on", seconds=seconds, at=at)
        return msg("clips from second {at} on, for {seconds} s", seconds=seconds, at=at)
