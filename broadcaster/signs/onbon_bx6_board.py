"""A board with one of Onbon's BX-6 controllers."""

from __future__ import annotations

import struct
from collections.abc import Callable
from datetime import datetime

from broadcaster.domain.boards import BX6_MODELS, OnbonBx6
from broadcaster.domain.station import SignSpec
from broadcaster.messages import Message, msg
from broadcaster.ports import SignState
from broadcaster.signs.onbon import refusal
from broadcaster.signs.onbon_bx6 import ANY_MODEL, Area, Bx6Framer, Reply, replies
from broadcaster.signs.onbon_bx6_pages import pages
from broadcaster.signs.screen import Screen
from broadcaster.talk import Answer, Heard, RefusedError, Say, UnshowableError

TIMEOUT = 720
"""Seconds after which a board that nobody renews shows nothing more of ours."""
ROOM = 63 * 1024
"""Bytes of the longest frame that the maker advises for 6E and 6Q (bx_dual_sdk.h, set_packetLen).

An area comes in one frame; that a 6Q's may be 300 KB (manual, 1.3) is out of reach therefore.
"""
PATIENCE = 2.0
"""Seconds; the maker's advice for serial lines (bx_dual_sdk.h, CommTimeoutValue)."""
_PING, _STATUS = 0x00, 0x0F
_KIND = struct.Struct("<H8s4xHH")
_STATE = struct.Struct("<BxxB10x6B")
_NAMES = {number: f"BX-{name}" for name, number in BX6_MODELS.items()}
_FIRST = 2
"""Sequence numbers are even, as the SDK's are."""


class OnbonBx6Driver:
    """Keeps one dynamic area on the board, in its RAM, and switches it off while it is dark.

    Without its area a board shows the programs that are stored on it. So it is switched off before
    its area is deleted, and on only after it has a new one. What wears memory out, if anything of
    this does, is the brightness: it is sent only where it changes, or nothing is known.
    """

    tells_time = False

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
            says.append(self._asked(self._framer.ping(number()), _PING, self._right))
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
        """Ask what it is, and whether it is on."""
        return [
            self._asked(self._framer.ping(_FIRST), _PING, self._right),
            self._asked(self._framer.status(_FIRST + 2), _STATUS, _state),
        ]

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
        return Say((frame,), self._heard(_accepted), PATIENCE, shows=shows)

    def _asked(self, frame: bytes, command: int, read: Callable[[bytes], Message | None]) -> Say:
        def heard(reply: Reply) -> Heard | None:
            if not reply.tells(command):
                return None
            told = read(reply.data)
            return Heard(SignState.ACKNOWLEDGED, told) if told else None

        return Say((frame,), self._heard(heard), PATIENCE)

    def _heard(self, read: Callable[[Reply], Heard | None]) -> Answer:
        def answer(heard: bytes) -> Heard | None:
            for reply in replies(heard):
                if reply.address != self._settings.address:
                    continue
                if reply.refuses:
                    raise refusal(reply.error)
                if found := read(reply):
                    return found
            return None

        return answer

    def _right(self, data: bytes) -> Message | None:
        """Read what a board is (bx06.xml, ReturnPingStatus); raises RefusedError: another one.

        model(2) | firmware(8) | parameters | address(2) | baud | width(2) | height(2) | ...

        A picture that is too large is accepted by a board and not shown (Java SDK's manual, 6.3).
        """
        if len(data) < _KIND.size:
            return None
        number, firmware, width, height = _KIND.unpack_from(data)
        model = _NAMES.get(number, f"0x{number:04X}")
        wanted = f"BX-{self._settings.model}"
        if self._settings.model and wanted != model:
            raise RefusedError(msg("is a {model}, not a {wanted}", model=model, wanted=wanted))
        if (width, height) != (self._spec.width, self._spec.height):
            raise RefusedError(
                msg(
                    "is set to {width} x {height} pixels, not to {wanted}",
                    width=width,
                    height=height,
                    wanted=f"{self._spec.width} x {self._spec.height}",
                )
            )
        version = firmware.rstrip(b"\0 ").decode("ascii", "replace")
        return msg("is a {model} with firmware {version}", model=model, version=version)


def _alike(one: Screen, other: Screen) -> bool:
    return (one.scenes, one.dark) == (other.scenes, other.dark)


def _numbers(now: datetime) -> Callable[[], int]:
    """Count sequence numbers on from one that differs from second to second, below 32000."""
    counter = iter(range(_FIRST + int(now.timestamp()) % 3000 * 10, 0x7FFF, 2))
    return lambda: next(counter)


def _accepted(reply: Reply) -> Heard | None:
    return Heard(SignState.ACKNOWLEDGED) if reply.accepts else None


def _state(data: bytes) -> Message | None:
    """Read how a board is (bx06.xml, ReturnControllerStatus).

    on | timed | brightness: mode, level | programs(2) | running(4) | locked x2 | mode
    | clock: works, year(2) month day hour minute second weekday in BCD | sensors ...
    """
    if len(data) < _STATE.size:
        return None
    lit, level, *clock = _STATE.unpack_from(data)
    low, high, month, day, hour, minute = (f"{byte:02x}" for byte in clock)
    values = {"level": level, "clock": f"{high}{low}-{month}-{day} {hour}:{minute}"}
    if lit & 1:
        return msg("is on, brightness level {level}, its clock at {clock}", **values)
    return msg("is off, brightness level {level}, its clock at {clock}", **values)
