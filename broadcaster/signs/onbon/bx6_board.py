"""A board with one of Onbon's BX-6 controllers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from broadcaster.domain.boards import BX6_MODELS, OnbonBx6
from broadcaster.domain.station import SignSpec
from broadcaster.messages import msg
from broadcaster.signs.onbon.bx6 import ANY_MODEL, ANYONE, Area, Bx6Framer
from broadcaster.signs.onbon.bx6_answers import Kind, described, introduced, obeyed
from broadcaster.signs.onbon.bx6_pages import pages
from broadcaster.signs.screen import Screen
from broadcaster.talk import RefusedError, Say, UnshowableError

TIMEOUT = 720
"""Seconds after which a board that nobody renews shows nothing more of ours."""
ROOM = 63 * 1024
"""Bytes of the longest frame that the maker advises for 6E and 6Q (bx_dual_sdk.h, set_packetLen).

An area comes in one frame; that a 6Q's may be 300 KB (manual, 1.3) is out of reach therefore.
"""
PATIENCE = 2.0
"""Seconds; the maker's advice for serial lines (bx_dual_sdk.h, CommTimeoutValue)."""
_FIRST = 2
"""Sequence numbers are even, as the SDK's are."""


class OnbonBx6Driver:
    """Keeps one dynamic area on the board, in its RAM, and switches it off while it is dark.

    Without its area a board shows the programs that are stored on it. So it is switched off before
    its area is deleted, and on only after it has a new one. What wears memory out, if anything of
    this does, is the brightness: it is sent only where it changes, or nothing is known.
    """

    tells_time = False
    forgets = True

    def __init__(self, spec: SignSpec, settings: OnbonBx6) -> None:
        self._spec = spec
        self._settings = settings
        self._framer = Bx6Framer(settings.address, BX6_MODELS.get(settings.model, ANY_MODEL))

    def show(self, screen: Screen, held: Screen | None, now: datetime) -> list[Say]:
        """Give all it needs, what renews it, or what differs: see Driver."""
        area = None if screen.dark else self._framer.show(self._area(screen))
        number = _numbers(now)
        level = self._framer.brightness(round(screen.brightness * 15 / 100), number())
        dimmed = held is None or held.brightness != screen.brightness
        if held is not None and _alike(held, screen) and dimmed:
            return [self._told(level, shows=True)]
        whole = held is None or _alike(held, screen)
        says = []
        if held is None:
            says.append(self._asked(number(), self._judge))
        if dimmed:
            says.append(self._told(level))
        if whole:
            says.append(self._told(self._framer.clock(now, number())))
        power = self._framer.power(on=not screen.dark, sequence=number())
        if area is None:
            return [*says, self._told(power, shows=True), self._told(self._framer.clear())]
        was_dark = held is not None and held.dark
        says.append(self._told(area, shows=not was_dark))
        if whole or was_dark:
            says.append(self._told(power, shows=was_dark))
        return says

    def look(self) -> list[Say]:
        """Ask what it is, and whether it is on; whoever is alone on a line what it is."""
        address = self._settings.address
        if address == ANYONE:
            return [self._asked(_FIRST, _welcome)]
        status = Say((self._framer.status(_FIRST + 2),), described(address), PATIENCE)
        return [self._asked(_FIRST, self._judge), status]

    def _area(self, screen: Screen) -> Area:
        width, height = self._spec.width, self._spec.height
        loop = pages(screen.scenes, width, self._spec.colours)
        area = Area(width, height, loop, TIMEOUT, self._settings.speed)
        # 16 bytes of header, 5 of the body's own, 2 of the sum.
        needed = len(area.body()) + 23
        if needed > ROOM:
            raise UnshowableError(
                msg(
                    "it takes {size} bytes of the board's memory, which has {most}",
                    size=needed,
                    most=ROOM,
                )
            )
        return area

    def _told(self, frame: bytes, *, shows: bool = False) -> Say:
        return Say((frame,), obeyed(self._settings.address), PATIENCE, shows=shows)

    def _asked(self, sequence: int, judge: Callable[[Kind], None]) -> Say:
        answer = introduced(self._settings.address, judge)
        return Say((self._framer.ping(sequence),), answer, PATIENCE)

    def _judge(self, kind: Kind) -> None:
        """Raise RefusedError of a board that would be silent, or accept what it won't show.

        The latter is what it does with a picture that is too large (the Java SDK's manual, 6.3).
        """
        model, wanted = self._settings.model, f"{self._spec.width} x {self._spec.height}"
        if model not in {"", kind.model}:
            text = msg("is a BX-{model}, not a BX-{wanted}", model=kind.model, wanted=model)
            raise RefusedError(text)
        if (found := f"{kind.width} x {kind.height}") != wanted:
            text = msg("is set to {found} pixels, not to {wanted}", found=found, wanted=wanted)
            raise RefusedError(text)


def _welcome(kind: Kind) -> None:
    del kind


def _alike(one: Screen, other: Screen) -> bool:
    return (one.scenes, one.dark) == (other.scenes, other.dark)


def _numbers(now: datetime) -> Callable[[], int]:
    """Count sequence numbers on from one that differs from second to second, below 32000."""
    counter = iter(range(_FIRST + int(now.timestamp()) % 3000 * 10, 0x7FFF, 2))
    return lambda: next(counter)
