"""How Onbon's BX-5K and BX-6K controllers show a screen: a standing picture, or letters."""

from __future__ import annotations

from typing import Protocol

from broadcaster.domain.boards import OnbonBx5
from broadcaster.domain.station import Colours, SignSpec
from broadcaster.messages import msg
from broadcaster.signs.onbon import bx5
from broadcaster.signs.onbon.bx5 import Motion, Run, TextArea
from broadcaster.signs.onbon.bx5_answers import Expected
from broadcaster.signs.onbon.bx5_text import Lines, lines
from broadcaster.signs.pixels.bitmap import Bitmap
from broadcaster.signs.screen import Screen
from broadcaster.talk import UnshowableError

TIMEOUT = 720
"""Seconds after which what a board shows vanishes, unless it was renewed."""


def face(spec: SignSpec, settings: OnbonBx5) -> Face:
    """Give what a board's model and size allow."""
    if settings.pictures:
        return Pictures(spec, settings.model)
    return Letters(spec, settings.model)


class Face(Protocol):
    """How a model shows a screen."""

    tells_time: bool
    holding: Expected
    """What a board tells that holds a screen which isn't dark."""

    def bodies(self, screen: Screen, held: Screen | None) -> list[bytes]:
        """Give the commands that have it hold a screen, be it dark; raises UnshowableError."""


class Pictures:
    """A model that holds any picture, but one alone, which stands: its pages are turned for it."""

    tells_time = False
    holding = Expected(on=True, picture=True)

    def __init__(self, spec: SignSpec, model: str) -> None:
        self._model, self._width, self._height = model, spec.width, spec.height
        self._one_colour = spec.colours is Colours.SINGLE
        # Frames with 512 bytes of a picture are printed for all; the sixth generation takes
        # 1024 bytes, with the eight that go before them.
        self._block = 512 if model.startswith("5") else 1016

    def bodies(self, screen: Screen, held: Screen | None) -> list[bytes]:
        """Give the picture, and its area where that isn't known to be there."""
        data = bx5.picture(self._drawn(screen))
        if len(data) > bx5.PICTURE_ROOM:
            raise _too_long(len(data), bx5.PICTURE_ROOM)
        area = bx5.picture_area(self._width, self._height, TIMEOUT)
        blocks = bx5.blocks(data, self._block)
        if held is None:
            return [bx5.texts(None), area, *blocks]
        # A dark board isn't renewed: its area is gone after a while.
        return [area, *blocks] if held.dark else blocks

    def _drawn(self, screen: Screen) -> Bitmap:
        if not self._one_colour:
            raise UnshowableError(
                msg("a BX-{model} is sent pictures in one colour alone", model=self._model)
            )
        wide = max(scene.pixels.width for scene in screen.scenes)
        if wide > self._width:
            raise UnshowableError(
                msg(
                    "a BX-{model} holds pictures that stand: a word is {wide} pixels wide "
                    "and the board {width}",
                    model=self._model,
                    wide=wide,
                    width=self._width,
                )
            )
        drawn = screen.scenes[screen.page or 0].pixels
        return drawn.centred(self._width, self._height)


class Letters:
    """A model that shows plain letters of its own fonts, standing, flashing or scrolling."""

    tells_time = True
    holding = Expected(on=True, areas=(0,))

    def __init__(self, spec: SignSpec, model: str) -> None:
        fifth = model.startswith("5")
        self._width, self._height = spec.width, spec.height
        self._columns = bx5.cells(spec.width) if fifth else bx5.pixels(spec.width)
        self._left = bx5.cells(0) if fifth else bx5.pixels(0)
        self._room = 512 if fifth else 1024
        """Bytes of a command."""

    def bodies(self, screen: Screen, held: Screen | None) -> list[bytes]:
        """Give the text in its area; without any other where it isn't known which there are."""
        if screen.dark:
            return [bx5.texts(None)]
        # What goes before the text, in a command and an area.
        room = self._room - len(bx5.texts(self._area(Lines("", 0, Motion.STILL))))
        written = lines(screen, self._width, self._height, room)
        if len(written.text) > room:
            raise _too_long(len(written.text), room)
        return [bx5.texts(self._area(written), anew=held != screen, alone=held is None)]

    def _area(self, written: Lines) -> TextArea:
        return TextArea(
            x=self._left,
            width=self._columns,
            y=(self._height - written.rows) // 2,
            height=written.rows,
            text=written.text.encode("ascii"),
            run=Run.VANISH,
            timeout=TIMEOUT,
            motion=written.motion,
            one_line=written.motion is Motion.LEFT,
            centred=written.motion is Motion.STILL,
            stay=written.stay,
        )


def _too_long(size: int, most: int) -> UnshowableError:
    return UnshowableError(
        msg("it takes {size} bytes and the board holds {most}", size=size, most=most)
    )
