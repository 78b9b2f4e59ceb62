"""A board behind a C-Power controller."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial

from broadcaster.domain import campaign
from broadcaster.domain.boards import CPower, Framing
from broadcaster.domain.station import SignSpec
from broadcaster.messages import msg
from broadcaster.ports import SignState
from broadcaster.signs.c_power import frames as c_power
from broadcaster.signs.c_power.frames import CPowerFramer, Effect
from broadcaster.signs.pixels.bitmap import Bitmap, beside
from broadcaster.signs.pixels.colours import lights
from broadcaster.signs.pixels.motion import Scene
from broadcaster.signs.screen import Screen
from broadcaster.talk import Heard, RefusedError, Say, UnshowableError

FONTS = (8, 12, 16, 24, 32, 40, 48, 56)
"""Rows of the board's own faces, which it draws its clock in."""
STAND = 720
"""Seconds that what stands is given: more than two renewals, should a board take it for an end."""
PASS = 1
"""Seconds that a board waits after each pass of what moves."""

Verdict = Callable[[bytes], Heard | None]
"""Reads one answer: its result, then its data. None where it answers something else."""


class CPowerDriver:
    """Keeps one window, as large as the board, with one item in it: a picture or the clock.

    A window holds no list, so several slogans are one picture, which scrolls.
    """

    tells_time = True
    forgets = False

    def __init__(self, spec: SignSpec, settings: CPower) -> None:
        self._spec, self._settings = spec, settings
        network = (spec.link or "").startswith("socket://")
        framing = settings.framing or (Framing.NETWORK if network else Framing.SERIAL)
        code = bytes.fromhex(settings.code) if framing is Framing.NETWORK else None
        self._framer = CPowerFramer(settings.address, code)

    def show(self, screen: Screen, held: Screen | None, now: datetime) -> list[Say]:
        """Put the item into the window; what the board may keep in flash is said when it differs.

        Nothing tells whether a power cut took the window: it is made anew with each renewal, and
        its item too. A dark board is given a dark picture before its LEDs are switched off.
        """
        level = self._level(screen) if held is None or held.brightness != screen.brightness else []
        if held and held != screen and held == replace(screen, brightness=held.brightness):
            return [replace(say, shows=True) for say in level]
        says = []
        if held in (None, screen):
            says += self._call(c_power.window(self._spec.width, self._spec.height))
        if held in (None, screen) or screen.clock:
            says.append(self._command(c_power.TIME, c_power.time(now), _set))
        *most, last = self._call(self._item(screen))
        says += [*most, replace(last, shows=True)]
        if held is None or held.dark != screen.dark:
            says += self._power(on=not screen.dark)
        return says + level

    def look(self) -> list[Say]:
        """Ask for its firmware, and what time it has."""
        return [
            self._command(c_power.VERSION, b"\0", _version),
            self._command(c_power.TIME, c_power.QUERY, _time),
        ]

    def _item(self, screen: Screen) -> bytes:
        if screen.clock:
            font = max((n for n, rows in enumerate(FONTS) if rows <= self._spec.height), default=0)
            return c_power.clock(font, STAND)
        effect = _effect(screen.scenes)
        if effect is not Effect.DRAW and not self._settings.moves:
            raise UnshowableError(
                msg("a board with moves = false holds one slogan that stands, not wider than it")
            )
        stay = STAND if effect is Effect.DRAW else PASS
        data = c_power.picture(self._planes(screen, effect), effect, self._settings.speed, stay)
        if len(data) > c_power.MOST:
            raise UnshowableError(
                msg("the picture takes {size} bytes and the board takes {most}",
                    size=len(data), most=c_power.MOST)
            )  # fmt: skip
        return data

    def _planes(self, screen: Screen, effect: Effect) -> list[Bitmap | None]:
        scrolls = effect is Effect.SCROLL_LEFT
        parts = [
            (
                self._turn(scene) if scrolls else scene.pixels,
                lights(scene.colour, self._spec.colours),
            )
            for scene in screen.scenes
        ]
        return [_plane(parts, self._spec.height, 1 << n) for n in range(3)]

    def _turn(self, scene: Scene) -> Bitmap:
        """Cut a slogan out, and let the whole board pass in the dark behind it."""
        still = scene.effect is not campaign.Effect.SCROLL_LEFT
        pixels = scene.pixels.trimmed() if still else scene.pixels
        return pixels.columns(0, pixels.width + self._spec.width)

    def _power(self, *, on: bool) -> list[Say]:
        if not self._settings.switches:
            return []
        return [self._command(c_power.POWER, c_power.power(on=on), partial(_switched, on=on))]

    def _level(self, screen: Screen) -> list[Say]:
        # A board whose brightness the station doesn't keep may follow its light sensor.
        if not self._spec.brightness_at:
            return []
        level = max(1, round(c_power.LEVELS * screen.brightness / 100))
        return [self._command(c_power.BRIGHTNESS, c_power.brightness(level), _set)]

    def _call(self, data: bytes) -> list[Say]:
        return [self._say(frame, _called) for frame in self._framer.call(data)]

    def _command(self, command: int, data: bytes, verdict: Verdict) -> Say:
        return self._say(self._framer.frame(command, data), verdict)

    def _say(self, frame: bytes, verdict: Verdict) -> Say:
        def answer(heard: bytes) -> Heard | None:
            found = map(verdict, self._framer.answers(heard, frame))
            return next((each for each in found if each), None)

        return Say((frame,), answer)


