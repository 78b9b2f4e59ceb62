"""A board that speaks JetFile II."""

from __future__ import annotations

import itertools
import struct
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime

from broadcaster.domain.boards import JetFile
from broadcaster.domain.station import SignSpec
from broadcaster.messages import Message, msg
from broadcaster.ports import SignState
from broadcaster.signs.jetfile import frames as jetfile
from broadcaster.signs.jetfile.frames import Command, JetFileFramer, Reply
from broadcaster.signs.jetfile.text import LABELS, NOTHING, Programme, programme, resumed
from broadcaster.signs.screen import Screen
from broadcaster.talk import Heard, RefusedError, Say

TIMEOUT, FOREVER = 720, 0
"""Seconds after which a sign goes back to its own list. A dark one stays so without us."""
PATIENCE = 3.0
"""Seconds that the maker's library waits for an answer (framboises/cockpit, docs/pmv)."""

UNKNOWN = (0x9004, 0x9005, 0x9011)
"""Status of commands that a sign lacks."""
_NO_ROOM = msg("has no room for it")
_UNKNOWN = msg("doesn't know this command: is its model right?")
_WRONG_SIZE = msg("was sent a part of a file in a size that it won't take")
REFUSALS: Mapping[int, Message] = {
    **dict.fromkeys(UNKNOWN, _UNKNOWN),
    0x9002: msg("received it damaged"),
    **dict.fromkeys((0x9006, 0x9013), _WRONG_SIZE),
    0x9014: msg("received the parts of a picture or file out of order"),
    **dict.fromkeys((0x9010, 0x7301), msg("failed to store a file")),
    **dict.fromkeys((0x9012, 0x2000, 0x2102, 0x2105), _NO_ROOM),
    0x2101: msg("was sent a file of more than 320 KB"),
    0x2901: msg("was sent a message of more than 1024 bytes"),
    0x9030: msg("asks for a password: switch that off with the maker's program"),
    0x9035: msg("takes orders from another computer that is logged in"),
    0x5201: msg("was told a date and time that it can't read"),
    0x1F02: msg("is being updated"),
}
"""Why it refuses, by its status (appendix IV)."""

_CONNECTION = struct.Struct("<H6x2B2x")
_SIZES = struct.Struct("<8x2H4x")


