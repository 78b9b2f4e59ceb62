"""Pixels to PNG and GIF, for people: the same pixels that are sent."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from broadcaster.domain.campaign import Effect
from broadcaster.signs.bitmap import Bitmap
from broadcaster.signs.font import size
from broadcaster.signs.motion import Scene, View, views

if TYPE_CHECKING:
    from PIL.Image import Image

LED_SCALE = 3
"""From this scale on a pixel is drawn as an LED: a dot on a dark board."""
ROUND_SCALE = 6
STEP = 2
"""Pixels that a scrolling text 16 rows high moves a frame."""
_BOARD, _DARK, _LIT = 0, 1, 2
BOARD_RGB, DARK_RGB, LIT_RGB = (16, 14, 14), (48, 22, 18), (255, 84, 40)
"""Red, green and blue of the board, of a dark LED, of one that is fully lit."""


def png(pixels: Bitmap, scale: int = 1, brightness: int = 100) -> bytes:
    """Draw pixels; at scale 1 a picture pixel is an LED, white is lit, however bright."""
    out = io.BytesIO()
    _drawn(pixels, scale, brightness).save(out, "PNG", optimize=True)
    return out.getvalue()


def sheet(loop: Sequence[Scene], scale: int = LED_SCALE, brightness: int = 100) -> bytes:
    """Draw all scenes of a loop in one PNG, one below the other, what scrolls unrolled."""
    width = max(scene.pixels.width for scene in loop)
    rows: list[int] = []
    for scene in loop:
        rows += [0] if rows else []
        rows += scene.pixels.columns(0, width).rows
    return png(Bitmap(width, tuple(rows)), scale, brightness)


def gif(loop: Sequence[Scene], width: int, scale: int = LED_SCALE, brightness: int = 100) -> bytes:
    """Draw the board's motion through one loop, for ever again."""
    turns = [(scene, tuple(_views(scene, width, alone=len(loop) == 1))) for scene in loop]
    times = [round(view.seconds * 1000) for _, shown in turns for view in shown]
    # Drawn one by one as they are written: a loop may have a thousand.
    frames = (
        frame for scene, shown in turns for frame in _frames(scene, shown, width, scale, brightness)
    )
    out = io.BytesIO()
    next(frames).save(
        out, "GIF", save_all=True, append_images=frames, duration=times, loop=0, optimize=False
    )
    return out.getvalue()


def _views(scene: Scene, width: int, *, alone: bool) -> Iterator[View]:
    return views(scene, width, step=round(STEP * size(scene.pixels.height)), alone=alone)


def _frames(
    scene: Scene, shown: Sequence[View], width: int, scale: int, brightness: int
) -> Iterator[Image]:
    # What scrolls comes out of the dark and goes into it.
    margin = width if scene.effect is Effect.SCROLL_LEFT else 0
    strip = _drawn(
        scene.pixels.columns(-margin, scene.pixels.width + 2 * margin), scale, brightness
    )
    dark = _drawn(Bitmap(width, (0,) * scene.pixels.height), scale, brightness)
    for view in shown:
        left = (view.offset + margin) * scale
        yield strip.crop((left, 0, left + width * scale, strip.height)) if view.lit else dark


def _drawn(pixels: Bitmap, scale: int, brightness: int) -> Image:
    from PIL import Image, ImageChops

    # A picture has a column at least, an empty text none.
    pixels = pixels.columns(0, max(1, pixels.width))
    plain = Image.frombytes("1", (pixels.width, pixels.height), pixels.packed())
    area = (plain.width * scale, plain.height * scale)
    large = plain.resize(area, Image.Resampling.NEAREST)
    if scale < LED_SCALE:
        return large
    dots = _dots(area, scale)
    image = Image.new("P", area, _BOARD)
    image.putpalette(_palette(brightness))
    image.paste(_DARK, mask=dots)
    image.paste(_LIT, mask=ImageChops.logical_and(large, dots))
    return image


def _palette(brightness: int) -> bytes:
    shades = zip(DARK_RGB, LIT_RGB, strict=True)
    lit = (dark + (full - dark) * brightness // 100 for dark, full in shades)
    return bytes((*BOARD_RGB, *DARK_RGB, *lit))


def _dots(area: tuple[int, int], scale: int) -> Image:
    from PIL import Image, ImageDraw

    dot = Image.new("1", (scale, scale))
    # A circle of fewer pixels comes out as a cross.
    draw = ImageDraw.Draw(dot)
    (draw.ellipse if scale >= ROUND_SCALE else draw.rectangle)((0, 0, scale - 2, scale - 2), 1)
    row = Image.new("1", (area[0], scale))
    for x in range(0, area[0], scale):
        row.paste(dot, (x, 0))
    dots = Image.new("1", area)
    for y in range(0, area[1], scale):
        dots.paste(row, (0, y))
    return dots