def _effect(scenes: Sequence[Scene]) -> Effect:
    if len(scenes) > 1 or scenes[0].effect is campaign.Effect.SCROLL_LEFT:
        return Effect.SCROLL_LEFT
    return Effect.FLICKER if scenes[0].effect is campaign.Effect.FLASH else Effect.DRAW


def _plane(parts: Sequence[tuple[Bitmap, int]], height: int, plane: int) -> Bitmap | None:
    if not any(bits & plane for _, bits in parts):
        return None
    dark = (0,) * height
    lit = (pixels if bits & plane else Bitmap(pixels.width, dark) for pixels, bits in parts)
    return beside(lit, height)


def _called(answer: bytes) -> Heard | None:
    reasons = {
        0x01: msg("the board heard a wrong check sum"),
        0x02: msg("the board missed a packet"),
    }
    if result := answer[0]:
        other = msg("the board refused it, with code {code}", code=f"0x{result:02X}")
        raise RefusedError(reasons.get(result, other))
    return Heard(SignState.ACKNOWLEDGED)


def _set(answer: bytes) -> Heard | None:
    match tuple(answer):
        case (_, 0, *_):
            raise RefusedError(msg("the board refused its clock or its brightness"))
        case (_, 1, *_):
            return Heard(SignState.ACKNOWLEDGED)
    return None


def _switched(answer: bytes, *, on: bool) -> Heard | None:
    match tuple(answer):
        case (_, 0, state, *_) if state == on:
            return Heard(SignState.ACKNOWLEDGED)
        case (_, 0, _, *_):
            raise RefusedError(msg("the board refused to switch its LEDs"))
    return None


def _version(answer: bytes) -> Heard | None:
    match tuple(answer):
        case (_, 0, card, _, _, _, _, _, app, *_):
            firmware = f"{app >> 4}.{app & 0x0F}"
            told = msg(
                "C-Power, card type {type}, firmware {firmware}", type=card, firmware=firmware
            )
            return Heard(SignState.READ_BACK, told)
    return None


def _time(answer: bytes) -> Heard | None:
    match tuple(answer):
        case (_, 1, second, minute, hour, _, day, month, year, *_):
            told = f"20{year:02}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}"
            return Heard(SignState.READ_BACK, msg("its clock says {time}", time=told))
    return None
