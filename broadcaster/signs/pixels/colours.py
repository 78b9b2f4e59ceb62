"""What a board lights up for a colour that it may lack."""

from __future__ import annotations

from collections.abc import Mapping

from broadcaster.domain.campaign import Colour
from broadcaster.domain.station import Colours

_RED_GREEN: Mapping[Colour, Colour] = {
    Colour.RED: Colour.RED,
    Colour.GREEN: Colour.GREEN,
    Colour.YELLOW: Colour.YELLOW,
    Colour.BLUE: Colour.GREEN,
    Colour.CYAN: Colour.GREEN,
    Colour.MAGENTA: Colour.RED,
    Colour.WHITE: Colour.YELLOW,
}


def lit_in(colour: Colour | None, has: Colours) -> Colour:
    """Give the nearest colour that a board has; red stands for the one of a single-colour board."""
    if colour is None or has is Colours.SINGLE:
        return Colour.RED
    return colour if has is Colours.FULL else _RED_GREEN[colour]


RED, GREEN, BLUE = 1, 2, 4
_LIGHTS: Mapping[Colour, int] = {
    Colour.RED: RED,
    Colour.GREEN: GREEN,
    Colour.YELLOW: RED | GREEN,
    Colour.BLUE: BLUE,
    Colour.MAGENTA: RED | BLUE,
    Colour.CYAN: GREEN | BLUE,
    Colour.WHITE: RED | GREEN | BLUE,
}


def lights(colour: Colour | None, has: Colours) -> int:
    """Give which LEDs of a pixel are lit, of RED, GREEN and BLUE; RED on a single-colour board."""
    return _LIGHTS[lit_in(colour, has)]


def colours_of(has: Colours) -> tuple[Colour | None, ...]:
    """Give all colours that a board has; None stands for the one of a single-colour board."""
    if has is Colours.SINGLE:
        return (None,)
    return tuple(colour for colour in Colour if lit_in(colour, has) is colour)
