"""Pixels to PNG and GIF, for people: the same pixels that are sent."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from broadcaster.domain.campaign import Colour, Effect
from broadcaster.domain.station import Colours
from broadcaster.signs.pixels.bitmap import Bitmap
from broadcaster.signs.pixels.colours import lit_in
from broadcaster.signs.pixels.motion import SPEED, Scene, View, speed, views

if TYPE_CHECKING:
    from PIL.Image import Image

LED_SCALE = 3
"""From this scale on a pixel is drawn as an LED: a dot on a dark board."""
ROUND_SCALE = 6
STEP = 2
"""Pixels that a scrolling text 16 rows high moves a frame."""
BOARD_RGB, DARK_RGB, LIT_RGB = (16, 14, 14), (48, 22, 18), (255, 84, 40)
"""Red, green and blue of the board, of a dark LED, of one that is fully lit."""
_LIT: Mapping[Colour | None, tuple[int, int, int]] = {
    None: LIT_RGB,
    Colour.RED: LIT_RGB,
    Colour.GREEN: (90, 255, 70),
    Colour.YELLOW: (255, 200, 40),
    Colour.BLUE: (80, 120, 255),
    Colour.MAGENTA: (255, 90, 220),
    Colour.CYAN: (70, 230, 255),
    Colour.WHITE: (255, 250, 240),
}
"""None: a board of one colour."""
PURE: Mapping[Colour, tuple[int, int, int]] = {
    Colour.RED: (255, 0, 0),
    Colour.GREEN: (0, 255, 0),
    Colour.YELLOW: (255, 255, 0),
    Colour.BLUE: (0, 0, 255),
    Colour.MAGENTA: (255, 0, 255),
    Colour.CYAN: (0, 255, 255),
    Colour.WHITE: (255, 255, 255),
}
"""The same where a picture pixel is an LED."""
_BOARD, _DARK, _FIRST_LIT = 0, 1, 2
"""Places in a picture's palette."""


def sheet(
    loop: Sequence[Scene],
    scale: int = LED_SCALE,
    brightness: int = 100,
    colours: Colours = Colours.SINGLE,
) -> bytes:
    """Draw all scenes of a loop in one PNG, one below the other, what scrolls unrolled.

    At scale 1 a picture pixel is an LED, however bright: white where the board has one colour, else
    the colour it is lit in.
    """
    width = max(1, *(scene.pixels.width for scene in loop))
    heights = [scene.pixels.height for scene in loop]
    whole = _drawn(
        Bitmap(width, (0,) * (sum(heights) + len(heights) - 1)),
        _lit(loop[0], colours),
        scale,
        brightness,
    )
    top = 0
    for scene in loop:
        pixels = scene.pixels.columns(0, width)
        whole.paste(_drawn(pixels, _lit(scene, colours), scale, brightness), (0, top * scale))
        top += pixels.height + 1
    return _saved(whole, scale)


def gif(
    loop: Sequence[Scene],
    width: int,
    scale: int = LED_SCALE,
    brightness: int = 100,
    colours: Colours = Colours.SINGLE,
) -> bytes:
    """Draw the board's motion through one loop, for ever again."""
    turns = [(scene, tuple(_views(scene, width, alone=len(loop) == 1))) for scene in loop]
    times = [round(view.seconds * 1000) for _, shown in turns for view in shown]
    # Drawn one by one as they are written: a loop may have a thousand.
    frames = (
        frame
        for scene, shown in turns
        for frame in _frames(scene, shown, width, _lit(scene, colours), scale, brightness)
    )
    out = io.BytesIO()
    next(frames).save(
        out, "GIF", save_all=True, append_images=frames, duration=times, loop=0, optimize=False
    )
    return out.getvalue()


def _lit(scene: Scene, colours: Colours) -> Colour | None:
    return None if colours is Colours.SINGLE else lit_in(scene.colour, colours)


def _views(scene: Scene, width: int, *, alone: bool) -> Iterator[View]:
    return views(scene, width, step=round(STEP * speed(scene) / SPEED), alone=alone)


def _frames(
    scene: Scene,
    shown: Sequence[View],
    width: int,
    lit: Colour | None,
    scale: int,
    brightness: int,
) -> Iterator[Image]:
    # What scrolls comes out of the dark and goes into it.
    margin = width if scene.effect is Effect.SCROLL_LEFT else 0
    rolled_out = scene.pixels.columns(-margin, scene.pixels.width + 2 * margin)
    strip = _drawn(rolled_out, lit, scale, brightness)
    dark = _drawn(Bitmap(width, (0,) * scene.pixels.height), lit, scale, brightness)
    for view in shown:
        left = (view.offset + margin) * scale
        yield strip.crop((left, 0, left + width * scale, strip.height)) if view.lit else dark


def _saved(image: Image, scale: int) -> bytes:
    out = io.BytesIO()
    coloured = scale < LED_SCALE and image.mode == "P"
    (image.convert("RGB") if coloured else image).save(out, "PNG", optimize=True)
    return out.getvalue()


def _drawn(pixels: Bitmap, lit: Colour | None, scale: int, brightness: int) -> Image:
    from PIL import Image, ImageChops

    # A picture has a column at least, an empty text none.
    pixels = pixels.columns(0, max(1, pixels.width))
    plain = Image.frombytes("1", (pixels.width, pixels.height), pixels.packed())
    area = (plain.width * scale, plain.height * scale)
    large = plain.resize(area, Image.Resampling.NEAREST)
    if scale < LED_SCALE and lit is None:
        return large
    image = Image.new("P", area, _BOARD)
    image.putpalette(_flat() if scale < LED_SCALE else _shaded(brightness))
    if scale >= LED_SCALE:
        dots = _dots(area, scale)
        image.paste(_DARK, mask=dots)
        large = ImageChops.logical_and(large, dots)
    image.paste(_FIRST_LIT + list(_LIT).index(lit), mask=large)
    return image


def _shaded(brightness: int) -> bytes:
    lit = (
        dark + (full - dark) * brightness // 100
        for shade in _LIT.values()
        for dark, full in zip(DARK_RGB, shade, strict=True)
    )
    return bytes((*BOARD_RGB, *DARK_RGB, *lit))


def _flat() -> bytes:
    black, white = (0, 0, 0), (255, 255, 255)
    lit = [PURE[colour] if colour else white for colour in _LIT]
    return bytes(value for shade in (black, black, *lit) for value in shade)


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
