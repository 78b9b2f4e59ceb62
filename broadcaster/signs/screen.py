"""What a board is to hold, drawn: what its driver turns into frames."""

from __future__ import annotations

import string
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import lru_cache
from typing import Protocol

from broadcaster.domain.airing import SignContent
from broadcaster.domain.boards import OnbonBx5
from broadcaster.domain.campaign import Effect
from broadcaster.domain.station import Colours, SignSpec
from broadcaster.signs.pixels.bitmap import Bitmap
from broadcaster.signs.pixels.font import TooHighError
from broadcaster.signs.pixels.motion import Scene, colour_of, scenes
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
    page: int | None = None
    """Which scene is to be held, on a board that holds one; None: it plays them by itself."""
    bank: int = field(default=0, compare=False)
    """Which of two halves of a board's memory it goes in: each change takes the other."""
    under: Screen | None = field(default=None, compare=False)
    """What it was put over, where it is urgent and that is known."""


class Driver(Protocol):
    """How one kind of board is talked to: pure, content in, what is to be said out."""

    tells_time: bool
    """Whether it shows a clock of its own."""
    forgets: bool
    """Whether what nobody renews goes by itself."""

    def show(self, screen: Screen, held: Screen | None, now: datetime) -> list[Say]:
        """Make the board hold a screen; `now` is in the station's zone, for clocks.

        `held` is what it is known to hold: None calls for all it needs from whatever state, an
        equal screen for what renews it. Exactly one of them shows the change, if any is to be
        seen. Raises UnshowableError.
        """

    def look(self) -> list[Say]:
        """Ask the board about itself; changes nothing. Empty where it can't answer."""


LETTERS = frozenset(string.printable[:95]) - {"~"}
"""What an Alpha sign's own face draws as we do; its tilde is half a space."""


def draw(content: SignContent, spec: SignSpec, now: datetime) -> Screen:
    """Draw what a sign is to hold; raises UnshowableError.

    `now` is in the station's zone: when it is to be there, for the clock. Where a board is too low
    for our face and has one of its own, plain words are left to that: scenes without pixels. Where
    it holds one picture that stands, all slogans are set in such.
    """
    turned = isinstance(spec.settings, OnbonBx5) and spec.settings.pictures
    size, at = (spec.width, spec.height), now if content.clock else _EVER
    drawn = _draw(_standing(content) if turned else content, spec.driver, size, spec.colours, at)
    return replace(drawn, page=content.page) if turned else drawn


def _standing(content: SignContent) -> SignContent:
    slogans = tuple(each._replace(effect=Effect.HOLD) for each in content.slogans)
    return replace(content, slogans=slogans, page=0)


_EVER = datetime.min.replace(tzinfo=UTC)
"""Stands for all times where the picture is the same at any."""


@lru_cache(maxsize=64)  # many boards of a street show the same
def _draw(
    content: SignContent, driver: str, size: tuple[int, int], colours: Colours, now: datetime
) -> Screen:
    try:
        drawn = scenes(content, *size, now, colours)
    except TooHighError as error:
        if driver != "alpha" or not all(set(each.text) <= LETTERS for each in content.slogans):
            raise UnshowableError(error.message) from None
        drawn = tuple(
            Scene(Bitmap(0, ()), Effect(each.effect), each.dwell, each.text, colour_of(each))
            for each in content.slogans
        )
    return Screen(drawn, content.blank, content.clock, content.brightness, content.urgent)
