"""What a board shows from instant to instant."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from broadcaster.domain.airing import ShownSlogan, SignContent
from broadcaster.domain.campaign import Colour, Effect
from broadcaster.domain.station import Colours
from broadcaster.signs.pixels import pattern
from broadcaster.signs.pixels.bitmap import Bitmap
from broadcaster.signs.pixels.colours import colours_of
from broadcaster.signs.pixels.font import ROWS, size
from broadcaster.signs.pixels.layout import held, most_lines, unrolled

SPEED = 40.0
"""Pixels a second of a scrolling text 16 rows high; larger ones go faster, to read alike."""
FLASH = 0.5
"""Seconds that a flashing text is lit, then dark."""
PATTERN = 3.0
"""Seconds of each page of the test pattern."""


@dataclass(frozen=True, slots=True)
class Scene:
    """One slogan's turn on a board, or that of one of its pages."""

    pixels: Bitmap
    """The whole board of what stands still, the unrolled text of what scrolls."""
    effect: Effect
    seconds: float
    """How long it takes, at least."""
    text: str = ""
    """The words in it, for boards that have a face of their own; empty: pixels alone."""
    colour: Colour | None = None
    """None: the board's own."""
    lines: int = 1
    """How many lines the rows are shared by: it tells how large the letters are."""


class View(NamedTuple):
    """What is on the board for a while."""

    offset: int
    """First column of the scene's pixels on the board; below 0 the text is still coming in."""
    lit: bool
    seconds: float


def scenes(
    content: SignContent,
    width: int,
    height: int,
    now: datetime,
    colours: Colours = Colours.SINGLE,
) -> tuple[Scene, ...]:
    """Draw a sign's content; `now` is in the station's zone, for the clock.

    Raises TooHighError.
    """
    if content.pattern:
        return _pattern(width, height, colours)
    if content.clock:
        return pages(ShownSlogan(f"{now:%H:%M}", Effect.HOLD, 60.0), width, height)
    if content.blank:
        return (Scene(Bitmap(width, (0,) * height), Effect.HOLD, 1.0),)
    return tuple(page for slogan in content.slogans for page in pages(slogan, width, height))


def pages(slogan: ShownSlogan, width: int, height: int) -> tuple[Scene, ...]:
    """Draw one slogan: what scrolls is one scene, what stands or flashes one a page.

    Each has the slogan's dwell. Of what is to stand or flash a single word that is wider than the
    board scrolls, or its end would never be read. Raises TooHighError.
    """
    colour = colour_of(slogan)
    effect = Effect(slogan.effect)
    if effect is Effect.SCROLL_LEFT:
        pixels, text, lines = unrolled(slogan.text, height)
        return (Scene(pixels, effect, slogan.dwell, text, colour, lines),)
    return tuple(
        Scene(
            pixels,
            Effect.SCROLL_LEFT if pixels.width > width else effect,
            slogan.dwell,
            text,
            colour,
            lines,
        )
        for pixels, text, lines in held(slogan.text, width, height)
    )


def _pattern(width: int, height: int, colours: Colours) -> tuple[Scene, ...]:
    """Draw the test pattern: frame, all LEDs in each colour, all letters where they have room."""
    frame = Scene(pattern.frame(width, height), Effect.HOLD, PATTERN)
    all_leds = pattern.full(width, height)
    full = (Scene(all_leds, Effect.HOLD, PATTERN, colour=lit) for lit in colours_of(colours))
    if height < ROWS:
        return frame, *full
    letters = pattern.letters(width, height // most_lines(height))
    return frame, *full, *pages(ShownSlogan(letters, Effect.HOLD, PATTERN), width, height)


def colour_of(slogan: ShownSlogan) -> Colour | None:
    """Give what a slogan is to be lit in; None: the board's own."""
    return Colour(slogan.colour) if slogan.colour else None


def views(scene: Scene, width: int, *, step: int = 1, alone: bool = True) -> Iterator[View]:
    """Play a scene's turn.

    Scrolling moves by `step` pixels a view, at the same speed whatever the step. It is repeated
    until the turn is over; once where the scene is `alone` in its loop, which repeats it.
    """
    if scene.effect is Effect.SCROLL_LEFT:
        columns = width + scene.pixels.width
        passes = 1 if alone else max(1, math.ceil(scene.seconds * speed(scene) / columns))
        for _ in range(passes):
            for offset in range(-width, scene.pixels.width, step):
                yield View(offset, lit=True, seconds=step / speed(scene))
    elif scene.effect is Effect.FLASH:
        for _ in range(max(1, math.ceil(scene.seconds / (2 * FLASH)))):
            yield View(0, lit=True, seconds=FLASH)
            yield View(0, lit=False, seconds=FLASH)
    else:
        yield View(0, lit=True, seconds=scene.seconds)


def speed(scene: Scene) -> float:
    """Give the pixels a second at which a scene scrolls."""
    return SPEED * size(scene.pixels.height // scene.lines)
