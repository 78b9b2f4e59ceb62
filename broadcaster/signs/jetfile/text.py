"""What a JetFile II sign is to show, as it reads it: pictures, and a text file that calls them.

Sources: "JetFileII Ver2.8.7" (Chainzone, 2011), part II, chapters I and III; what working signs
showed is in github.com/johnoneil/LEDSign (scripts/update-sign.py, test/bitmap.py) and in docs/pmv
of github.com/framboises/cockpit.
"""

from __future__ import annotations

import itertools
import math
import struct
from collections.abc import Iterator
from dataclasses import dataclass

from broadcaster.domain.campaign import Colour, Effect
from broadcaster.domain.station import Colours, SignSpec
from broadcaster.messages import msg
from broadcaster.signs.jetfile.frames import LONGEST, RAM
from broadcaster.signs.pixels.bitmap import Bitmap
from broadcaster.signs.pixels.colours import BLUE, GREEN, RED, lights
from broadcaster.signs.pixels.motion import FLASH, Scene, speed
from broadcaster.signs.screen import Screen
from broadcaster.talk import UnshowableError

HEAD, NEXT_FRAME, END = b"\x01Z00\x02AA", b"\x0c", b"\x04"
"""Chapter I calls the head QZ00SAX, and its printed frame has this one, as working programs do."""
WRAPPED, RUNNING = b"\x1b0b", b"\x1b0a"
"""Each frame for itself, or all in a row that moves on; before all other codes."""
STANDING = b"\x1f0\x1e0\x0aI0\x0aO0\x0f2"
"""In the middle; comes and goes at once."""
MOVING = b"\x1f0\x1e1\x0aI1\x0aO1\x0f2\x0e000"
"""From the left edge on; comes in and goes out leftwards, without a pause."""
TIME = b"\x0b\x2f"
"""The sign's own hours and minutes, of 24."""
NOTHING = HEAD + WRAPPED + STANDING + b" " + END
"""A text that calls no picture, and is dark."""

LABELS = (
    "ABCDEFGHIJKLM01234abcdefghijklm",
    "NOPQRSTUVWXYZ56789nopqrstuvwxyz",
)
"""Names of pictures in two sets: while one is shown the next is written into the other.

A call names a picture by one character (code 14). Large and small letters differ (chapter I), but
no small letter of one set is a large one of the other.
"""

_HIGH_FACE = 14
"""Rows of the sign's face 14 x 8; lower boards get 7 x 6. LEDSign's author's sign had both."""
_BMP = struct.Struct("<2sIxxxxI IiiHHIIiiII 4s4s")


@dataclass(frozen=True, slots=True)
class Programme:
    """All that a sign needs to show a screen."""

    pictures: tuple[tuple[str, bytes], ...]
    """Labels, and files."""
    text: bytes
    """The text file that calls them."""


def programme(screen: Screen, spec: SignSpec, labels: str) -> Programme:
    """Compose a screen; raises UnshowableError where the slogans need more than a sign can hold."""
    if screen.clock:
        return Programme((), HEAD + WRAPPED + STANDING + _face(spec.height) + TIME + END)
    named = _Pictures(spec, labels)
    alone = len(screen.scenes) == 1
    frames = [frame for scene in screen.scenes for frame in _frames(scene, named, alone=alone)]
    runs = any(scene.effect is Effect.SCROLL_LEFT for scene in screen.scenes)
    text = HEAD + (RUNNING if runs else WRAPPED) + NEXT_FRAME.join(frames) + END
    pictures = named.all()
    if len(text) > LONGEST:
        size, most = len(text), LONGEST
        why = msg("the slogans need {size} bytes and the sign takes {most}", size=size, most=most)
        raise UnshowableError(why)
    return Programme(pictures, text)


def resumed(scenes: tuple[Scene, ...], width: int, elapsed: float) -> tuple[Scene, ...]:
    """Turn a loop so that it begins with the scene that is on after `elapsed` seconds."""
    turns = [_seconds(scene, width) for scene in scenes]
    elapsed %= sum(turns) or 1.0
    over = sum(end <= elapsed for end in itertools.accumulate(turns[:-1]))
    return scenes[over:] + scenes[:over]


