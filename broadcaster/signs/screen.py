"""What a board is to hold, drawn: what its driver turns into frames."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from broadcaster.domain.airing import SignContent
from broadcaster.domain.station import SignSpec
from broadcaster.messages import msg
from broadcaster.signs.motion import Scene, scenes
from broadcaster.talk import Say, UnshowableError


@dataclass(frozen=True, slots=True)
class Screen:
    """A loop of scenes on a board of a known size."""

    scenes: tuple[Scene, ...]
    """One that is dark, or the minute's time, where there are no slogans."""
    dark: bool = False
    clock: bool = False
    """Whether it is the time of day: a board that tells time shows its own instead."""
    brightness: int = 100
    """Percent of full light."""
    urgent: bool = False


class Driver(Protocol):
    """How one kind of board is talked to: pure, content in, what is to be said out."""

    tells_time: bool
    """Whether it shows a clock of its own."""

    def show(self, screen: Screen, held: Screen | None, now: datetime) -> list[Say]:
        """Make the board hold a screen; `now` is in the station's zone, for clocks.

        `held` is what it is known to hold: None calls for all it needs from whatever state, an
        equal screen for what renews it. Exactly one of them shows the change, if any is to be
        seen. Raises UnshowableError.
        """

    def look(self) -> list[Say]:
        """Ask the board about itself; changes nothing. Empty where it can't answer."""


def draw(content: SignContent, spec: SignSpec, now: datetime) -> Screen:
    """Draw what a sign is to hold; raises UnshowableError.

    `now` is in the station's zone: when it is to be there, for the clock.
    """
    try:
        drawn = scenes(content, spec.width, spec.height, now)
    except ValueError as error:
        raise UnshowableError(msg("{reason}", reason=str(error))) from None
    return Screen(drawn, content.blank, content.clock, content.brightness, content.urgent)
