"""What a board shows from instant to instant."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from broadcaster.domain.airing import ShownSlogan, SignContent
from broadcaster.domain.campaign import Colour, Effect
from broadcaster.signs.bitmap import Bitmap
from broadcaster.signs.font import render, size

SPEED = 40.0
"""Pixels a second of a scrolling text 16 rows high; larger ones go faster, to read alike."""
FLASH = 0.5
"""Seconds that a flashing text is lit, then dark."""


@dataclass(frozen=True, slots=True)
class Scene:
    """One slogan's turn on a board."""

    pixels: Bitmap
    """The whole board of what stands still, the unrolled text of what scrolls."""
    effect: Effect
    seconds: float
    """How long it takes, at least."""
    text: str = ""
    """The words, for boards that have a face of their own; empty: pixels alone."""
    colour: Colour | None = None
    """None: the board's own."""


class View(NamedTuple):
    """What is on the board for a while."""

    offset: int
    """First column of the scene's pixels on the board; below 0 the text is still coming in."""
    lit: bool
    seconds: float


def scenes(content: SignContent, width: int, height: int, now: datetime) -> tuple[Scene, ...]:
    """Draw a sign's content; `now` is in the station's zone, for the clock.

    Raises TooHighError.
    """
    if content.clock:
        return (scene(ShownSlogan(f"{now:%H:%M}", Effect.HOLD, 60.0), width, height),)
    if content.blank:
        return (Scene(Bitmap(width, (0,) * height), Effect.HOLD, 1.0),)
    return tuple(scene(slogan, width, height) for slogan in content.slogans)


def scene(slogan: ShownSlogan, width: int, height: int) -> Scene:
    """Draw one slogan.

    A text that is to stand or flash but is wider than the board scrolls, or its end would never
    be read. Raises TooHighError.
    """
    pixels = render(slogan.text, height)
    colour = Colour(slogan.colour) if slogan.colour else None
    effect = Effect(slogan.effect)
    if effect is Effect.SCROLL_LEFT or pixels.width > width:
        return Scene(pixels, Effect.SCROLL_LEFT, slogan.dwell, slogan.text, colour)
    return Scene(pixels.centred(width, height), effect, slogan.dwell, slogan.text, colour)


def views(scene: Scene, width: int, *, step: int = 1, alone: bool = True) -> Iterator[View]:
    """Play a scene's turn.

    Scrolling moves by `step` pixels a view, at the same speed whatever the step. It is repeated
    until the turn is over; once where the scene is `alone` in its loop, which repeats it.
    """
    if scene.effect is Effect.SCROLL_LEFT:
        columns = width + scene.pixels.width
        speed = SPEED * size(scene.pixels.height)
        passes = 1 if alone else max(1, math.ceil(scene.seconds * speed / columns))
        for _ in range(passes):
            for offset in range(-width, scene.pixels.width, step):
                yield View(offset, lit=True, seconds=step / speed)
    elif scene.effect is Effect.FLASH:
        for _ in range(max(1, math.ceil(scene.seconds / (2 * FLASH)))):
            yield View(0, lit=True, seconds=FLASH)
            yield View(0, lit=False, seconds=FLASH)
    else:
        yield View(0, lit=True, seconds=scene.seconds)
