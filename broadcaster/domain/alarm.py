"""What is wrong with a sound itself: nothing to hear where something should be, or too much."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from broadcaster.messages import Message, msg

LONGEST_SILENCE = 5.0
"""Seconds that may go by without a sound."""


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


def alarm(kept: Mapping[str, Any]) -> Alarm:
    """Give back what `asdict` made of one."""
    return Alarm(Wrong(kept["what"]), kept["at"], kept["seconds"], kept["over"])


def between(alarms: Iterable[Alarm], first: float, last: float) -> Iterator[Alarm]:
    """Give what is an alarm in a part of the programme too, from second to second."""
    for each in alarms:
        at, end = max(each.at, first), min(each.at + each.seconds, last)
        if end - at > (LONGEST_SILENCE if each.what is Wrong.SILENCE else 0.0):
            yield Alarm(each.what, at, end - at)