def bmp(pixels: Bitmap, lit: int) -> bytes:
    """Give a Windows bitmap of one bit a pixel, lit in RED, GREEN and BLUE.

        'BM' | size, 4 | 0, 4 | 62, 4 | 40, 4 | width, 4 | height, 4 | 1, 2 | 1, 2 | 0, 4
        | bytes of all rows, 4 | 0, 8 | 2, 4 | 0, 4 | black | colour | rows, the lowest first

    A colour is blue, green, red, 0; rows are filled up to 4 bytes. It is the smallest format that
    chapter III lists, and LEDSign's author sent his sign such files.
    """
    stride = (pixels.width + 31) // 32 * 4
    shift = stride * 8 - pixels.width
    rows = b"".join((row << shift).to_bytes(stride) for row in reversed(pixels.rows))
    colour = bytes(255 if lit & each else 0 for each in (BLUE, GREEN, RED)) + b"\0"
    size_of = (_BMP.size + len(rows), _BMP.size, 40, pixels.width, pixels.height, 1, 1, 0)
    return _BMP.pack(b"BM", *size_of, len(rows), 0, 0, 2, 0, b"\0" * 4, colour) + rows


class _Pictures:
    """Names each picture once."""

    def __init__(self, spec: SignSpec, labels: str) -> None:
        self.width = spec.width
        self._colours = spec.colours
        self._labels = labels
        self._files: dict[bytes, int] = {}

    def call(self, pixels: Bitmap, colour: Colour | None) -> bytes:
        """Give the code that shows it."""
        file = bmp(pixels, _lights(colour, self._colours))
        number = self._files.setdefault(file, len(self._files))
        return b"\x14" + RAM.encode() + self._labels[number % len(self._labels)].encode()

    def all(self) -> tuple[tuple[str, bytes], ...]:
        """Give them with their labels; raises UnshowableError where there are more than labels."""
        needed, most = len(self._files), len(self._labels)
        if needed > most:
            why = msg(
                "the slogans need {count} pictures and the sign has names for {most}",
                count=needed,
                most=most,
            )
            raise UnshowableError(why)
        return tuple(zip(self._labels, self._files, strict=False))


def _frames(scene: Scene, named: _Pictures, *, alone: bool) -> Iterator[bytes]:
    """Give a scene's turn, frame by frame; codes hold on in the frames that follow."""
    wide = scene.pixels.width
    if scene.effect is Effect.SCROLL_LEFT:
        cuts = range(0, wide, named.width)
        slices = (scene.pixels.columns(at, min(named.width, wide - at)) for at in cuts)
        row = b"".join(named.call(each, scene.colour) for each in slices)
        yield MOVING + row
        passes = 1 if alone else _passes(scene, named.width)
        for _ in range(passes - 1):
            yield row
        return
    lit = named.call(scene.pixels, scene.colour)
    if scene.effect is Effect.HOLD:
        seconds = min(math.ceil(scene.seconds), 9999)
        yield STANDING + b"\x0e2%04d" % seconds + lit
        return
    dark = named.call(Bitmap(wide, (0,) * scene.pixels.height), scene.colour)
    times = 1 if alone else math.ceil(scene.seconds / (2 * FLASH))
    blinks = [lit, dark] * max(1, times)
    yield STANDING + b"\x0e3%04d" % (FLASH * 1000) + blinks[0]
    yield from blinks[1:]


def _passes(scene: Scene, width: int) -> int:
    """Count how often a text runs through in its turn, were the sign as fast as others."""
    return max(1, math.ceil(scene.seconds / _pass(scene, width)))


def _pass(scene: Scene, width: int) -> float:
    return (width + scene.pixels.width) / speed(scene)


def _seconds(scene: Scene, width: int) -> float:
    if scene.effect is Effect.SCROLL_LEFT:
        return _passes(scene, width) * _pass(scene, width)
    return scene.seconds


def _lights(colour: Colour | None, colours: Colours) -> int:
    # Whichever its one colour is, white has it.
    return RED | GREEN | BLUE if colours is Colours.SINGLE else lights(colour, colours)


def _face(height: int) -> bytes:
    return b"\x1a1" if height < _HIGH_FACE else b"\x1a2"
