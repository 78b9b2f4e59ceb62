"""Scenes to the pages of a BX-6's dynamic area."""

from __future__ import annotations

import math
import struct
from collections.abc import Callable, Iterator, Mapping, Sequence

from broadcaster.domain.campaign import Effect
from broadcaster.domain.station import Colours
from broadcaster.signs.onbon.bx6 import Page, Style
from broadcaster.signs.pixels.bitmap import Bitmap
from broadcaster.signs.pixels.colours import BLUE, GREEN, RED, lights
from broadcaster.signs.pixels.motion import Scene, speed

LONGEST_STAY = 0xFFFF
"""Hundredths of a second."""
_STYLES = {Effect.HOLD: Style.HOLD, Effect.FLASH: Style.FLASH}


def pages(scenes: Sequence[Scene], width: int, colours: Colours) -> list[Page]:
    """Give a loop's pages, each as large as the board.

    What scrolls is cut into boards that move in one after another without a stop, as the maker's
    SDK cuts long texts; its end is followed by dark, half its height wide at least, and more where
    the last board has room. Where others come after it, its last board stays for what is left of
    its turn.
    """
    alone = len(scenes) == 1
    return [page for scene in scenes for page in _turn(scene, width, colours, alone=alone)]


def _turn(scene: Scene, width: int, colours: Colours, *, alone: bool) -> Iterator[Page]:
    encode, lit = _ENCODERS[colours], lights(scene.colour, colours)
    if scene.effect is not Effect.SCROLL_LEFT:
        data = encode(scene.pixels, lit)
        for stay in _stays(min(scene.seconds, 600.0) if alone else scene.seconds):
            yield Page(_STYLES[scene.effect], stay, data)
        return
    count = math.ceil((scene.pixels.width + scene.pixels.height // 2) / width)
    moving = count * width / speed(scene)
    last = 0 if alone else min(LONGEST_STAY, max(0, round((scene.seconds - moving) * 100)))
    for number in range(count):
        data = encode(scene.pixels.columns(number * width, width), lit)
        yield Page(Style.SCROLL_LEFT, last if number == count - 1 else 0, data)


def _stays(seconds: float) -> Iterator[int]:
    left = max(1, round(seconds * 100))
    while left > 0:
        yield min(left, LONGEST_STAY)
        left -= LONGEST_STAY


def _single(pixels: Bitmap, lit: int) -> bytes:
    del lit
    return _plane(pixels)


def _red_green(pixels: Bitmap, lit: int) -> bytes:
    dark = Bitmap(pixels.width, (0,) * pixels.height)
    return b"".join(_plane(pixels if lit & one else dark) for one in (RED, GREEN))


def _full(pixels: Bitmap, lit: int) -> bytes:
    on = bytes(0xFF if lit & one else 0 for one in (RED, GREEN, BLUE))
    drawn = "".join(f"{row:0{pixels.width}b}" for row in pixels.rows)
    return b"".join(on if dot == "1" else b"\0\0\0" for dot in drawn)


def _plane(pixels: Bitmap) -> bytes:
    """Encode one colour: dark is 1, and so is what fills a row up to whole 32-bit words.

    The leftmost pixel is a word's highest bit; words have their low byte first.
    """
    words = -(-pixels.width // 32)
    full = (1 << words * 32) - 1
    rows = ((row << words * 32 - pixels.width) ^ full for row in pixels.rows)
    big = b"".join(row.to_bytes(words * 4) for row in rows)
    count = len(big) // 4
    return struct.pack(f"<{count}I", *struct.unpack(f">{count}I", big))


_ENCODERS: Mapping[Colours, Callable[[Bitmap, int], bytes]] = {
    Colours.SINGLE: _single,
    Colours.RED_GREEN: _red_green,
    Colours.FULL: _full,
}
"""6E: a plane for red, then one for green; 6Q: red, green and blue of each pixel (appendix 2)."""