class JetFileDriver:
    """Shows an emergency message of pictures in RAM; a sign's own list and flash stay as they are.

    Black screen (0x0401) is not used: black and emergency are states of which a sign has one, and
    the end of black leads back to its list. A dark board has a dark picture, and is off.
    """

    tells_time = True
    forgets = True

    def __init__(self, spec: SignSpec, settings: JetFile) -> None:
        self._spec = spec
        self._framer = JetFileFramer(settings.group, settings.unit, settings.trailing)
        # A late answer to an earlier frame was taken for that to the next where serials recur.
        self._serials = itertools.cycle(range(1, 1 << 16))
        self._shown: int | None = None
        """Which of the sets of labels the sign shows; None: who knows."""
        self._began: datetime | None = None
        """When its loop began, before all renewals."""

    def show(self, screen: Screen, held: Screen | None, now: datetime) -> list[Say]:
        """Give all it needs, or what differs; what renews it is all but switching on.

        A sign that lost its power unnoticed has no pictures, so they are sent each time, beside
        those that are shown. Where it isn't known which those are, as the answer to a message was
        lost, or somebody else was here before, the sign is dark meanwhile: new pictures in an old
        message would be seen before their time, and say what nobody wrote. A message that is
        renewed begins anew: with the scene that is on, or the last ones of a long loop would never
        have their turn.
        """
        if held is not None and _alike(held, screen) and held.brightness != screen.brightness:
            return self._dimmed(screen, shows=True)
        renewed, began = held == screen, now
        if renewed and self._began is not None:
            began, elapsed = self._began, (now - self._began).total_seconds()
            screen = replace(screen, scenes=resumed(screen.scenes, self._spec.width, elapsed))
        unused = 0 if self._shown is None else 1 - self._shown
        made = programme(screen, self._spec, LABELS[unused])
        says = [*self._woken(screen, held), *self._sent(made)]
        if screen.clock:
            says.append(self._say(jetfile.clock(now)))
        message = jetfile.emergency(made.text, FOREVER if screen.dark else TIMEOUT)
        says.append(self._message(message, unused, began))
        if screen.dark:
            says.append(self._say(jetfile.POWER_OFF))
        elif renewed or held is None or held.dark or held.brightness != screen.brightness:
            says += self._dimmed(screen)
        return says

    def look(self) -> list[Say]:
        """Ask who it is, and how large, which not all of them know."""
        return [
            self._say(jetfile.CONNECTION, _connected),
            self._say(jetfile.SIZES, self._sized, spared=True),
        ]

    def _woken(self, screen: Screen, held: Screen | None) -> list[Say]:
        """Switch it on. What it showed when we darkened it is a dark picture."""
        if screen.dark or (held is not None and not held.dark):
            return []
        # Others may have left it black.
        black = [self._say(jetfile.END_BLACK, spared=True)] if held is None else []
        return [*black, self._say(jetfile.POWER_ON)]

    def _sent(self, made: Programme) -> list[Say]:
        parts = [part for label, bmp in made.pictures for part in jetfile.picture(label, bmp)]
        if parts and self._shown is None:
            parts.insert(0, jetfile.emergency(NOTHING, TIMEOUT))
        return [self._say(part) for part in parts]

    def _message(self, message: Command, labels: int, began: datetime) -> Say:
        def taken(reply: Reply) -> Heard:
            del reply
            self._shown, self._began = labels, began
            return Heard(SignState.ACKNOWLEDGED)

        said = self._say(message, taken, shows=True)
        answer = said.answer

        def heard(data: bytes) -> Heard | None:
            self._shown = None  # it is out: until it is answered, either may be shown
            return answer(data) if answer else None

        return replace(said, answer=heard)

    def _dimmed(self, screen: Screen, *, shows: bool = False) -> list[Say]:
        # One that nobody wants dimmed may follow its light sensor.
        if not self._spec.brightness_at:
            return []
        return [self._say(jetfile.brightness(screen.brightness), shows=shows)]

    def _say(
        self,
        command: Command,
        read: Callable[[Reply], Heard | None] | None = None,
        *,
        spared: bool = False,
        shows: bool = False,
    ) -> Say:
        """Say a command; one that is `spared` is done with where the sign lacks it."""
        serial = next(self._serials)

        def answer(heard: bytes) -> Heard | None:
            reply = self._framer.reply(heard, command, serial)
            if reply is None:
                return None
            if reply.status in jetfile.DONE:
                return read(reply) if read else Heard(SignState.ACKNOWLEDGED)
            if spared and reply.status in UNKNOWN:
                return Heard(SignState.ACKNOWLEDGED)
            raise refusal(reply.status)

        return Say((self._framer.frame(command, serial),), answer, PATIENCE, shows=shows)

    def _sized(self, reply: Reply) -> Heard | None:
        """Read 8 others, width, 2, height, 2, 4 others (0x010A); raises RefusedError.

        The sizes are those that the maker's program has set.
        """
        if len(reply.args) < _SIZES.size:
            return None
        width, height = _SIZES.unpack_from(reply.args)
        if (width, height) != (self._spec.width, self._spec.height):
            raise RefusedError(
                msg(
                    "is set to {width} x {height} pixels, not to {wanted}",
                    width=width,
                    height=height,
                    wanted=f"{self._spec.width} x {self._spec.height}",
                )
            )
        told = msg("has {width} x {height} pixels", width=width, height=height)
        return Heard(SignState.ACKNOWLEDGED, told)


def refusal(status: int) -> RefusedError:
    """Say why a sign refuses."""
    other = msg("refuses, for a reason of its own: {number}", number=f"{status:04X}")
    return RefusedError(REFUSALS.get(status, other))


def _connected(reply: Reply) -> Heard | None:
    """Read program, 2, 6 others, group, unit, 2 others (0x0301)."""
    if len(reply.args) < _CONNECTION.size:
        return None
    version, group, unit = _CONNECTION.unpack_from(reply.args)
    told = msg(
        "is unit {unit} of group {group}, program {version}",
        unit=unit,
        group=group,
        version=f"{version:04X}",
    )
    return Heard(SignState.ACKNOWLEDGED, told)


def _alike(one: Screen, other: Screen) -> bool:
    return (one.scenes, one.dark, one.clock) == (other.scenes, other.dark, other.clock)
