"""A board that speaks the Alpha protocol."""

from __future__ import annotations

import string
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from broadcaster.domain.boards import Alpha
from broadcaster.domain.campaign import Effect
from broadcaster.messages import msg
from broadcaster.signs import alpha
from broadcaster.signs.alpha import AlphaFramer, DotsFile, Mode, Packet, TextFile
from broadcaster.signs.bitmap import Bitmap
from broadcaster.signs.motion import Scene
from broadcaster.signs.screen import Screen
from broadcaster.talk import Say, UnshowableError

LABELS = string.ascii_uppercase + string.ascii_lowercase
"""Names of files; text files and pictures share them."""
MODES = {Effect.SCROLL_LEFT: Mode.ROTATE, Effect.HOLD: Mode.HOLD, Effect.FLASH: Mode.FLASH}


@dataclass(frozen=True, slots=True)
class Turn:
    """What one text file shows: pictures in a row, or words in the sign's own face."""

    mode: Mode
    pictures: tuple[Bitmap, ...] = ()
    words: bytes = b""


def packets(framer: AlphaFramer, screen: Screen, now: datetime) -> list[Packet]:
    """Give all that makes a sign show its content, whatever it held before.

    Its memory is cleared and laid out anew each time: nothing tells whether a power cut has
    emptied it, and a picture called from a table that lacks it shows its label. Raises
    ValueError where the content needs more files than there are labels, or more rows than the
    board has.
    """
    turns = _turns(screen)
    needed = sum(1 + len(turn.pictures) for turn in turns)
    if needed > len(LABELS):
        message = f"the slogans need {needed} files and the sign has {len(LABELS)}"
        raise ValueError(message)
    clock = [framer.day_clock(), framer.clock(now)] if screen.clock else []
    # A picture written while the priority file is on is lost, so that goes first.
    return [framer.release(), framer.clear(), *_files(framer, turns), *clock]


def _files(framer: AlphaFramer, turns: list[Turn]) -> Iterator[Packet]:
    texts, labels = LABELS[: len(turns)], iter(LABELS[len(turns) :])
    named = [[(next(labels), picture) for picture in turn.pictures] for turn in turns]
    bodies = [_body(turn, row) for turn, row in zip(turns, named, strict=True)]
    pictures = [pair for row in named for pair in row]
    yield framer.memory(
        [
            # Its head of position and mode counts too.
            *(TextFile(label, 3 + len(body)) for label, body in zip(texts, bodies, strict=True)),
            *(DotsFile(label, pixels.height, pixels.width) for label, pixels in pictures),
        ]
    )
    yield from (framer.dots(label, pixels) for label, pixels in pictures)
    for label, turn, body in zip(texts, turns, bodies, strict=True):
        yield framer.text(label, turn.mode, body)
    yield framer.run(texts)


def _body(turn: Turn, pictures: list[tuple[str, Bitmap]]) -> bytes:
    calls = (alpha.CALL_DOTS + label.encode("ascii") for label, _ in pictures)
    return turn.words + b"".join(calls)


def _turns(screen: Screen) -> list[Turn]:
    if screen.clock:
        return [Turn(Mode.HOLD, words=alpha.CALL_TIME)]
    if screen.dark:
        return [Turn(Mode.HOLD, words=b" ")]
    return [_turn(scene) for scene in screen.scenes]


def _turn(scene: Scene) -> Turn:
    wide = scene.pixels.width
    cuts = (
        scene.pixels.columns(at, min(alpha.MOST_COLUMNS, wide - at))
        for at in range(0, wide, alpha.MOST_COLUMNS)
    )
    return Turn(MODES[scene.effect], tuple(cuts))


class AlphaDriver:
    """Talks to an Alpha sign. It answers nothing, so that what is sent is only ever sent."""

    tells_time = True

    def __init__(self, settings: Alpha) -> None:
        self._framer = AlphaFramer(address=settings.address)

    def show(self, screen: Screen, held: Screen | None, now: datetime) -> list[Say]:
        """Give all of it, whatever the sign held; it restarts meanwhile, for about ten seconds."""
        del held
        try:
            *first, last = packets(self._framer, screen, now)
        except ValueError as error:
            raise UnshowableError(msg("{reason}", reason=str(error))) from None
        return [*(_say(packet) for packet in first), _say(last, shows=True)]

    def look(self) -> list[Say]:
        """Ask nothing: it answers nothing."""
        return []


def _say(packet: Packet, *, shows: bool = False) -> Say:
    return Say(packet.pieces, pause=alpha.PAUSE, rest=packet.after, shows=shows)
