"""Boards with Onbon's BX-5K and BX-6K controllers: pictures that stand, or plain letters."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from broadcaster.domain.boards import OnbonBx5
from broadcaster.domain.station import SignSpec
from broadcaster.signs.onbon import bx5
from broadcaster.signs.onbon.bx5_answers import Expected, introduced, obeyed, told
from broadcaster.signs.onbon.bx5_faces import face
from broadcaster.signs.pixels.motion import Scene
from broadcaster.signs.screen import Screen
from broadcaster.talk import Answer, Say

PATIENCE = 2.0
"""Seconds that a controller may take to answer (8.8 and 10.1)."""
REFRESH = 1.0
"""Seconds between two changes of what an area shows (2.1)."""


class OnbonBx5Driver:
    """Talks to a controller: what it holds is in its RAM, and vanishes when it isn't renewed."""

    forgets = True

    def __init__(self, spec: SignSpec, settings: OnbonBx5) -> None:
        self._address = settings.address
        self._size = f"{spec.width} x {spec.height}"
        self._face = face(spec, settings)
        self.tells_time = self._face.tells_time

    def show(self, screen: Screen, held: Screen | None, now: datetime) -> list[Say]:
        """Give what it needs, then ask for its state, which proves that it has it."""
        if screen.dark:
            return self._darken(screen, held)
        says, level = [], _level(screen)
        if held is None or held.dark:
            says.append(self._say(bx5.power(on=True)))
        if held is None or _level(held) != level:
            says.append(self._say(bx5.brightness(level)))
        if held is None or (screen.clock and self.tells_time):
            says.append(self._say(bx5.clock(now)))
        if held is None or held == screen or _shown(held) != _shown(screen):
            says += self._content(screen, held)
        return [*says, self._state(replace(self._face.holding, brightness=level))]

    def look(self) -> list[Say]:
        """Ask what it is and for its state, or whoever is alone on a line what that is."""
        if self._address == bx5.ANYONE:
            return [self._say(bx5.PARAMETERS, introduced(bx5.ANYONE))]
        what = introduced(self._address, self._size)
        return [self._say(bx5.PARAMETERS, what), self._state()]

    def _darken(self, screen: Screen, held: Screen | None) -> list[Say]:
        # Emptied before, so that nothing old is seen when it is switched on again.
        content = [] if held == screen else self._content(screen, held)
        off = replace(self._say(bx5.power(on=False)), shows=not content)
        return [*content, off, self._state(Expected(on=False))]

    def _content(self, screen: Screen, held: Screen | None) -> list[Say]:
        says = [self._say(body) for body in self._face.bodies(screen, held)]
        # Where nothing is known to be there, something else may go at once.
        shown = 0 if held is None else len(says) - 1
        says[shown] = replace(says[shown], shows=True)
        says[-1] = replace(says[-1], rest=REFRESH)
        return says

    def _state(self, expected: Expected | None = None) -> Say:
        return self._say(bx5.STATUS, told(self._address, expected))

    def _say(self, body: bytes, answer: Answer | None = None) -> Say:
        frame = bx5.framed(body, self._address)
        return Say((frame,), answer or obeyed(self._address), PATIENCE)


def _level(screen: Screen) -> int:
    return round(bx5.BRIGHTEST * screen.brightness / 100)


def _shown(screen: Screen) -> tuple[tuple[Scene, ...], int | None, bool, bool]:
    return screen.scenes, screen.page, screen.dark, screen.clock
