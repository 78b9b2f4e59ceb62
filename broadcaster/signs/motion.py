"""What a board shows from instant to instant."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from broadcaster.domain.airing import ShownSlogan, SignContent
from broadcaster.domain.campaign import Colour, Effect
from broadcaster.signs import pattern
from broadcaster.signs.bitmap import Bitmap, below
from broadcaster.signs.font import ROWS, render, size

SPEED = 40.0
"""Pixels a second of a scrolling text 16 rows high; larger ones go faster, to read alike."""
FLASH = 0.5
"""Seconds that a flashing text is lit, then dark."""
TESTED = 3.0
"""Seconds of each page of the test pattern."""


@dataclass(frozen=True, slots=True)
class Scene:
    """One slogan's turn on a board, or a page of it."""

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
    if content.pattern:
        return _pattern(width, height)
    if content.clock:
        return pages(ShownSlogan(f"{now:%H:%M}", Effect.HOLD, 60.0), width, height)
    if content.blank:
        return (Scene(Bitmap(width, (0,) * height), Effect.HOLD, 1.0),)
    return tuple(page for slogan in content.slogans for page in pages(slogan, width, height))


def pages(slogan: ShownSlogan, width: int, height: int) -> tuple[Scene, ...]:
    """Draw one slogan: what scrolls is one scene, what stands or flashes one a page.

    A text that is wider than the board is set in two lines (three, ...) of the smallest face where
    the board has the rows for them, and in pages broken between words. Where one word is wider
    than the board all of it scrolls, or its end would never be read. Raises TooHighError.
    """
    effect, colour = Effect(slogan.effect), Colour(slogan.colour) if slogan.colour else None
    written = [line.strip() for line in slogan.text.splitlines() if line.strip()] or [""]
    if effect is not Effect.SCROLL_LEFT and (stands := _set(written, width, height)):
        return tuple(
            Scene(block.centred(width, height), effect, slogan.dwell, words, colour)
            for block, words in stands
        )
    lines = written if len(written) <= _most(height) else [" ".join(written)]
    strip, words = _block(lines, height // len(lines)), " ".join(lines)
    strip = strip.padded((height - strip.height) // 2, height)
    return (Scene(strip, Effect.SCROLL_LEFT, slogan.dwell, words, colour),)


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
    return SPEED * size(scene.pixels.height)


def _pattern(width: int, height: int) -> tuple[Scene, ...]:
    drawn = pattern.frame(width, height), pattern.full(width, height)
    written = (
        page
        for text, effect in pattern.texts(width, height)
        for page in pages(ShownSlogan(text, effect, TESTED), width, height)
    )
    return (*(Scene(each, Effect.HOLD, TESTED) for each in drawn), *written)


def _most(height: int) -> int:
    """Give how many lines a board has the rows for."""
    return max(1, height // ROWS)


def _set(written: list[str], width: int, height: int) -> list[tuple[Bitmap, str]]:
    """Set a text that stands still: in one page as large as can be, else in pages of most lines.

    None where a word is wider than the board.
    """
    for most in range(len(written), _most(height) + 1):
        if len(found := _in_lines(written, width, height, most)) == 1:
            return found
    return _in_lines(written, width, height, _most(height))


def _in_lines(written: list[str], width: int, height: int, most: int) -> list[tuple[Bitmap, str]]:
    """Set it in pages of so many lines, each with an equal share of the rows."""
    rows = height // most
    lines = [part for line in written for part in _wrapped(line, width, rows)]
    cuts = [lines[at : at + most] for at in range(0, len(lines), most)]
    blocks = [(_block(cut, rows), " ".join(cut)) for cut in cuts]
    return blocks if all(block.width <= width for block, _ in blocks) else []


def _wrapped(line: str, width: int, rows: int) -> list[str]:
    lines = [""]
    for word in line.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and render(longer, rows).width > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def _block(lines: list[str], rows: int) -> Bitmap:
    """Draw lines of so many rows one below the other."""
    return below([render(line, rows) for line in lines])
